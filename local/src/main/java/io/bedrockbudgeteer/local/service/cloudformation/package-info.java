/// The query face of CloudFormation: what DescribeStacks and DescribeStackEvents tell about the
/// stacks of the engine.
@NullMarked
package io.bedrockbudgeteer.local.service.cloudformation;

import org.jspecify.annotations.NullMarked;
