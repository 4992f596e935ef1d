package io.bedrockbudgeteer.local.template;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Who needs whom among the resources that the conditions keep. Edges come from taken branches
/// only: an edge from a branch that is not taken would hide a fault in the order.
final class DependencyGraph {

    private final Names names;
    private final Conditions conditions;
    private final Set<String> defined;
    private final Map<String, Deployment.Resource> kept;
    private final Map<String, Set<String>> dependencies = new LinkedHashMap<>();

    /// @throws TemplateException for an unknown name (in any branch), a name that the conditions
    ///   removed (in a taken branch), a cycle
    DependencyGraph(
            Template template,
            Names names,
            Conditions conditions,
            Map<String, Deployment.Resource> kept,
            Map<String, Deployment.Output> outputs) {
        this.names = names;
        this.conditions = conditions;
        this.kept = kept;
        Map<String, Object> resources =
                Tree.map(template.tree().get("Resources"), Where.ROOT.key("Resources"));
        this.defined = resources.keySet();
        resources.forEach((id, tree) -> checkNames(ResourceDefinition.of(id, tree)));
        Tree.mapOrEmpty(template.tree().get("Outputs"), Where.ROOT.key("Outputs"))
                .forEach((name, tree) ->
                        checkNames(
                                OutputDefinition.of(name, tree).value(),
                                OutputDefinition.where(name).key("Value")));
        kept.values()
                .forEach(resource ->
                        dependencies.put(
                                resource.logicalId(),
                                Collections.unmodifiableSet(needs(resource))));
        outputs.forEach(
                (name, output) -> needs(output.value(), OutputDefinition.where(name).key("Value")));
        refuseCycles();
    }

    /// Direct dependencies, in template order.
    Map<String, Set<String>> dependencies() {
        return Collections.unmodifiableMap(dependencies);
    }

    private void checkNames(ResourceDefinition resource) {
        Where where = ResourceDefinition.where(resource.logicalId());
        checkNames(resource.properties(), where.key("Properties"));
        checkNames(resource.metadata(), where.key("Metadata"));
        for (String name : resource.dependsOn()) {
            if (!defined.contains(name)) {
                throw where.key("DependsOn").wrong("'" + name + "' is no resource of the template");
            }
            if (name.equals(resource.logicalId())) {
                throw where.key("DependsOn").wrong("a resource cannot depend on itself");
            }
        }
        // A condition that does not exist is refused here also for resources that no one asks for.
        resource.condition()
                .ifPresent(condition -> conditions.holds(condition, where.key("Condition")));
    }

    private void checkNames(Object value, Where where) {
        for (Reference reference :
                Reference.in(
                        value,
                        where,
                        (condition, _, place) -> {
                            conditions.holds(condition, place);
                            return true;
                        })) {
            boolean isParameter = names.known(reference.name(), reference.where()).isPresent();
            if (reference.isAttribute()
                    ? !defined.contains(reference.name())
                    : !isParameter && !defined.contains(reference.name())) {
                throw reference
                        .where()
                        .wrong(
                                "refers to '"
                                        + reference.name()
                                        + "', which is "
                                        + (reference.isAttribute()
                                                ? "no resource of the template"
                                                : "no parameter and no resource of the template"));
            }
        }
    }

    private Set<String> needs(Deployment.Resource resource) {
        Where where = ResourceDefinition.where(resource.logicalId());
        Set<String> out = new LinkedHashSet<>();
        for (String name : resource.dependsOn()) {
            if (!kept.containsKey(name)) {
                throw where.key("DependsOn")
                        .wrong(
                                "'"
                                        + name
                                        + "' does not exist here, because its condition is false; "
                                        + "give both the same condition, or order them by a value");
            }
            out.add(name);
        }
        out.addAll(needs(resource.properties(), where.key("Properties")));
        out.addAll(needs(resource.metadata(), where.key("Metadata")));
        return out;
    }

    private Set<String> needs(Object value, Where where) {
        Set<String> out = new LinkedHashSet<>();
        for (Reference reference :
                Reference.in(
                        value,
                        where,
                        (condition, branch, place) ->
                                conditions.holds(condition, place) == branch)) {
            if (!reference.isAttribute()
                    && names.known(reference.name(), reference.where()).isPresent()) {
                continue;
            }
            if (!kept.containsKey(reference.name())) {
                throw reference
                        .where()
                        .wrong(
                                "refers to '"
                                        + reference.name()
                                        + "', which does not exist here, because its condition is "
                                        + "false; put the reference into Fn::If with that condition");
            }
            out.add(reference.name());
        }
        return out;
    }

    private void refuseCycles() {
        Set<String> done = new LinkedHashSet<>();
        dependencies.keySet().forEach(id -> visit(id, new ArrayDeque<>(), done));
    }

    private void visit(String id, Deque<String> path, Set<String> done) {
        if (done.contains(id)) {
            return;
        }
        if (path.contains(id)) {
            StringBuilder cycle = new StringBuilder();
            path.stream()
                    .dropWhile(step -> !step.equals(id))
                    .forEach(step -> cycle.append(step).append(" -> "));
            throw new TemplateException("circular dependency between resources: " + cycle + id);
        }
        path.addLast(id);
        dependencies.getOrDefault(id, Set.of()).forEach(next -> visit(next, path, done));
        path.removeLast();
        done.add(id);
    }
}
