package io.bedrockbudgeteer.local.engine;

import io.bedrockbudgeteer.local.account.NotModelledException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A world of made-up resource types that remembers every call as `create Id`, `update Id`, `delete
/// Id physical-id`.
///
/// `Fake::Role` is a foundation, `Fake::Store` holds a key when `Key` is set, `Fake::Thing` is
/// neither; a change of `Name` replaces. `Custom::*` needs an answer: [#scripts] says what the next
/// calls of a logical id do, otherwise they succeed.
final class FakeProviders implements Providers {
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    final Map<String, Script> scripts = new HashMap<>();
    private final AtomicInteger counter = new AtomicInteger();
    private final Providers custom;

    /// What a call does; throws to fail.
    @FunctionalInterface
    interface Script {
        void before(String operation, Target target, String physicalId);
    }

    FakeProviders() {
        this(type -> {
            throw new NotModelledException("resource type " + type);
        });
    }

    /// @param custom where custom resources come from
    FakeProviders(Providers custom) {
        this.custom = custom;
    }

    void failing(String logicalId, String operation, String reason) {
        scripts.put(
                logicalId,
                (what, target, physicalId) -> {
                    if (what.equals(operation)) {
                        throw new ResourceFailed(reason);
                    }
                });
    }

    @Override
    public Provider of(String type) {
        return switch (type) {
            case "Fake::Role" -> new Fake(Provider.Kind.FOUNDATION);
            case "Fake::Store", "Fake::Thing" -> new Fake(Provider.Kind.ORDINARY);
            default -> custom.of(type);
        };
    }

    private final class Fake implements Provider {
        private final Kind kind;

        Fake(Kind kind) {
            this.kind = kind;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public boolean holdsKey(Map<String, Object> properties) {
            return properties.containsKey("Key");
        }

        @Override
        public void checkNames(String logicalId, Map<String, Object> properties) {
            for (String name : properties.keySet()) {
                if (!Set.of("Name", "Size", "Key", "Uses").contains(name)) {
                    throw new NotModelledException("property " + name + " (" + logicalId + ")");
                }
            }
        }

        @Override
        public boolean hasAttribute(String name) {
            return name.equals("Arn") || name.equals("Size");
        }

        @Override
        public Change change(Target after, Map<String, Object> before) {
            if (Values.same(after.properties(), before)) {
                return Change.NONE;
            }
            Object name = after.properties().getOrDefault("Name", "");
            return Values.same(name, before.getOrDefault("Name", ""))
                    ? Change.IN_PLACE
                    : Change.REPLACEMENT;
        }

        @Override
        public Made create(Target target) {
            act("create", target, "");
            return made(target, target.logicalId() + "-" + counter.incrementAndGet());
        }

        @Override
        public Made update(Target after, String physicalId, Map<String, Object> before) {
            act("update", after, physicalId);
            return made(after, physicalId);
        }

        @Override
        public void delete(Target target, String physicalId) {
            act("delete", target, physicalId);
        }

        private Made made(Target target, String id) {
            Object size = target.properties().getOrDefault("Size", "0");
            return new Made(id, Map.of("Arn", "arn:" + id, "Size", String.valueOf(size)));
        }

        private void act(String operation, Target target, String physicalId) {
            calls.add(
                    operation
                            + " "
                            + target.logicalId()
                            + (operation.equals("delete") ? " " + physicalId : ""));
            Script script = scripts.get(target.logicalId());
            if (script != null) {
                script.before(operation, target, physicalId);
            }
        }
    }
}
