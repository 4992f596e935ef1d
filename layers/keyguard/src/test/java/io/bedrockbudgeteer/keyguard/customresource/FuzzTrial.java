package io.bedrockbudgeteer.keyguard.customresource;

import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.testing.FakeContext;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One damaged event: runs it and compares its ending with the one that was worked out before.
final class FuzzTrial {
    /// How the work on the event ends.
    private enum Ending {
        SUCCESS,
        FAILURE,
        EXCEPTION,
        NOTHING
    }

    private static final List<Ending> ENDINGS = List.of(Ending.values());

    private final long seed;
    private final MutatedEvents.Mutant mutant;
    private final Ending ending;
    private final int words;
    private final boolean refusesAnswers;
    private final MemoryLine line = new MemoryLine();
    private final FakeContext context = new FakeContext(Rig.MINUTE);
    private boolean worked;
    private @Nullable Throwable error;

    /// @param seed makes the event and what becomes of it; the same one makes the same
    FuzzTrial(long seed) {
        this.seed = seed;
        mutant = MutatedEvents.mutant(seed, EnvelopeFuzzTest.URL, EnvelopeFuzzTest.ODD);
        Random random = new Random(~seed);
        ending = ENDINGS.get(random.nextInt(ENDINGS.size()));
        words = random.nextInt(10) == 0 ? 2_000 : random.nextInt(100);
        int reception = random.nextInt(20);
        refusesAnswers = reception == 0;
        if (refusesAnswers) line.react(403);
        else if (reception == 1) line.react(503);
        else if (reception == 2) line.react(0, 0);
    }

    void run() {
        try {
            new Guard(this).invoke(mutant.text(), context);
        } catch (Throwable e) {
            error = e;
        }
        check(
                error == null || (error instanceof CannotAnswer && error.getCause() == null),
                "it ends with an answer or with CannotAnswer, not with " + error);
        check(
                !context.log().contains(Rig.SIGNATURE)
                        && (error == null
                                || !String.valueOf(error.getMessage()).contains(Rig.SIGNATURE)),
                "the response URL was logged or thrown");
        check(
                line.accepted().size() == (error == null ? 1 : 0),
                "exactly one answer is accepted, or none when it was thrown");
        mutant.fields()
                .map(fields -> ExpectedEnding.of(fields, this::isUsable))
                .ifPresentOrElse(this::check, this::checkNoJson);
    }

    boolean worked() {
        return worked;
    }

    boolean answered() {
        return error == null;
    }

    private boolean isUsable(String url) {
        return EnvelopeFuzzTest.USABLE.contains(url) || (mutant.edited() && isTaken(url));
    }

    // Whether a letter more or less leaves a URL is not known beforehand.
    private static boolean isTaken(String url) {
        try {
            return ResponseUrl.of(url, true) != null;
        } catch (CannotAnswer _) {
            return false;
        }
    }

    private void check(ExpectedEnding expected) {
        if (expected.ids().isEmpty()) {
            check(error != null, "nothing can be answered");
            String message = String.valueOf(error == null ? "" : error.getMessage());
            check(
                    expected.missing().stream().anyMatch(message::contains),
                    "'" + message + "' names one of " + expected.missing());
            check(line.puts().isEmpty() && !worked, "there is no PUT and no work");
        } else if (error == null) {
            check(!expected.surelyDoesNotFit(), "the ids do not fit into an answer");
            check(worked == expected.understood(), "work is done: " + expected.understood());
            checkBody(expected.ids().get(), expected);
        } else if (line.puts().isEmpty()) {
            check(!expected.surelyFits(), "it could have been answered");
            check(!worked, "nothing is done that cannot be answered");
        } else {
            check(refusesAnswers, "answers are taken");
            check(worked == expected.understood(), "work is done: " + expected.understood());
        }
    }

    private void checkNoJson() {
        check(!worked, "no work is done on what is not JSON");
        if (error == null) check(body().string("Status").orElse("").equals("FAILED"), "it fails");
    }

    private Json.Obj body() {
        ByteBuffer bytes = line.accepted().getFirst().body();
        check(bytes.remaining() <= 4096, "the body has " + bytes.remaining() + " bytes");
        try {
            return JsonReader.readObject(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString());
        } catch (CharacterCodingException | RuntimeException e) {
            throw new AssertionError(what("the body is not JSON in UTF-8"), e);
        }
    }

    private void checkBody(ExpectedEnding.Ids ids, ExpectedEnding expected) {
        Json.Obj body = body();
        check(body.string("StackId").equals(Optional.of(ids.stackId())), "StackId verbatim");
        check(body.string("RequestId").equals(Optional.of(ids.requestId())), "RequestId verbatim");
        check(
                body.string("LogicalResourceId").equals(Optional.of(ids.logicalId())),
                "LogicalResourceId verbatim");
        String physicalId = body.string("PhysicalResourceId").orElse("");
        check(
                !physicalId.isBlank() && physicalId.getBytes(StandardCharsets.UTF_8).length <= 1024,
                "PhysicalResourceId has 1 to 1024 bytes");
        boolean succeeds =
                expected.understood() && ending == Ending.SUCCESS && expected.surelyFits();
        String status = body.string("Status").orElse("");
        check(
                Set.of("SUCCESS", "FAILED").contains(status)
                        && (status.equals("SUCCESS") == succeeds || !expected.surelyFits()),
                "SUCCESS: " + succeeds + ", not " + status);
        if (status.equals("FAILED")) check(!body.string("Reason").orElse("").isBlank(), "a Reason");
        line.puts()
                .forEach(put ->
                        check(ids.url().endsWith(put.url().getFile()), "the URL as it came"));
    }

    private void check(boolean holds, String claim) {
        if (!holds) throw new AssertionError(what(claim));
    }

    private String what(String claim) {
        String text = mutant.text();
        return claim
                + "\n -Dfuzz.seed="
                + seed
                + " -Dfuzz.events=1, changes "
                + mutant.changes()
                + "\n thrown: "
                + error
                + ", worked: "
                + worked
                + ", PUTs: "
                + line.puts().size()
                + "\n "
                + text.substring(0, Math.min(2000, text.length()));
    }

    /// A handler that tells that its work was reached.
    private static final class Guard extends GuardUnderTest {
        private final FuzzTrial trial;

        Guard(FuzzTrial trial) {
            super((request, _) -> {
                trial.worked = true;
                return switch (trial.ending) {
                    case SUCCESS -> Outcome.success(request.id(), Map.of("KeyArn", "k"));
                    case FAILURE ->
                            Outcome.failure(
                                    "\"\u0001\uD800 ".repeat(trial.words) + EnvelopeFuzzTest.URL);
                    case EXCEPTION -> throw new IllegalStateException(EnvelopeFuzzTest.URL);
                    case NOTHING -> nothing();
                };
            });
            this.trial = trial;
        }

        @Override
        Delivery delivery(ResponseUrl url, Deadline answerBy, Journal journal) {
            return new Delivery(url, answerBy, journal, () -> 0) {
                @Override
                HttpURLConnection connect() throws IOException {
                    return trial.line.to(url.connection().getURL());
                }
            };
        }
    }
}
