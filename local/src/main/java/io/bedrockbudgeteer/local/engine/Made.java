package io.bedrockbudgeteer.local.engine;

import java.util.Map;

/// What a provider made.
///
/// @param physicalId also the value of `Ref`
/// @param attributes values for `Fn::GetAtt`
/// @param noEcho whether the attributes must not be shown
public record Made(String physicalId, Map<String, Object> attributes, boolean noEcho) {
    public Made {
        attributes = Map.copyOf(attributes);
    }

    public Made(String physicalId, Map<String, Object> attributes) {
        this(physicalId, attributes, false);
    }
}
