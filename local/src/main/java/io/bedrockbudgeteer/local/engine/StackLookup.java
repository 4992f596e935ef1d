package io.bedrockbudgeteer.local.engine;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.template.Deployment;

/// Ref and GetAtt on what lives in a stack right now.
///
/// @param masked whether values that a custom resource marked NoEcho are hidden, as in outputs
record StackLookup(Stack stack, Providers providers, boolean masked) implements Deployment.Lookup {

    @Override
    public Object ref(String logicalId) {
        return live(logicalId).physicalId();
    }

    @Override
    public Object attribute(String logicalId, String attribute) {
        Live live = live(logicalId);
        Object value = live.made().attributes().get(attribute);
        if (value != null) {
            return masked && live.made().noEcho() ? "****" : value;
        }
        if (providers.of(live.type()).kind() == Provider.Kind.CUSTOM) {
            throw new ResourceFailed(
                    "CustomResource attribute error: Vendor response doesn't contain "
                            + attribute
                            + " key in object "
                            + stack.place().stackId()
                            + "|"
                            + logicalId);
        }
        throw new NotModelledException(
                "attribute " + attribute + " of " + live.type() + " (" + logicalId + ")");
    }

    private Live live(String logicalId) {
        return stack.get(logicalId)
                .orElseThrow(() ->
                        new ResourceFailed("Unresolved resource dependency [" + logicalId + "]"));
    }
}
