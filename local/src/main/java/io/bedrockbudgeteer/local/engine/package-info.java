/// The stack engine: create, update, roll back, clean up and delete, with events as CloudFormation
/// shows them. Knows template and account, and resources only through providers.
@NullMarked
package io.bedrockbudgeteer.local.engine;

import org.jspecify.annotations.NullMarked;
