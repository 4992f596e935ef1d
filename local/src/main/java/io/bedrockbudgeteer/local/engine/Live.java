package io.bedrockbudgeteer.local.engine;

import io.bedrockbudgeteer.local.template.Deployment.Resource;
import java.util.Map;
import java.util.Set;

/// A resource that exists in a stack.
///
/// @param properties last successful resolved properties
/// @param needs logical ids it depends on in the graph it was made with
public record Live(
        String logicalId,
        String type,
        Made made,
        Map<String, Object> properties,
        Set<String> needs,
        String deletionPolicy,
        String updateReplacePolicy) {

    static Live of(
            Resource resource, Made made, Map<String, Object> properties, Set<String> needs) {
        return new Live(
                resource.logicalId(),
                resource.type(),
                made,
                properties,
                Set.copyOf(needs),
                resource.deletionPolicy(),
                resource.updateReplacePolicy());
    }

    public String physicalId() {
        return made.physicalId();
    }

    Live in(Resource resource, Set<String> needsNow) {
        return of(resource, made, properties, needsNow);
    }

    Live as(String otherPhysicalId) {
        Made other = new Made(otherPhysicalId, made.attributes(), made.noEcho());
        return new Live(
                logicalId, type, other, properties, needs, deletionPolicy, updateReplacePolicy);
    }
}
