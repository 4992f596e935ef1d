package io.bedrockbudgeteer.local.service.wire;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.service.access.Attempt;

/// One simulated service behind the endpoint.
public interface Face {

    /// Performs an operation.
    ///
    /// @throws io.bedrockbudgeteer.local.account.Refusal as the service would answer
    /// @throws io.bedrockbudgeteer.local.account.NotModelledException for an operation or a
    ///   parameter that is not modelled
    Result call(Attempt attempt, String operation, JsonNode input);
}
