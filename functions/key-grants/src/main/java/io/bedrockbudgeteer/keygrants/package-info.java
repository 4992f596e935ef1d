/// Custom::KmsKeyGrants: lets the stack's roles and AWS services use the key, by the fewest
/// statements of our own in its policy.
@NullMarked
package io.bedrockbudgeteer.keygrants;

import org.jspecify.annotations.NullMarked;
