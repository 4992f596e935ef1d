package io.bedrockbudgeteer.local.engine;

import io.bedrockbudgeteer.local.engine.Deletion.Doomed;
import io.bedrockbudgeteer.local.template.Deployment;
import io.bedrockbudgeteer.local.template.Deployment.Place;
import io.bedrockbudgeteer.local.template.TemplateException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Creates, updates and deletes one stack, as CloudFormation does: in graph order, with roll-back,
/// clean-up and deletion policies.
///
/// One operation at a time. What is not known is refused before anything is created
/// ([NotModelledException]). Source: CloudFormation User Guide, "Stack status codes", "Update
/// behaviors of stack resources", "DeletionPolicy attribute", "UpdateReplacePolicy attribute".
public final class StackEngine {
    private final Providers providers;
    private final Options options;
    private final Stack stack;
    private final Resolved resolved;

    public StackEngine(Place place, Providers providers, Options options) {
        this.providers = providers;
        this.options = options;
        this.stack = new Stack(place, options);
        this.resolved = new Resolved(stack, providers);
    }

    /// Empty before the first operation.
    public Optional<Status> status() {
        return stack.status();
    }

    /// Reason of the present state, as DescribeStacks shows it.
    public String statusReason() {
        return stack.reason();
    }

    /// What lives in the stack, by logical id.
    public Map<String, Live> resources() {
        return stack.all();
    }

    /// Everything that ever happened to this stack, oldest first.
    public List<StackEvent> events() {
        return stack.events();
    }

    /// Outputs of the stack as it is now.
    public Map<String, String> outputs() {
        return stack.outputs();
    }

    /// One resource that lives in the stack.
    ///
    /// @throws IllegalArgumentException when it does not
    public Live resource(String logicalId) {
        return stack.get(logicalId)
                .orElseThrow(() ->
                        new IllegalArgumentException("no resource " + logicalId + " in the stack"));
    }

    public StackResult create(Deployment deployment) throws InterruptedException {
        if (stack.status().filter(now -> now != Status.DELETE_COMPLETE).isPresent()) {
            throw new OperationRefused("Stack [" + stack.place().stackName() + "] already exists");
        }
        new Preflight(providers).check(deployment);
        int first = stack.begin();
        stack.move(Status.CREATE_IN_PROGRESS, "User Initiated");
        Forward forward = new Forward(stack, deployment, providers, options);
        String trouble = forwardAndOutputs(forward, deployment);
        if (trouble.isEmpty()) {
            stack.deployed(deployment);
            stack.move(Status.CREATE_COMPLETE, "");
        } else if (options.rollback()) {
            stack.cause(trouble);
            new Rollback(stack, providers, options).ofCreate(forward, trouble);
        } else {
            stack.cause(trouble);
            stack.deployed(deployment);
            stack.move(Status.CREATE_FAILED, trouble);
        }
        return stack.resultSince(first);
    }

    /// A deployment that changes nothing makes no event and leaves the state as it is.
    public StackResult update(Deployment deployment) throws InterruptedException {
        Status now =
                stack.status()
                        .orElseThrow(() ->
                                new OperationRefused(
                                        "Stack ["
                                                + stack.place().stackName()
                                                + "] does not exist"));
        if (!now.canBeUpdated()) {
            throw new OperationRefused(
                    "Stack:"
                            + stack.place().stackId()
                            + " is in "
                            + now
                            + " state and can not be updated.");
        }
        new Preflight(providers).check(deployment);
        Map<String, Live> before = stack.all();
        new Preflight(providers).checkTypes(deployment, before);
        int first = stack.begin();
        if (resolved.isAlready(deployment)) {
            return stack.resultSince(first);
        }
        stack.move(Status.UPDATE_IN_PROGRESS, "User Initiated");
        Forward forward = new Forward(stack, deployment, providers, options);
        String trouble = forwardAndOutputs(forward, deployment);
        if (trouble.isEmpty()) {
            commitUpdate(forward, deployment, before);
        } else if (options.rollback()) {
            stack.cause(trouble);
            new Rollback(stack, providers, options).ofUpdate(forward, deployment, before, trouble);
        } else {
            stack.cause(trouble);
            stack.move(Status.UPDATE_FAILED, trouble);
        }
        return stack.resultSince(first);
    }

    /// May be repeated after DELETE_FAILED; what could not be deleted is tried again.
    public StackResult delete() throws InterruptedException {
        if (stack.status().filter(now -> now != Status.DELETE_COMPLETE).isEmpty()) {
            throw new OperationRefused("Stack [" + stack.place().stackName() + "] does not exist");
        }
        int first = stack.begin();
        stack.move(Status.DELETE_IN_PROGRESS, "User Initiated");
        Map<String, Live> all = stack.all();
        List<Doomed> doomed =
                all.values().stream()
                        .map(live -> new Doomed(live, live.deletionPolicy().startsWith("Retain")))
                        .toList();
        List<String> failed = Deletion.once(stack, providers, options).run(doomed, Graph.of(all));
        finishDelete(failed, Status.DELETE_COMPLETE, Status.DELETE_FAILED);
        return stack.resultSince(first);
    }

    private void finishDelete(List<String> failed, Status complete, Status incomplete) {
        if (failed.isEmpty()) {
            stack.outputs(Map.of());
            stack.move(complete, "");
        } else {
            String why = "The following resource(s) failed to delete: " + failed + ".";
            stack.cause(why);
            stack.move(incomplete, why);
        }
    }

    /// @return why it failed; empty on success
    private String forwardAndOutputs(Forward forward, Deployment deployment)
            throws InterruptedException {
        Walk.Outcome outcome = forward.run();
        if (!outcome.succeeded()) {
            return describe(forward.touched(), outcome.failed());
        }
        try {
            stack.outputs(resolved.outputsOf(deployment));
        } catch (ResourceFailed e) {
            return "Output evaluation failed: " + e.reason();
        } catch (TemplateException e) {
            return "Output evaluation failed: " + e.getMessage();
        }
        return "";
    }

    private static String describe(List<Touch> touched, List<String> failed) {
        List<String> updates =
                failed.stream()
                        .filter(id ->
                                touched.stream()
                                        .noneMatch(touch ->
                                                touch.logicalId().equals(id) && touch.isNew()))
                        .toList();
        List<String> creations = failed.stream().filter(id -> !updates.contains(id)).toList();
        StringBuilder text = new StringBuilder();
        if (!creations.isEmpty()) {
            text.append("The following resource(s) failed to create: ")
                    .append(creations)
                    .append(". ");
        }
        if (!updates.isEmpty()) {
            text.append("The following resource(s) failed to update: ")
                    .append(updates)
                    .append(". ");
        }
        return text.toString().strip();
    }

    private void commitUpdate(Forward forward, Deployment deployment, Map<String, Live> before)
            throws InterruptedException {
        stack.move(Status.UPDATE_COMPLETE_CLEANUP_IN_PROGRESS, "");
        stack.deployed(deployment);
        List<Doomed> doomed = new ArrayList<>();
        Map<String, Touch> replaced = new HashMap<>();
        forward.touched().stream()
                .filter(Touch::isReplacement)
                .forEach(touch -> replaced.put(touch.logicalId(), touch));
        Map<String, Set<String>> needs = deployment.dependencies();
        Set<String> kept = new HashSet<>();
        deployment
                .resources()
                .forEach(resource -> {
                    kept.add(resource.logicalId());
                    stack.get(resource.logicalId())
                            .ifPresent(live ->
                                    stack.put(
                                            live.in(
                                                    resource,
                                                    needs.getOrDefault(
                                                            resource.logicalId(), Set.of()))));
                });
        before.forEach((id, old) -> {
            if (!kept.contains(id)) {
                doomed.add(new Doomed(old, old.deletionPolicy().startsWith("Retain")));
            } else if (replaced.containsKey(id)) {
                boolean retained =
                        stack.get(id)
                                .filter(live -> live.updateReplacePolicy().equals("Retain"))
                                .isPresent();
                doomed.add(new Doomed(old, retained));
            }
        });
        Deletion.cleanup(stack, providers, options).run(doomed, Graph.of(before));
        stack.move(Status.UPDATE_COMPLETE, "");
    }
}
