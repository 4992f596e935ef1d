@NullMarked
package io.bedrockbudgeteer.keyguard.cli.console;

import org.jspecify.annotations.NullMarked;
