package io.bedrockbudgeteer.local.template;

import java.util.HashMap;
import java.util.Map;

/// Resources whose `Ref` is `ref:<logical id>` and whose attributes are `<logical id>.<attribute>`,
/// unless a test sets another value.
final class FakeLookup implements Deployment.Lookup {

    private final Map<String, Object> attributes = new HashMap<>();

    FakeLookup with(String dotted, Object value) {
        attributes.put(dotted, value);
        return this;
    }

    @Override
    public Object ref(String logicalId) {
        return "ref:" + logicalId;
    }

    @Override
    public Object attribute(String logicalId, String attribute) {
        String dotted = logicalId + "." + attribute;
        return attributes.getOrDefault(dotted, dotted);
    }
}
