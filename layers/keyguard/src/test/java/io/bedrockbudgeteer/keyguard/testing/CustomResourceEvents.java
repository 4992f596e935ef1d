package io.bedrockbudgeteer.keyguard.testing;

import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes the events that CloudFormation would send about one custom resource.
public final class CustomResourceEvents {
    public static final String ACCOUNT = "111122223333";
    public static final String REGION = "eu-central-1";
    public static final String STACK =
            "arn:aws:cloudformation:"
                    + REGION
                    + ":"
                    + ACCOUNT
                    + ":stack/app/0a1b2c3d-0000-1111-2222-333344445555";

    private final AnswerEndpoint endpoint;
    private final String type;
    private final String logicalId;
    private int number;

    public CustomResourceEvents(AnswerEndpoint endpoint, String type, String logicalId) {
        this.endpoint = endpoint;
        this.type = type;
        this.logicalId = logicalId;
    }

    public String create(Map<String, ?> properties) {
        return event("Create", "", properties, Map.of());
    }

    public String update(String physicalId, Map<String, ?> properties, Map<String, ?> old) {
        return event("Update", physicalId, properties, old);
    }

    public String delete(String physicalId, Map<String, ?> properties) {
        return event("Delete", physicalId, properties, Map.of());
    }

    public String event(
            String requestType, String physicalId, Map<String, ?> properties, Map<String, ?> old) {
        String requestId = "rid-" + ++number;
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("RequestType", requestType);
        event.put("ServiceToken", "arn:aws:lambda:" + REGION + ":" + ACCOUNT + ":function:guard");
        event.put("ResponseURL", endpoint.url(STACK, requestId, logicalId));
        event.put("StackId", STACK);
        event.put("RequestId", requestId);
        event.put("LogicalResourceId", logicalId);
        event.put("ResourceType", type);
        if (!physicalId.isEmpty()) event.put("PhysicalResourceId", physicalId);
        event.put("ResourceProperties", withProtocol(properties));
        if (requestType.equals("Update")) event.put("OldResourceProperties", withProtocol(old));
        return JsonText.write(event);
    }

    private static Map<String, Object> withProtocol(Map<String, ?> properties) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("ServiceToken", "arn:aws:lambda:" + REGION + ":" + ACCOUNT + ":function:guard");
        all.put("ServiceTimeout", "600");
        all.putAll(properties);
        return all;
    }
}
