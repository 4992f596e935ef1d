package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.OutOfTime;
import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Work that does not end in time.
class WatchdogTest {
    private final Rig rig = new Rig();
    private final FakeAws aws = new FakeAws();
    private final KeyWriter writer = new KeyWriter(aws);
    private final String policy = writer.policy();

    /// A worker that does not listen: it goes on when the test lets it, however often it is
    /// interrupted.
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<String> end = new AtomicReference<>("");

    // The first call of a client takes longer than the work may take here.
    @BeforeEach
    void warmUp() {
        assertThat(writer.read()).isPresent();
        aws.forgetCalls();
    }

    @AfterEach
    void close() {
        mayGoOn.countDown();
        rig.close();
        aws.close();
    }

    private void waitDeaf(CountDownLatch latch) {
        while (true) {
            try {
                if (!latch.await(1, TimeUnit.MINUTES)) throw new AssertionError("nobody came");
                return;
            } catch (InterruptedException _) {
                // deaf
            }
        }
    }

    /// Stops directly before its write, goes on when the test says so, and tells how that ended.
    private GuardUnderTest stuckBeforeWriting() {
        GuardUnderTest stuck =
                writer.guard((_, _) -> {
                    arrived.countDown();
                    waitDeaf(mayGoOn);
                });
        return new GuardUnderTest(
                aws.environment(),
                (request, work) -> {
                    try {
                        Outcome outcome = stuck.handle(request, work);
                        end.set(outcome instanceof Outcome.Success ? "wrote" : "failed");
                        return outcome;
                    } catch (OutOfTime e) {
                        end.set(String.valueOf(e.getMessage()));
                        throw e;
                    } finally {
                        ended.countDown();
                    }
                });
    }

    @Test
    @Scenario("T21")
    void work_that_takes_too_long_is_answered_once_in_time_with_the_id_of_the_event() {
        long start = System.nanoTime();
        AnswerEndpoint.Answer answer =
                rig.run(
                        stuckBeforeWriting(),
                        rig.events.update("prev", Rig.properties(), Rig.properties()),
                        Rig.SHORT_WORK);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertThat(answer.status()).isEqualTo("FAILED");
        assertThat(answer.reason()).contains("did not finish in time");
        assertThat(taken).isBetween(Duration.ofMillis(1_400), Duration.ofSeconds(15));
        assertThat(answer.physicalId()).isEqualTo("prev");
        mayGoOn.countDown();
        waitDeaf(ended);
        assertThat(rig.endpoint.puts()).as("PUTs after the work ended").isEqualTo(1);
        assertThat(aws.count("kms:PutKeyPolicy")).isZero();
    }

    @Test
    @Scenario("T21")
    void a_create_that_takes_too_long_is_answered_with_the_id_that_a_success_would_have() {
        AnswerEndpoint.Answer late = rig.run(stuckBeforeWriting(), rig.create(), Rig.SHORT_WORK);
        assertThat(late.status()).isEqualTo("FAILED");
        assertThat(late.physicalId())
                .isEqualTo(rig.run(GuardUnderTest.succeeding(), rig.create()).physicalId());
    }

    @Test
    @Scenario("T22")
    void work_that_ends_with_the_watchdog_is_answered_exactly_once_a_thousand_times() {
        long seed = 20_261_124;
        RandomGenerator random = new Random(seed);
        int repeats = 1000;
        int window = 2;
        for (int i = 0; i < repeats; i++) {
            // From shortly after the deadline to a millisecond before it.
            long early = random.nextLong(-200_000, 1_000_000);
            GuardUnderTest guard =
                    new GuardUnderTest((request, work) -> {
                        endAt(work.deadline(), early);
                        return Outcome.success(request.id(), Map.of());
                    });
            AnswerEndpoint.Answer answer =
                    rig.run(guard, rig.events.create(Map.of()), 16_000 + window);
            assertThat(rig.endpoint.puts()).as("seed " + seed + ", round " + i).isEqualTo(i + 1);
            // A few milliseconds for the work: as many as make both endings likely on this machine.
            window = answer.isSuccess() ? Math.max(1, window - 1) : Math.min(200, window + 1);
        }
        List<AnswerEndpoint.Answer> answers = rig.endpoint.answers();
        assertThat(answers).hasSize(repeats);
        assertThat(answers).extracting(AnswerEndpoint.Answer::status).contains("SUCCESS", "FAILED");
        assertThat(new HashSet<>(rig.endpoint.bodies())).as("one answer per request").hasSize(1000);
    }

    private static void endAt(Deadline deadline, long nanosBefore) {
        long end = System.nanoTime() + deadline.remaining().toNanos() - nanosBefore;
        // Parks coarsely and spins to the point.
        LockSupport.parkNanos(end - System.nanoTime() - 200_000);
        while (System.nanoTime() < end) Thread.onSpinWait();
    }

    @Test
    @Scenario("T23")
    void a_worker_left_over_from_one_invocation_can_do_nothing_in_the_next() {
        AnswerEndpoint.Answer first = rig.run(stuckBeforeWriting(), rig.create(), Rig.SHORT_WORK);
        assertThat(first.status()).isEqualTo("FAILED");
        // The environment thaws with the next event, and so does the worker.
        AnswerEndpoint.Answer second =
                rig.run(
                        new GuardUnderTest((request, _) -> {
                            mayGoOn.countDown();
                            waitDeaf(ended);
                            return Outcome.success(request.id(), Map.of());
                        }),
                        rig.create());
        assertThat(second.isSuccess()).isTrue();
        assertThat(end.get()).isNotEqualTo("wrote");
        // On a machine that is too slow the worker is stopped while it still reads.
        if (arrived.getCount() == 0)
            assertThat(end.get()).endsWith("was not begun: the time for this request is over");
        assertThat(aws.count("kms:PutKeyPolicy")).isZero();
        assertThat(writer.policy()).isEqualTo(policy);
        assertThat(rig.endpoint.puts()).isEqualTo(2);
        assertThat(first.body()).contains("\"rid-1\"");
        assertThat(second.body()).contains("\"rid-2\"");
    }

    @Test
    @Scenario("T24")
    void too_little_time_at_the_start_fails_at_once_and_nothing_is_called() {
        List<String> worked = new ArrayList<>();
        for (int left : new int[] {16_000, 15_000, 3_000, 1_500}) {
            AnswerEndpoint.Answer answer =
                    rig.run(writer.guard((_, _) -> worked.add("x")), rig.create(), left);
            assertThat(answer.status()).isEqualTo("FAILED");
            assertThat(answer.reason()).contains("too little time").contains("nothing was changed");
        }
        assertThat(worked).isEmpty();
        assertThat(aws.calls()).isEmpty();
    }
}
