@NullMarked
package io.bedrockbudgeteer.keyguard.cli;

import org.jspecify.annotations.NullMarked;
