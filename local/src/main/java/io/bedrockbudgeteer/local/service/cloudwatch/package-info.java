/// Simulated CloudWatch alarms: what PutMetricAlarm checks, and whether the metric of an alarm is
/// one that is published at all.
@NullMarked
package io.bedrockbudgeteer.local.service.cloudwatch;

import org.jspecify.annotations.NullMarked;
