package io.bedrockbudgeteer.local.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Questions about a deployment that tests ask without deploying it: who waits for whom, and where
/// is a name used.
public final class StaticOrder {

    private final Deployment deployment;

    public StaticOrder(Deployment deployment) {
        this.deployment = deployment;
    }

    /// One place that uses a name.
    ///
    /// @param logicalId the resource that holds the place
    /// @param path the property, as messages name it: `Properties.SSESpecification.KMSMasterKeyId`
    /// @param attribute of the name that is used there; empty for a `Ref`
    public record Use(String logicalId, String path, Optional<String> attribute) {}

    /// Everything that exists before a resource is created, directly or not; the resource itself is
    /// not in it.
    ///
    /// @throws TemplateException when this deployment has no such resource
    public Set<String> needs(String logicalId) {
        Set<String> out = new LinkedHashSet<>();
        add(logicalId, out);
        return Collections.unmodifiableSet(out);
    }

    /// Places of this deployment that use a parameter or resource, by `Ref`, `Fn::GetAtt` or
    /// `Fn::Sub`, in template order. Only what is deployed counts: kept resources and taken
    /// branches.
    public List<Use> usesOf(String name) {
        List<Use> out = new ArrayList<>();
        deployment
                .resources()
                .forEach(resource -> {
                    collect(
                            name,
                            resource.logicalId(),
                            "Properties",
                            resource.properties(),
                            deployment.taken(),
                            out);
                    collect(
                            name,
                            resource.logicalId(),
                            "Metadata",
                            resource.metadata(),
                            deployment.taken(),
                            out);
                });
        return out;
    }

    /// As [#usesOf], in the text of the template: with resources that the conditions remove and
    /// with branches that are not taken.
    public List<Use> mentionsOf(String name) {
        List<Use> out = new ArrayList<>();
        Map<String, Object> resources =
                Tree.map(
                        deployment.template().tree().get("Resources"), Where.ROOT.key("Resources"));
        resources.forEach((id, tree) -> {
            ResourceDefinition definition = ResourceDefinition.of(id, tree);
            collect(name, id, "Properties", definition.properties(), (_, _, _) -> true, out);
            collect(name, id, "Metadata", definition.metadata(), (_, _, _) -> true, out);
        });
        return out;
    }

    private void add(String logicalId, Set<String> out) {
        Set<String> direct = deployment.dependencies().get(logicalId);
        if (direct == null) {
            throw new TemplateException("'" + logicalId + "' is no resource of this deployment");
        }
        for (String next : direct) {
            if (out.add(next)) {
                add(next, out);
            }
        }
    }

    private static void collect(
            String name,
            String logicalId,
            String part,
            Object value,
            Reference.Branches branches,
            List<Use> out) {
        for (Reference reference : Reference.in(value, new Where(part), branches)) {
            if (reference.name().equals(name)) {
                out.add(new Use(logicalId, reference.where().path(), reference.attribute()));
            }
        }
    }
}
