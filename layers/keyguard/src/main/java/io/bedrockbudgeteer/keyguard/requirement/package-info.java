/// Who must be able to do what on the key: one data file, resolved for one stack. Knows policy,
/// json and finding.
@NullMarked
package io.bedrockbudgeteer.keyguard.requirement;

import org.jspecify.annotations.NullMarked;
