package io.bedrockbudgeteer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Answer;
import io.bedrockbudgeteer.lifecycle.AwsErrors.Kind;
import io.bedrockbudgeteer.lifecycle.FaultEndings.Seen;
import io.bedrockbudgeteer.lifecycle.FaultScene.Ending;
import io.bedrockbudgeteer.lifecycle.FaultScene.Picture;
import io.bedrockbudgeteer.lifecycle.FaultScene.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every call that a guard makes goes wrong in every way that AWS documents, and in those of the
/// network: there is one truthful answer, and nothing is left half done.
class FaultMatrixTest {
    private static final int TWO_MINUTES = 120_000;
    // Of these, 15 seconds are kept for the answer, 1 for the end, and 10 for reading back: a put
    // is repeated for a tenth of a second.
    private static final int LITTLE_PATIENCE = 26_100;
    // A second for the work.
    private static final int LITTLE_TIME = 17_000;
    // A new account now and then: its books grow.
    private static final int PLAYS_IN_ONE_SCENE = 100;

    private static final List<Recording> RECORDINGS = new ArrayList<>();

    /// A request that nothing disturbed.
    private record Recording(Guard guard, Request request, List<String> calls, Picture after) {
        FaultScene scene() {
            return new FaultScene(guard, request);
        }
    }

    @BeforeAll
    static void record() {
        for (Guard guard : Guard.values())
            for (Request request : Request.values()) {
                if (request == Request.FIRST_KEY && guard != Guard.PARAMETER) continue;
                try (FaultScene scene = new FaultScene(guard, request)) {
                    Ending ending = scene.play(_ -> Optional.empty(), TWO_MINUTES);
                    assertThat(ending.answer().reason()).isEmpty();
                    RECORDINGS.add(new Recording(guard, request, ending.calls(), ending.picture()));
                }
            }
    }

    @Test
    void the_documented_errors_of_every_call_are_in_the_table() {
        Set<String> called = new TreeSet<>();
        for (Recording each : RECORDINGS) called.addAll(each.calls());
        assertThat(called).hasSize(21);
        Set<String> described = new TreeSet<>();
        for (AwsErrors.Row row : AwsErrors.ALL) described.add(row.operation());
        // The page of DescribeStacks lists no errors but those of all actions.
        assertThat(described)
                .containsAll(called.stream().filter(c -> !c.startsWith("cloudformation:")).toList())
                .contains("cloudformation:*");
        assertThat(AwsErrors.ALL).hasSize(102).doesNotHaveDuplicates();
        assertThat(FaultEndings.ALL).hasSize(47);
    }

    @Test
    void every_error_of_every_call_ends_in_one_truthful_answer_and_in_nothing_half_done()
            throws Exception {
        List<Callable<List<String>>> tasks = new ArrayList<>();
        int cases = 0;
        for (Recording recording : RECORDINGS) {
            List<FaultCase> all = FaultCase.of(recording.calls());
            cases += all.size();
            for (int i = 0; i < all.size(); i += PLAYS_IN_ONE_SCENE) {
                List<FaultCase> part = all.subList(i, Math.min(all.size(), i + PLAYS_IN_ONE_SCENE));
                tasks.add(() -> complaints(recording, part));
            }
        }
        assertThat(run(tasks, 4)).isEmpty();
        assertThat(cases).isEqualTo(2734);
    }

    @Test
    void a_service_that_says_nothing_is_asked_again_and_does_not_keep_the_answer_back()
            throws Exception {
        List<Callable<List<String>>> tasks = new ArrayList<>();
        for (Recording recording : RECORDINGS)
            for (FaultCase fault : FaultCase.silent(recording.calls()))
                tasks.add(() -> silenceComplaints(recording, fault));
        // All at once: they wait, mostly.
        assertThat(run(tasks, tasks.size())).isEmpty();
        assertThat(tasks.size()).isEqualTo(146);
    }

    private static List<String> run(List<Callable<List<String>>> tasks, int threads)
            throws Exception {
        List<String> complaints = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Future<List<String>> each : pool.invokeAll(tasks)) complaints.addAll(each.get());
        }
        return complaints;
    }

    private static List<String> complaints(Recording recording, List<FaultCase> faults) {
        List<String> complaints = new ArrayList<>();
        try (FaultScene scene = recording.scene()) {
            for (FaultCase fault : faults)
                complaint(recording, scene, fault).ifPresent(complaints::add);
        }
        return complaints;
    }

    private static Optional<String> complaint(
            Recording recording, FaultScene scene, FaultCase fault) {
        Ending ending = scene.play(fault.faults(), patience(fault));
        FaultEndings.Row expected = FaultEndings.of(recording.guard(), recording.request(), fault);
        boolean fits =
                ending.answer().isSuccess() == expected.succeeds()
                        && scene.sees(expected.seen(), ending, recording.after())
                        && isFairlyExplained(ending.answer(), fault);
        return fits
                ? Optional.empty()
                : Optional.of(complaint(recording, fault, ending, expected.toString()));
    }

    // What may pass is tried again as long as there is time.
    private static int patience(FaultCase fault) {
        boolean isRepeated =
                fault.call().equals("kms:PutKeyPolicy")
                        && fault.ever()
                        && fault.trouble().kind() == Kind.PASSES;
        return isRepeated ? LITTLE_PATIENCE : TWO_MINUTES;
    }

    /// That a reason is there and not too long is what the endpoint sees to.
    private static boolean isFairlyExplained(Answer answer, FaultCase fault) {
        if (answer.isSuccess()) return true;
        String reason = answer.reason();
        boolean saysWhatToDo =
                reason.contains(" Fix: ") || reason.contains("By hand: ") || isToBeRepeated(reason);
        // What does not exist is named, not the call that found out.
        return saysWhatToDo
                && (fault.trouble().kind() == Kind.GONE || reason.contains(fault.call()));
    }

    private static boolean isToBeRepeated(String reason) {
        return reason.contains("repeat the operation") || reason.contains("Repeat the operation");
    }

    // For once, and then for good.
    private static List<String> silenceComplaints(Recording recording, FaultCase fault) {
        List<String> complaints = new ArrayList<>();
        try (FaultScene scene = recording.scene()) {
            complaint(recording, scene, fault).ifPresent(complaints::add);
            FaultCase lasting = fault.forGood();
            Ending ending = scene.play(lasting.faults(), LITTLE_TIME);
            if (!isTruthful(recording, scene, lasting, ending) || !isInTime(ending))
                complaints.add(complaint(recording, lasting, ending, "the truth, in time"));
        }
        return complaints;
    }

    private static boolean isTruthful(
            Recording recording, FaultScene scene, FaultCase fault, Ending ending) {
        if (ending.answer().isSuccess())
            return scene.sees(Seen.AFTER, ending, recording.after())
                    || scene.sees(Seen.REDUCED, ending, recording.after());
        String reason = ending.answer().reason();
        return scene.seesNoDamage(ending, recording.after())
                && (reason.contains(fault.call()) || isToBeRepeated(reason));
    }

    // Lambda would end the function then, and nobody would answer.
    private static boolean isInTime(Ending ending) {
        return TimeUnit.NANOSECONDS.toMillis(ending.nanos()) < LITTLE_TIME;
    }

    private static String complaint(
            Recording recording, FaultCase fault, Ending ending, String expected) {
        return "%s %s with %s: %s %s after %d ms, expected %s%n"
                .formatted(
                        recording.guard(),
                        recording.request(),
                        fault,
                        ending.answer().status(),
                        ending.answer().reason(),
                        TimeUnit.NANOSECONDS.toMillis(ending.nanos()),
                        expected);
    }
}
