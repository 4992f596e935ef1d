package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.account.Account;
import io.bedrockbudgeteer.local.engine.Made;
import io.bedrockbudgeteer.local.engine.PhysicalIds;
import io.bedrockbudgeteer.local.engine.Provider;
import io.bedrockbudgeteer.local.engine.ResourceFailed;
import io.bedrockbudgeteer.local.engine.Target;
import io.bedrockbudgeteer.local.engine.Values;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A row of the table at work in one account.
record TypeProvider(
        TypeSpec spec, Account account, Inventory inventory, PhysicalIds ids, Path folder)
        implements Provider {

    @Override
    public Kind kind() {
        return spec.kind();
    }

    @Override
    public boolean holdsKey(Map<String, Object> properties) {
        return spec.keys().stream().anyMatch(path -> Scene.text(properties, path).isPresent());
    }

    @Override
    public void checkNames(String logicalId, Map<String, Object> properties) {
        spec.names().check(logicalId, properties);
    }

    @Override
    public boolean hasAttribute(String name) {
        return spec.attributes().contains(name);
    }

    @Override
    public Change change(Target after, Map<String, Object> before) {
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.properties().keySet());
        List<String> changed =
                names.stream()
                        .filter(name -> !same(before.get(name), after.properties().get(name)))
                        .toList();
        if (changed.isEmpty()) {
            return Change.NONE;
        }
        if (changed.stream().noneMatch(spec.replacing()::contains)) {
            return Change.IN_PLACE;
        }
        spec.nameProperty()
                .flatMap(name ->
                        Scene.text(after.properties(), name)
                                .filter(text -> !changed.contains(name)))
                .ifPresent(fixed -> {
                    throw new ResourceFailed(
                            "CloudFormation cannot update a stack when a custom-named resource requires replacing."
                                    + " Rename "
                                    + fixed
                                    + " and update the stack again.");
                });
        return Change.REPLACEMENT;
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return Objects.equals(one, other);
        }
        return Values.same(one, other);
    }

    @Override
    public Made create(Target target) {
        check(target);
        return spec.behaviour().create(scene(target));
    }

    @Override
    public Made update(Target after, String physicalId, Map<String, Object> before) {
        check(after);
        return spec.behaviour().update(scene(after), physicalId, before);
    }

    @Override
    public void delete(Target target, String physicalId) {
        spec.behaviour().delete(scene(target), physicalId);
    }

    private void check(Target target) {
        checkNames(target.logicalId(), target.properties());
        List<String> missing =
                spec.required().stream()
                        .filter(name -> !target.properties().containsKey(name))
                        .sorted()
                        .toList();
        if (!missing.isEmpty()) {
            throw new ResourceFailed(
                    "Properties validation failed for resource "
                            + target.logicalId()
                            + " with message: #: required key "
                            + missing
                            + " not found");
        }
    }

    private Scene scene(Target target) {
        return new Scene(account, inventory, ids, folder, target);
    }
}
