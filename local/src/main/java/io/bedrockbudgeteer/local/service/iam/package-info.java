/// Simulated IAM and STS: roles with their identity policies, and the query faces that read them.
@NullMarked
package io.bedrockbudgeteer.local.service.iam;

import org.jspecify.annotations.NullMarked;
