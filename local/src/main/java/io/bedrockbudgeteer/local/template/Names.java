package io.bedrockbudgeteer.local.template;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What names mean in one deployment: parameters, pseudo parameters, mappings, and at run time
/// resources.
final class Names {

    private final ParameterValues parameters;
    private final Deployment.Place place;
    private final Mappings mappings;

    Names(ParameterValues parameters, Deployment.Place place, Mappings mappings) {
        this.parameters = parameters;
        this.place = place;
        this.mappings = mappings;
    }

    /// A parameter or pseudo parameter.
    Optional<Object> known(String name, Where where) {
        return parameters.value(name).or(() -> Pseudo.value(name, place, where));
    }

    /// For conditions and rules, which are decided before any resource exists.
    Scope parametersOnly(String name, Set<String> functions) {
        return new ParameterScope(name, functions);
    }

    /// For properties and outputs.
    ///
    /// @param kept logical ids of the resources that the conditions keep
    Scope resources(Set<String> kept, Conditions conditions, Deployment.Lookup lookup) {
        return new ResourceScope(kept, conditions, lookup);
    }

    private final class ParameterScope implements Scope {

        private final String name;
        private final Set<String> functions;

        private ParameterScope(String name, Set<String> functions) {
            this.name = name;
            this.functions = functions;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Set<String> functions() {
            return functions;
        }

        @Override
        public Object reference(String reference, Where where) {
            return known(reference, where)
                    .orElseThrow(() ->
                            where.wrong(
                                    "'"
                                            + reference
                                            + "' is no parameter; "
                                            + name
                                            + " can refer to parameters only, there are "
                                            + new TreeSet<>(parameters.texts().keySet())));
        }

        @Override
        public Object attribute(String logicalId, String attribute, Where where) {
            throw where.wrong(
                    logicalId
                            + "."
                            + attribute
                            + " is an attribute of a resource; "
                            + name
                            + " can refer to parameters only");
        }

        @Override
        public boolean condition(String condition, Where where) {
            throw where.wrong("Fn::If cannot stand in " + name);
        }

        @Override
        public Object mapped(String map, String top, String second, Where where) {
            return mappings.value(map, top, second, where);
        }
    }

    private final class ResourceScope implements Scope {

        private final Set<String> kept;
        private final Conditions conditions;
        private final Deployment.Lookup lookup;

        private ResourceScope(Set<String> kept, Conditions conditions, Deployment.Lookup lookup) {
            this.kept = kept;
            this.conditions = conditions;
            this.lookup = lookup;
        }

        @Override
        public String name() {
            return "resources and outputs";
        }

        @Override
        public Set<String> functions() {
            return Call.VALUES;
        }

        @Override
        public Object reference(String name, Where where) {
            return known(name, where)
                    .orElseGet(() -> {
                        require(name, where);
                        return lookup.ref(name);
                    });
        }

        @Override
        public Object attribute(String logicalId, String attribute, Where where) {
            require(logicalId, where);
            return lookup.attribute(logicalId, attribute);
        }

        @Override
        public boolean condition(String name, Where where) {
            return conditions.holds(name, where);
        }

        @Override
        public Object mapped(String map, String top, String second, Where where) {
            return mappings.value(map, top, second, where);
        }

        private void require(String logicalId, Where where) {
            if (!kept.contains(logicalId)) {
                throw where.wrong(
                        "refers to '"
                                + logicalId
                                + "', which is no parameter and no resource of this deployment");
            }
        }
    }
}
