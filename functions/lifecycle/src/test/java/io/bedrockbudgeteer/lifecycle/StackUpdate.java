package io.bedrockbudgeteer.lifecycle;

import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Answer;
import io.bedrockbudgeteer.lifecycle.Stack.Live;
import io.bedrockbudgeteer.lifecycle.Stack.Reversal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One update of a stack. Its first half is done when the object exists; then it is completed,
/// which deletes what was replaced or dropped, or rolled back.
final class StackUpdate {
    /// @param before empty for a resource that the update made
    /// @param wanted the properties that were asked for, with success or without
    private record Touched(
            Guard guard, Optional<Live> before, Map<String, Object> wanted, boolean succeeded) {}

    private record Doomed(Guard guard, Live resource) {}

    private final Stack stack;
    private final List<Touched> touched = new ArrayList<>();
    private final List<Doomed> doomed = new ArrayList<>();
    private final boolean done;

    StackUpdate(Stack stack, Template template) {
        this.stack = stack;
        stack.status("UPDATE_IN_PROGRESS");
        done = forward(template);
        if (done)
            stack.resources()
                    .forEach((guard, resource) -> {
                        if (!template.resources().containsKey(guard))
                            doomed.add(new Doomed(guard, resource));
                    });
    }

    /// Whether every resource is as the template wants it.
    boolean isDone() {
        return done;
    }

    private boolean forward(Template template) {
        for (Guard guard : template.resources().keySet()) {
            Map<String, Object> wanted = stack.resolved(guard, template);
            Optional<Live> before = stack.live(guard);
            if (before.filter(live -> live.properties().equals(wanted)).isPresent()) continue;
            Answer answer =
                    before.isPresent()
                            ? stack.send(
                                    "Update",
                                    guard,
                                    before.get().physicalId(),
                                    wanted,
                                    before.get().properties())
                            : stack.send("Create", guard, "", wanted, Map.of());
            touched.add(new Touched(guard, before, wanted, answer.isSuccess()));
            if (before.isPresent() && !answer.isSuccess()) {
                if (!answer.physicalId().equals(before.get().physicalId()))
                    throw new AssertionError("a failed Update answered with another id");
                return false;
            }
            stack.keep(guard, new Live(answer.physicalId(), wanted, answer.data()));
            if (!answer.isSuccess()) return false;
            before.filter(live -> !live.physicalId().equals(answer.physicalId()))
                    .ifPresent(live -> doomed.add(new Doomed(guard, live)));
        }
        return true;
    }

    /// What cannot be deleted after three tries is left behind, and the update is complete all the
    /// same.
    ///
    /// @return true
    boolean complete() {
        stack.status("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
        for (Doomed each : doomed.reversed()) {
            stack.cleanUp(each.guard(), each.resource());
            if (stack.live(each.guard()).filter(each.resource()::equals).isPresent())
                stack.forget(each.guard());
        }
        stack.status("UPDATE_COMPLETE");
        return true;
    }

    /// As [#rollBack], where the answers of this update came too late: CloudFormation knows the old
    /// ids only.
    void rollBackUnheard() {
        for (Touched each : touched)
            each.before().ifPresent(before -> stack.keep(each.guard(), before));
        rollBack(Reversal.UPDATE);
    }

    void rollBack(Reversal reversal) {
        stack.status("UPDATE_ROLLBACK_IN_PROGRESS");
        List<Doomed> made = new ArrayList<>();
        for (Touched each : touched.reversed()) {
            Live now = stack.live(each.guard()).orElseThrow();
            if (each.before().isEmpty()) {
                made.add(new Doomed(each.guard(), now));
                stack.forget(each.guard());
                continue;
            }
            Live before = each.before().get();
            boolean replaced = !now.physicalId().equals(before.physicalId());
            if (replaced && reversal == Reversal.DELETE_OF_THE_NEW) {
                made.add(new Doomed(each.guard(), now));
                stack.keep(each.guard(), before);
                continue;
            }
            Answer back =
                    stack.send(
                            "Update",
                            each.guard(),
                            now.physicalId(),
                            before.properties(),
                            each.wanted());
            if (!back.isSuccess()) {
                stack.status("UPDATE_ROLLBACK_FAILED");
                return;
            }
            stack.keep(each.guard(), new Live(back.physicalId(), before.properties(), back.data()));
            if (!back.physicalId().equals(now.physicalId()))
                made.add(new Doomed(each.guard(), now));
        }
        stack.status("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS");
        for (Doomed each : made) stack.cleanUp(each.guard(), each.resource());
        stack.status("UPDATE_ROLLBACK_COMPLETE");
    }
}
