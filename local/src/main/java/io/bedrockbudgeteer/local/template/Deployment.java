package io.bedrockbudgeteer.local.template;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A transformed template with parameter values, rules checked and conditions decided: what the
/// stack engine works on. Immutable.
public final class Deployment {

    private final Template template;
    private final ParameterValues values;
    private final Names names;
    private final Conditions conditions;
    private final Map<String, Resource> resources;
    private final Map<String, Output> outputs;
    private final Map<String, Set<String>> dependencies;

    private Deployment(
            Template template, ParameterValues values, Names names, Conditions conditions) {
        this.template = template;
        this.values = values;
        this.names = names;
        this.conditions = conditions;
        KeptParts kept = new KeptParts(template, conditions);
        this.resources = kept.resources();
        this.outputs = kept.outputs();
        this.dependencies =
                new DependencyGraph(template, names, conditions, resources, outputs).dependencies();
    }

    /// Pseudo parameters of the stack.
    public record Place(
            String accountId,
            String region,
            String partition,
            String urlSuffix,
            String stackName,
            String stackId) {}

    /// Looks up what only exists at run time.
    public interface Lookup {
        /// `Ref` of a resource.
        Object ref(String logicalId);

        /// `Fn::GetAtt`. Dotted attributes come whole: `Outputs.KmsKeyArn`.
        Object attribute(String logicalId, String attribute);
    }

    /// One resource that the conditions keep.
    ///
    /// @param properties unresolved properties
    /// @param metadata unresolved metadata; its references count as dependencies
    /// @param deletionPolicy Delete, Retain or RetainExceptOnCreate
    /// @param updateReplacePolicy Delete or Retain
    public record Resource(
            String logicalId,
            String type,
            Map<String, Object> properties,
            Map<String, Object> metadata,
            List<String> dependsOn,
            String deletionPolicy,
            String updateReplacePolicy) {}

    /// A template that still has the SAM transform is transformed with the same parameter values.
    ///
    /// @param parameters values given by the user, by name
    /// @throws TemplateException for a wrong or unknown parameter, a failed rule, an unknown
    ///   condition, a cycle
    public static Deployment of(Template template, Map<String, String> parameters, Place place) {
        return of(template, parameters, place, StoredParameters.NONE);
    }

    /// As [#of(Template, Map, Place)], for templates with parameters of type
    /// `AWS::SSM::Parameter::Value<…>`.
    public static Deployment of(
            Template template,
            Map<String, String> parameters,
            Place place,
            StoredParameters stored) {
        ParameterValues values = ParameterValues.of(template, parameters, stored);
        Template transformed = template.transformed(parameters, place.region());
        checkInlined(transformed, values, place);
        Sections.check(transformed.tree());
        Names names = new Names(values, place, new Mappings(transformed));
        Rules.check(transformed, names);
        return new Deployment(transformed, values, names, new Conditions(transformed, names));
    }

    /// The processed template.
    public Template template() {
        return template;
    }

    /// Resources in template order; those with a false condition are not in it.
    public List<Resource> resources() {
        return List.copyOf(resources.values());
    }

    /// For each resource the resources it needs: from Ref, GetAtt, Sub (taken branches of Fn::If
    /// only) and DependsOn.
    public Map<String, Set<String>> dependencies() {
        return dependencies;
    }

    /// Values of the parameters in use, with NoEcho values masked.
    public Map<String, String> parameters() {
        return values.shown();
    }

    /// Whether a condition of the template holds.
    public boolean condition(String name) {
        return conditions.holds(name, Where.ROOT.key("Conditions"));
    }

    /// Resolves a value (properties, an output) with all intrinsics; AWS::NoValue removes the key
    /// or element.
    ///
    /// @return empty when the value as a whole is AWS::NoValue
    public Optional<Object> resolve(Object value, Lookup lookup) {
        return resolve(value, "", lookup);
    }

    /// As [#resolve(Object, Lookup)].
    ///
    /// @param where the place of the value, as messages shall name it: `Resources.Topic.Properties`
    public Optional<Object> resolve(Object value, String where, Lookup lookup) {
        return new Evaluator(names.resources(resources.keySet(), conditions, lookup))
                .value(value, new Where(where));
    }

    /// Unresolved outputs whose condition holds, by name: value and description.
    public Map<String, Output> outputs() {
        return outputs;
    }

    /// One output.
    public record Output(Object value, String description) {}

    /// Which branch of `Fn::If` is taken here.
    Reference.Branches taken() {
        return (condition, branch, where) -> conditions.holds(condition, where) == branch;
    }

    private static void checkInlined(Template template, ParameterValues values, Place place) {
        Map<String, String> actual = new LinkedHashMap<>(values.texts());
        actual.put("AWS::Region", place.region());
        template.inlined()
                .forEach((name, value) -> {
                    if (!value.equals(actual.get(name))) {
                        throw new TemplateException(
                                "the template was transformed with another value of "
                                        + name
                                        + " than this deployment has; deploy the template before its transform");
                    }
                });
    }

    /// Resources and outputs that the conditions keep.
    private record KeptParts(Template template, Conditions conditions) {

        Map<String, Resource> resources() {
            Map<String, Resource> out = new LinkedHashMap<>();
            Tree.map(template.tree().get("Resources"), Where.ROOT.key("Resources"))
                    .forEach((id, tree) -> {
                        ResourceDefinition definition = ResourceDefinition.of(id, tree);
                        if (SamTransform.isSam(definition.type())) {
                            throw ResourceDefinition.where(id)
                                    .key("Type")
                                    .wrong(
                                            definition.type()
                                                    + " needs Transform: "
                                                    + SamTransform.NAME);
                        }
                        if (holds(definition.condition(), ResourceDefinition.where(id))) {
                            out.put(
                                    id,
                                    new Resource(
                                            id,
                                            definition.type(),
                                            definition.properties(),
                                            definition.metadata(),
                                            definition.dependsOn(),
                                            definition.deletionPolicy().orElse("Delete"),
                                            definition.updateReplacePolicy().orElse("Delete")));
                        }
                    });
            return Collections.unmodifiableMap(out);
        }

        Map<String, Output> outputs() {
            Map<String, Output> out = new LinkedHashMap<>();
            Tree.mapOrEmpty(template.tree().get("Outputs"), Where.ROOT.key("Outputs"))
                    .forEach((name, tree) -> {
                        OutputDefinition definition = OutputDefinition.of(name, tree);
                        if (holds(definition.condition(), OutputDefinition.where(name))) {
                            out.put(name, new Output(definition.value(), definition.description()));
                        }
                    });
            return Collections.unmodifiableMap(out);
        }

        private boolean holds(Optional<String> condition, Where where) {
            return condition.isEmpty() || conditions.holds(condition.get(), where.key("Condition"));
        }
    }
}
