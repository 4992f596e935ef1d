@org.jspecify.annotations.NullMarked
package io.bedrockbudgeteer.keyguard.cli.report;
