@NullMarked
package io.bedrockbudgeteer.keyguard.cli.write;

import org.jspecify.annotations.NullMarked;
