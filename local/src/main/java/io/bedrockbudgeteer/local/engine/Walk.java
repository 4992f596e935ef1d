package io.bedrockbudgeteer.local.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/// Goes through resources so that each comes after those it waits for.
///
/// @param rank lower is less friendly; asked only for resources that are ready
/// @param stopAtFailure whether no new step starts after one has failed; otherwise only the steps
///   that wait for it do not
/// @param cancellable steps that are interrupted, and not waited for to the end, once another one
///   has failed
record Walk(
        Order order,
        ToIntFunction<String> rank,
        boolean stopAtFailure,
        Predicate<String> cancellable) {

    /// Does the work for one resource and tells whether it succeeded.
    @FunctionalInterface
    interface Step {
        boolean run(String id);
    }

    /// What became of the walk.
    ///
    /// @param done in the order in which the steps ended
    record Outcome(List<String> done, List<String> failed) {
        boolean succeeded() {
            return failed.isEmpty();
        }
    }

    private record Finished(String id, boolean success, Optional<RuntimeException> bug) {}

    /// @param ids in template order
    /// @param waitsFor the ids that each one waits for; ids outside the walk do not count
    Outcome over(Collection<String> ids, Function<String, Set<String>> waitsFor, Step step)
            throws InterruptedException {
        Set<String> all = Set.copyOf(ids);
        Set<String> pending = new LinkedHashSet<>(ids);
        Set<String> done = new LinkedHashSet<>();
        List<String> failed = new ArrayList<>();
        Map<String, Thread> running = new HashMap<>();
        BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();
        Order.Chooser chooser = order.chooser();
        try {
            while (true) {
                while (running.size() < order.parallel() && (failed.isEmpty() || !stopAtFailure)) {
                    List<String> ready =
                            pending.stream()
                                    .filter(id -> isReady(waitsFor.apply(id), all, done))
                                    .toList();
                    if (ready.isEmpty()) {
                        break;
                    }
                    String next = chooser.choose(ready, rank);
                    pending.remove(next);
                    running.put(
                            next,
                            Thread.ofVirtual()
                                    .name(next)
                                    .start(() -> finished.add(run(step, next))));
                }
                if (running.isEmpty()) {
                    return new Outcome(List.copyOf(done), List.copyOf(failed));
                }
                Finished one = finished.take();
                running.remove(one.id());
                if (one.bug().isPresent()) {
                    throw one.bug().get();
                }
                if (one.success()) {
                    done.add(one.id());
                } else {
                    failed.add(one.id());
                    if (stopAtFailure) {
                        interrupt(running, cancellable);
                    }
                }
            }
        } finally {
            // Only after an interruption or a bug is anything still running here.
            interrupt(running, id -> true);
        }
    }

    private static boolean isReady(Set<String> waitsFor, Set<String> all, Set<String> done) {
        return waitsFor.stream().filter(all::contains).allMatch(done::contains);
    }

    private static Finished run(Step step, String id) {
        try {
            return new Finished(id, step.run(id), Optional.empty());
        } catch (RuntimeException e) {
            return new Finished(id, false, Optional.of(e));
        }
    }

    private static void interrupt(Map<String, Thread> running, Predicate<String> which) {
        running.forEach((id, thread) -> {
            if (which.test(id)) {
                thread.interrupt();
            }
        });
    }
}
