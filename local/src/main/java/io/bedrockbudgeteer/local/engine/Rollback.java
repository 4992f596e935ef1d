package io.bedrockbudgeteer.local.engine;

import io.bedrockbudgeteer.local.engine.Deletion.Doomed;
import io.bedrockbudgeteer.local.template.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Takes a failed operation back.
record Rollback(Stack stack, Providers providers, Options options) {

    /// Deletes everything that was started.
    void ofCreate(Forward forward, String trouble) throws InterruptedException {
        stack.move(Status.ROLLBACK_IN_PROGRESS, trouble + " Rollback requested by user.");
        List<Doomed> doomed = new ArrayList<>();
        for (Touch touch : forward.touched()) {
            touch.now()
                    .ifPresentOrElse(
                            live ->
                                    doomed.add(
                                            new Doomed(
                                                    live, live.deletionPolicy().equals("Retain"))),
                            () ->
                                    stack.tell(
                                            touch.logicalId(),
                                            touch.type(),
                                            "",
                                            Status.DELETE_COMPLETE,
                                            ""));
        }
        List<String> failed =
                Deletion.once(stack, providers, options).run(doomed, Graph.of(stack.all()));
        String cause = trouble;
        if (failed.isEmpty()) {
            stack.outputs(Map.of());
            stack.move(Status.ROLLBACK_COMPLETE, "");
        } else {
            String why = "The following resource(s) failed to delete: " + failed + ".";
            cause = trouble + " " + why;
            stack.move(Status.ROLLBACK_FAILED, why);
        }
        stack.cause(cause);
    }

    /// Restores what was touched, then deletes what is new.
    void ofUpdate(Forward forward, Deployment deployment, Map<String, Live> before, String trouble)
            throws InterruptedException {
        stack.move(Status.UPDATE_ROLLBACK_IN_PROGRESS, trouble);
        Reverse reverse = new Reverse(stack, providers, options);
        List<String> stuck = reverse.run(forward.touched());
        if (!stuck.isEmpty()) {
            String why = "The following resource(s) failed to update: " + stuck + ".";
            stack.cause(trouble + " " + why);
            stack.move(Status.UPDATE_ROLLBACK_FAILED, why);
            return;
        }
        stack.move(Status.UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS, "");
        Deletion.cleanup(stack, providers, options)
                .run(reverse.doomed(), new Graph(deployment.dependencies()));
        stack.all().keySet().stream()
                .filter(id -> !before.containsKey(id))
                .forEach(id -> stack.get(id).ifPresent(stack::forget));
        stack.deployed()
                .ifPresent(old -> stack.outputs(new Resolved(stack, providers).outputsOf(old)));
        stack.move(Status.UPDATE_ROLLBACK_COMPLETE, "");
    }
}
