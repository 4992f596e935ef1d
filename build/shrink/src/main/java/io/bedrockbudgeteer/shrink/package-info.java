/// Makes the jar of the Lambda layer: what the functions use of the library and its dependencies,
/// in one jar. A tool of the build.
@NullMarked
package io.bedrockbudgeteer.shrink;

import org.jspecify.annotations.NullMarked;
