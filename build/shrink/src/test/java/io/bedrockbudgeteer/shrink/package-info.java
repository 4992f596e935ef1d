@NullMarked
package io.bedrockbudgeteer.shrink;

import org.jspecify.annotations.NullMarked;
