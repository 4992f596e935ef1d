/// How a function gets from the runtime's class loader to its handler. Knows nothing of ours: what
/// this package uses is loaded twice.
@NullMarked
package io.bedrockbudgeteer.keyguard.start;

import org.jspecify.annotations.NullMarked;
