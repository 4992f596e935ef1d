/// The life cycle of the guards: create, update, replacement, roll-back and delete, as
/// CloudFormation would ask for them, with everything that can go wrong on the way. The real
/// handlers, over real sockets, against the fakes of the library's tests.
@NullMarked
package io.bedrockbudgeteer.lifecycle;

import org.jspecify.annotations.NullMarked;
