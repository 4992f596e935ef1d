/// The Lambda host: the Runtime API, one child process per function, the asynchronous queue, and
/// the endpoint that takes the answers of custom resources.
@NullMarked
package io.bedrockbudgeteer.local.lambda;

import org.jspecify.annotations.NullMarked;
