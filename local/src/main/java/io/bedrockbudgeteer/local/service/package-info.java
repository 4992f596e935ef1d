/// The simulated services behind one loopback HTTP endpoint: KMS, IAM, STS, CloudWatch, SSM and
/// CloudFormation.
@NullMarked
package io.bedrockbudgeteer.local.service;

import org.jspecify.annotations.NullMarked;
