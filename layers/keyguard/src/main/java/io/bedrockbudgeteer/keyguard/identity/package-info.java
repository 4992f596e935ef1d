/// What IAM says about the roles: their inline and attached policies and boundaries. The only
/// package that holds the IAM client. Knows policy, finding and aws.
@NullMarked
package io.bedrockbudgeteer.keyguard.identity;

import org.jspecify.annotations.NullMarked;
