/// Simulated KMS: keys, aliases, grants, the rules of PutKeyPolicy, and the JSON face of the
/// service.
@NullMarked
package io.bedrockbudgeteer.local.service.kms;

import org.jspecify.annotations.NullMarked;
