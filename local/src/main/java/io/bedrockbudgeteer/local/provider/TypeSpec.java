package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.engine.Provider.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One row of the table of resource types.
///
/// @param page AWS documentation page that the row follows
/// @param nameProperty property that fixes the name in the service; while it stays, there cannot be
///   another resource
/// @param required properties without which CloudFormation does not start
/// @param replacing properties (top level) whose change makes a new physical resource, the name
///   among them
/// @param attributes names for `Fn::GetAtt`
/// @param keys paths of properties that hold a KMS key
record TypeSpec(
        String type,
        String page,
        Kind kind,
        PropertyNames names,
        Optional<String> nameProperty,
        Set<String> required,
        Set<String> replacing,
        Set<String> attributes,
        List<String> keys,
        Behaviour behaviour) {

    static Builder of(String type, String page) {
        return new Builder(type, page);
    }

    /// Collects a row.
    static final class Builder {
        private final String type;
        private final String page;
        private Kind kind = Kind.ORDINARY;
        private Set<String> modelled = Set.of();
        private Set<String> ignored = Set.of();
        private Optional<String> nameProperty = Optional.empty();
        private Set<String> required = Set.of();
        private Set<String> replacing = Set.of();
        private Set<String> attributes = Set.of();
        private List<String> keys = List.of();

        private Builder(String type, String page) {
            this.type = type;
            this.page = page;
        }

        Builder foundation() {
            kind = Kind.FOUNDATION;
            return this;
        }

        Builder modelled(String... names) {
            modelled = new LinkedHashSet<>(List.of(names));
            return this;
        }

        Builder ignored(String... names) {
            ignored = new LinkedHashSet<>(List.of(names));
            return this;
        }

        Builder named(String property) {
            nameProperty = Optional.of(property);
            return this;
        }

        Builder required(String... names) {
            required = Set.of(names);
            return this;
        }

        Builder replacing(String... names) {
            replacing = Set.of(names);
            return this;
        }

        /// Every change of a modelled property makes a new physical resource.
        Builder immutable() {
            replacing = Set.copyOf(modelled);
            return this;
        }

        Builder attributes(String... names) {
            attributes = Set.of(names);
            return this;
        }

        Builder keys(String... paths) {
            keys = List.of(paths);
            return this;
        }

        TypeSpec does(Behaviour behaviour) {
            Set<String> all = new LinkedHashSet<>(replacing);
            nameProperty.ifPresent(all::add);
            return new TypeSpec(
                    type,
                    page,
                    kind,
                    new PropertyNames(type, modelled, ignored),
                    nameProperty,
                    required,
                    Set.copyOf(all),
                    attributes,
                    keys,
                    behaviour);
        }
    }
}
