/// The wire formats: AWS JSON, query with XML answers, RPC with CBOR; and the credential scope that
/// routes a request. Knows no service.
@NullMarked
package io.bedrockbudgeteer.local.service.wire;

import org.jspecify.annotations.NullMarked;
