/// Simulated Parameter Store: plain and secure strings; a secure one needs its key.
@NullMarked
package io.bedrockbudgeteer.local.service.ssm;

import org.jspecify.annotations.NullMarked;
