/// What the engine and the providers see of the simulated AWS account: identities, keys, functions,
/// answers, the record of API calls.
@NullMarked
package io.bedrockbudgeteer.local.account;

import org.jspecify.annotations.NullMarked;
