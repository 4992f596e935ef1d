/// The key itself: DescribeKey, key policy, rotation, grants and the checks on them, and the loop
/// that changes a policy. The only package that holds the KMS client. Knows plan and below, and
/// aws.
@NullMarked
package io.bedrockbudgeteer.keyguard.key;

import org.jspecify.annotations.NullMarked;
