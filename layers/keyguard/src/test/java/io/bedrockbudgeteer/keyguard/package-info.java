/// Tests about the library as a whole.
@NullMarked
package io.bedrockbudgeteer.keyguard;

import org.jspecify.annotations.NullMarked;
