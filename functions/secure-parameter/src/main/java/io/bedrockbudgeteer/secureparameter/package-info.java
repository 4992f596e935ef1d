/// Custom::SecureParameter: one parameter of Systems Manager, encrypted under the key or plain. The
/// only code that holds its client.
@NullMarked
package io.bedrockbudgeteer.secureparameter;

import org.jspecify.annotations.NullMarked;
