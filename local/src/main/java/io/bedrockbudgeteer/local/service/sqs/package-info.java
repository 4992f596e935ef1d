/// Simulated SQS queues: who may send, and how many messages wait. There is no endpoint for them.
@NullMarked
package io.bedrockbudgeteer.local.service.sqs;

import org.jspecify.annotations.NullMarked;
