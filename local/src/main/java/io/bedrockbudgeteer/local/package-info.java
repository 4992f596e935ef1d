/// The local stack runner: deploys the shipped template and zips on one machine, without AWS.
/// [LocalStack] is the way in for tests, [Main] the command.
@NullMarked
package io.bedrockbudgeteer.local;

import org.jspecify.annotations.NullMarked;
