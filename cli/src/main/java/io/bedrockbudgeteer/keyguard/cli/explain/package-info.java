/// Access questions: read from lines or flags, put to the evaluator of the library, answered as
/// JSON lines or as text for people. Decides nothing itself, and knows neither the AWS SDK nor
/// picocli.
@NullMarked
package io.bedrockbudgeteer.keyguard.cli.explain;

import org.jspecify.annotations.NullMarked;
