/// Custom::KmsKeyAlarms: the CloudWatch alarm on the use of the key.
@NullMarked
package io.bedrockbudgeteer.keyalarm;

import org.jspecify.annotations.NullMarked;
