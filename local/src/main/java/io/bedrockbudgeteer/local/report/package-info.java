/// What people read: stack events, API calls, the policy difference, alarms, outputs and the list
/// of what is not modelled; as text and as JSON.
@NullMarked
package io.bedrockbudgeteer.local.report;

import org.jspecify.annotations.NullMarked;
