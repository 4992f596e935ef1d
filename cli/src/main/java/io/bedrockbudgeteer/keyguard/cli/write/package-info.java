/// Changes on AWS that a person asked for: shows, asks, saves, writes, verifies, and says what came
/// of it, also when it is interrupted. Knows no picocli.
@NullMarked
package io.bedrockbudgeteer.keyguard.cli.write;

import org.jspecify.annotations.NullMarked;
