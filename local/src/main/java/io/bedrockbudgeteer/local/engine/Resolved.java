package io.bedrockbudgeteer.local.engine;

import io.bedrockbudgeteer.local.template.Deployment;
import io.bedrockbudgeteer.local.template.TemplateException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a deployment comes to with the resources that live in a stack right now.
record Resolved(Stack stack, Providers providers) {

    /// @throws ResourceFailed or [TemplateException] when an output cannot be resolved
    Map<String, String> outputsOf(Deployment deployment) {
        Map<String, String> outputs = new LinkedHashMap<>();
        StackLookup lookup = new StackLookup(stack, providers, true);
        deployment
                .outputs()
                .forEach((name, output) ->
                        deployment
                                .resolve(output.value(), lookup)
                                .ifPresent(value ->
                                        outputs.put(name, String.valueOf(Values.strings(value)))));
        return outputs;
    }

    /// Same template and, with everything as it is, the same resolved values. Parameter values are
    /// not compared: those marked NoEcho are hidden, and one that nothing uses changes nothing.
    boolean isAlready(Deployment deployment) {
        Optional<Deployment> old = stack.deployed();
        if (old.isEmpty() || !old.get().resources().equals(deployment.resources())) {
            return false;
        }
        StackLookup lookup = new StackLookup(stack, providers, false);
        try {
            return deployment.resources().stream()
                            .allMatch(resource ->
                                    stack.get(resource.logicalId())
                                            .filter(live ->
                                                    Values.same(
                                                            live.properties(),
                                                            deployment
                                                                    .resolve(
                                                                            resource.properties(),
                                                                            lookup)
                                                                    .orElse(Map.of())))
                                            .isPresent())
                    && outputsOf(deployment).equals(stack.outputs());
        } catch (ResourceFailed | TemplateException e) {
            return false;
        }
    }
}
