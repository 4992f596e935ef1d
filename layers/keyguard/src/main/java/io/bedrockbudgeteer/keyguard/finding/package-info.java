/// Findings: what a check saw, how bad it is, and how to mend it. The catalogue of rules with
/// stable ids is the only list of them; code, documents and tests share it. Knows no other package
/// of the library and no AWS SDK.
@NullMarked
package io.bedrockbudgeteer.keyguard.finding;

import org.jspecify.annotations.NullMarked;
