/// Tests of the shipped template itself, read the way CloudFormation reads it.
@NullMarked
package io.bedrockbudgeteer.local.shipped;

import org.jspecify.annotations.NullMarked;
