@NullMarked
package io.bedrockbudgeteer.keyguard.cli.explain;

import org.jspecify.annotations.NullMarked;
