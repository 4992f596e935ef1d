package io.bedrockbudgeteer.local.engine;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.template.Deployment;
import io.bedrockbudgeteer.local.template.Deployment.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Looks at a deployment before anything is created: every type, property name and attribute name
/// must be known.
final class Preflight {
    private static final Pattern SUB_ATTRIBUTE = Pattern.compile("\\$\\{([A-Za-z0-9]+)\\.([^}]+)}");

    private final Providers providers;

    Preflight(Providers providers) {
        this.providers = providers;
    }

    /// @throws NotModelledException naming what is not known
    void check(Deployment deployment) {
        Map<String, String> types = new HashMap<>();
        deployment
                .resources()
                .forEach(resource -> types.put(resource.logicalId(), resource.type()));
        for (Resource resource : deployment.resources()) {
            providers.of(resource.type()).checkNames(resource.logicalId(), resource.properties());
            attributes(resource.properties(), types, resource.logicalId());
        }
        deployment
                .outputs()
                .forEach((name, output) -> attributes(output.value(), types, "output " + name));
    }

    /// @throws OperationRefused when a logical id changes its type, as CloudFormation refuses it
    void checkTypes(Deployment deployment, Map<String, Live> live) {
        List<String> changed = new ArrayList<>();
        for (Resource resource : deployment.resources()) {
            Live old = live.get(resource.logicalId());
            if (old != null && !old.type().equals(resource.type())) {
                changed.add(resource.logicalId());
            }
        }
        if (!changed.isEmpty()) {
            throw new OperationRefused(
                    "Update of resource type is not permitted. The new template modifies resource type of the"
                            + " following resources: "
                            + changed);
        }
    }

    private void attributes(Object tree, Map<String, String> types, String where) {
        switch (tree) {
            case Map<?, ?> map ->
                    map.forEach((key, value) -> {
                        if (key.equals("Fn::GetAtt")) {
                            getAtt(value, types, where);
                        } else if (key.equals("Fn::Sub")) {
                            Object text =
                                    value instanceof List<?> list && !list.isEmpty()
                                            ? list.get(0)
                                            : value;
                            SUB_ATTRIBUTE
                                    .matcher(String.valueOf(text))
                                    .results()
                                    .forEach(found -> sub(found, types, where));
                        }
                        attributes(value, types, where);
                    });
            case List<?> list -> list.forEach(value -> attributes(value, types, where));
            default -> {}
        }
    }

    private void sub(MatchResult found, Map<String, String> types, String where) {
        attribute(found.group(1), found.group(2), types, where);
    }

    private void getAtt(Object value, Map<String, String> types, String where) {
        if (value instanceof List<?> list
                && list.size() == 2
                && list.get(1) instanceof String name) {
            attribute(String.valueOf(list.get(0)), name, types, where);
        } else if (value instanceof String text && text.indexOf('.') > 0) {
            attribute(
                    text.substring(0, text.indexOf('.')),
                    text.substring(text.indexOf('.') + 1),
                    types,
                    where);
        }
    }

    private void attribute(String logicalId, String name, Map<String, String> types, String where) {
        // A resource that a false condition leaves out is a matter of the branch that is taken.
        String type = types.get(logicalId);
        if (type != null && !providers.of(type).hasAttribute(name)) {
            throw new NotModelledException(
                    "attribute " + name + " of " + type + " (" + logicalId + "), used in " + where);
        }
    }
}
