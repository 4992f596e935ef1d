/// The nine requests of the comparison, on the shipped layer.
@NullMarked
package io.bedrockbudgeteer.bench.shipped;

import org.jspecify.annotations.NullMarked;
