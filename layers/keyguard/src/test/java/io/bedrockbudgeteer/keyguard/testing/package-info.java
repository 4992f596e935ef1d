/// Loopback servers for tests: an endpoint that takes a custom resource's answer and checks the
/// protocol, and small fakes of the AWS services on the wire. Shared with the function modules
/// through the test jar.
@NullMarked
package io.bedrockbudgeteer.keyguard.testing;

import org.jspecify.annotations.NullMarked;
