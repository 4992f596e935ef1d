package io.bedrockbudgeteer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Random sequences of everything that can happen to stacks which share a key. A sequence is one to
/// four operations on a stack, of several events each; it goes on where the one before it ended,
/// and a new world begins every so often. More of them with `-Dlifecycle.sequences=N`;
/// `-Dlifecycle.seed=S` repeats the world that a failure names.
class LifecycleSimulationTest {
    private static final int SEQUENCES = Integer.getInteger("lifecycle.sequences", 2000);
    private static final int IN_ONE_WORLD = 25;
    private static final int MOST_STEPS = 4;
    private static final int THREADS = 5;
    private static final long FIRST_SEED = 20_260_101;

    @Test
    void whatever_happens_to_stacks_that_share_a_key_its_policy_is_what_it_has_to_be()
            throws Exception {
        Long only = Long.getLong("lifecycle.seed");
        int worlds = only != null ? 1 : (SEQUENCES + IN_ONE_WORLD - 1) / IN_ONE_WORLD;
        long first = only != null ? only : FIRST_SEED;
        int sequences = 0;
        // More than half of the time is spent waiting: for loopback, and for settle times.
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Integer>> running = new ArrayList<>();
            for (int world = 0; world < worlds; world++) {
                long seed = first + world;
                running.add(pool.submit(() -> run(seed)));
            }
            for (Future<Integer> each : running) sequences += each.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
        assertThat(sequences).isEqualTo(worlds * IN_ONE_WORLD);
    }

    private static int run(long seed) {
        Random random = new Random(seed);
        int sequences = 0;
        try (World world = new World(random)) {
            try {
                for (; sequences < IN_ONE_WORLD; sequences++) {
                    int steps = random.nextInt(1, MOST_STEPS + 1);
                    for (int step = 0; step < steps; step++) world.step();
                    world.check();
                }
            } catch (Throwable e) {
                throw new AssertionError(
                        e
                                + "\n-Dlifecycle.seed="
                                + seed
                                + ", sequence "
                                + sequences
                                + "\n"
                                + String.join("\n", world.steps())
                                + "\n"
                                + world.policies(),
                        e);
            }
        }
        return sequences;
    }
}
