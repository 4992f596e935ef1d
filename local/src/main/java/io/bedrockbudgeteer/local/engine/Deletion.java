package io.bedrockbudgeteer.local.engine;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Deletes resources against the direction of the graph.
///
/// @param tries how often a delete is sent before it counts as failed
/// @param abandon whether a resource that cannot be deleted is left behind and forgotten, as in the
///   clean-up of an update; otherwise it stays in the stack, with everything it needs
record Deletion(Stack stack, Providers providers, Options options, int tries, boolean abandon) {

    /// How often CloudFormation tries in a clean-up. Source: CloudFormation User Guide, "Stack
    /// status codes" (UPDATE_COMPLETE_CLEANUP_IN_PROGRESS), and re:Post answers about abandoned
    /// resources.
    static final int CLEANUP_TRIES = 3;

    /// Something to delete, or to leave in the account because a policy says so.
    record Doomed(Live live, boolean retained) {}

    static Deletion once(Stack stack, Providers providers, Options options) {
        return new Deletion(stack, providers, options, 1, false);
    }

    static Deletion cleanup(Stack stack, Providers providers, Options options) {
        return new Deletion(stack, providers, options, CLEANUP_TRIES, true);
    }

    /// @param graph who needs whom; also edges through resources that stay count
    /// @return logical ids of what could not be deleted
    List<String> run(List<Doomed> all, Graph graph) throws InterruptedException {
        Map<String, Doomed> byKey = new LinkedHashMap<>();
        all.reversed()
                .forEach(doomed ->
                        byKey.put(
                                doomed.live().logicalId() + "|" + doomed.live().physicalId(),
                                doomed));
        Set<String> logicalIds =
                byKey.values().stream()
                        .map(doomed -> doomed.live().logicalId())
                        .collect(Collectors.toSet());
        Walk walk = new Walk(options.order(), key -> rank(get(byKey, key)), false, key -> false);
        Walk.Outcome outcome =
                walk.over(
                        byKey.keySet(),
                        key -> {
                            Set<String> first =
                                    graph.whoNeeds(get(byKey, key).live().logicalId(), logicalIds);
                            return byKey.keySet().stream()
                                    .filter(other ->
                                            first.contains(get(byKey, other).live().logicalId()))
                                    .collect(Collectors.toSet());
                        },
                        key -> delete(get(byKey, key)));
        return outcome.failed().stream().map(key -> get(byKey, key).live().logicalId()).toList();
    }

    private static Doomed get(Map<String, Doomed> byKey, String key) {
        Doomed doomed = byKey.get(key);
        if (doomed == null) {
            throw new IllegalArgumentException("nothing to delete under " + key);
        }
        return doomed;
    }

    /// What the others may still need goes as early as the graph permits, custom resources as late.
    private int rank(Doomed doomed) {
        return switch (providers.of(doomed.live().type()).kind()) {
            case FOUNDATION -> 0;
            case ORDINARY -> 1;
            case CUSTOM -> 2;
        };
    }

    private boolean delete(Doomed doomed) {
        Live live = doomed.live();
        if (doomed.retained()) {
            stack.tell(live, Status.DELETE_SKIPPED, "");
            stack.forget(live);
            return true;
        }
        stack.tell(live, Status.DELETE_IN_PROGRESS, "");
        for (int i = 0; i < tries; i++) {
            String trouble = tryOnce(live);
            if (trouble.isEmpty()) {
                stack.tell(live, Status.DELETE_COMPLETE, "");
                stack.forget(live);
                return true;
            }
            stack.tell(live, Status.DELETE_FAILED, trouble);
        }
        if (abandon) {
            stack.forget(live);
        }
        return abandon;
    }

    private String tryOnce(Live live) {
        Target target = new Target(stack.place(), live.logicalId(), live.type(), live.properties());
        try {
            providers.of(live.type()).delete(target, live.physicalId());
            return "";
        } catch (ResourceFailed e) {
            return e.reason();
        } catch (Refusal e) {
            return "Resource handler returned message: \""
                    + e.text()
                    + " (Status Code: "
                    + e.status()
                    + ", Error Code: "
                    + e.code()
                    + ")\"";
        } catch (NotModelledException e) {
            String what = String.valueOf(e.getMessage());
            options.violations().accept(what);
            return what;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "The deletion was interrupted";
        }
    }
}
