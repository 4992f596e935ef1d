/// Key policies as text and as meaning: reading without loss, deciding access the way AWS documents
/// it, and writing by splicing. Pure: no AWS SDK, no clock, no network. Knows json and finding
/// only.
@NullMarked
package io.bedrockbudgeteer.keyguard.policy;

import org.jspecify.annotations.NullMarked;
