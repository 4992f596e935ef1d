package io.bedrockbudgeteer.lifecycle;

import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.testing.CustomResourceEvents;
import java.util.LinkedHashMap;
import java.util.Map;

/// One request of CloudFormation about one custom resource.
///
/// @param type Create, Update or Delete
/// @param physicalId empty on Create
/// @param old the last successful properties; used on Update only
record Event(
        String type,
        Guard guard,
        String stackId,
        String requestId,
        String physicalId,
        Map<String, Object> properties,
        Map<String, Object> old) {
    private static final String TOKEN =
            "arn:aws:lambda:"
                    + CustomResourceEvents.REGION
                    + ":"
                    + CustomResourceEvents.ACCOUNT
                    + ":function:guard";

    /// The event as it reaches the function.
    String json(String responseUrl) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("RequestType", type);
        event.put("ServiceToken", TOKEN);
        event.put("ResponseURL", responseUrl);
        event.put("StackId", stackId);
        event.put("RequestId", requestId);
        event.put("LogicalResourceId", guard.logicalId());
        event.put("ResourceType", guard.type());
        if (!type.equals("Create")) event.put("PhysicalResourceId", physicalId);
        event.put("ResourceProperties", withProtocol(properties));
        if (type.equals("Update")) event.put("OldResourceProperties", withProtocol(old));
        return JsonText.write(event);
    }

    private static Map<String, Object> withProtocol(Map<String, Object> properties) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("ServiceToken", TOKEN);
        all.put("ServiceTimeout", "900");
        all.putAll(properties);
        return all;
    }
}
