/// JSON text with positions: a strict reader over jackson-core's tokenizer that keeps the span of
/// every value, and a small writer. Knows nothing of policies or AWS.
@NullMarked
package io.bedrockbudgeteer.keyguard.json;

import org.jspecify.annotations.NullMarked;
