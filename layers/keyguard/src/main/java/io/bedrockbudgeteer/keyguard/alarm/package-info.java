/// The CloudWatch alarms on the key's use. The only package that holds the CloudWatch client. Knows
/// finding and aws.
@NullMarked
package io.bedrockbudgeteer.keyguard.alarm;

import org.jspecify.annotations.NullMarked;
