/// The `keyguard` command: one class for each subcommand, and the one place that turns exceptions
/// into a line of text and an exit code. Wiring only; may use everything below it.
@NullMarked
package io.bedrockbudgeteer.keyguard.cli;

import org.jspecify.annotations.NullMarked;
