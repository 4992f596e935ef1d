/// What check and plan found, as text for people, JSON, SARIF and JUnit XML. Pure: the same facts
/// give the same text. Reads nothing, writes nothing, and knows neither picocli nor the AWS SDK.
@NullMarked
package io.bedrockbudgeteer.keyguard.cli.report;

import org.jspecify.annotations.NullMarked;
