/// What it costs when many stacks share one key, and when key policies are long. Knows the function
/// and the simulated account, not how figures are printed elsewhere.
@NullMarked
package io.bedrockbudgeteer.bench.growth;

import org.jspecify.annotations.NullMarked;
