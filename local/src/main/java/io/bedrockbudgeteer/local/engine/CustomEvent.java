package io.bedrockbudgeteer.local.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The event that a function gets. Every scalar in the properties is a string, whatever the
/// template says. Source: CloudFormation User Guide, "Custom resource request objects".
///
/// @param before last successful properties, for an Update
record CustomEvent(
        String requestType,
        Target target,
        Optional<String> physicalId,
        String requestId,
        String responseUrl,
        Map<String, Object> before) {

    private static final ObjectMapper JSON = new ObjectMapper();

    String json() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("RequestType", requestType);
        event.put("ServiceToken", String.valueOf(target.properties().get("ServiceToken")));
        event.put("ResponseURL", responseUrl);
        event.put("StackId", target.place().stackId());
        event.put("RequestId", requestId);
        event.put("LogicalResourceId", target.logicalId());
        physicalId.ifPresent(id -> event.put("PhysicalResourceId", id));
        event.put("ResourceType", target.type());
        event.put("ResourceProperties", Values.stringMap(target.properties()));
        if (requestType.equals("Update")) {
            event.put("OldResourceProperties", Values.stringMap(before));
        }
        try {
            return JSON.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event of strings must be writable", e);
        }
    }
}
