package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.OutOfTime;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.console.Interrupts;
import io.bedrockbudgeteer.keyguard.cli.source.AwsSession;
import io.bedrockbudgeteer.keyguard.cli.source.Live;
import io.bedrockbudgeteer.keyguard.key.KeyFacts;
import io.bedrockbudgeteer.keyguard.key.KeyMaker;
import io.bedrockbudgeteer.keyguard.key.KeyService;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Makes a key with its policy, lets it rotate and gives it an alias, or leaves nothing but a key
/// that is scheduled for deletion. For one run.
public final class KeyCreation {
    /// For everything up to the question, and again for everything after it.
    public static final Duration TIME = Duration.ofMinutes(5);

    /// How it is done.
    ///
    /// @param key what is to be made
    /// @param session opens the session; fails when there are no credentials
    /// @param permissions is told of each call of the session
    /// @param yes whether nobody is asked
    /// @param dryRun whether it ends before the question
    /// @param commands makes commands to type
    public record Order(
            NewKey key,
            Supplier<AwsSession> session,
            Permissions permissions,
            boolean yes,
            boolean dryRun,
            AwsCommands commands) {}

    private final Order order;
    private final Voice voice;
    private final Gate gate;
    private final Interruption interruption;

    /// @param nanoClock tells how long ago a Ctrl-C was
    public KeyCreation(Order order, Voice voice, LongSupplier nanoClock) {
        this.order = order;
        this.voice = voice;
        this.gate = new Gate(nanoClock);
        this.interruption =
                new Interruption(
                        gate,
                        voice,
                        "interrupted; nothing was made",
                        "interrupted while the key is made; taking it back, some seconds");
    }

    public Ending run(Interrupts interrupts) throws IOException {
        try (Interrupts.Watch _ = interrupts.watch(interruption)) {
            return shownAndMade();
        } finally {
            voice.progress().clear();
            gate.over();
        }
    }

    private Ending shownAndMade() throws IOException {
        AwsSession session = order.session().get();
        Live live = new Live(session.with(deadline()));
        NewKey.Planned planned = order.key().planned(live.site());
        refuseTaken(live.kms(), planned.alias());
        voice.print(planned.lines(voice.ink(), voice.width()));
        if (order.dryRun()) {
            voice.print("Nothing was made (--dry-run).");
            return Ending.FINE;
        }
        if (!order.yes() && !voice.isYes("Make this key? AWS charges for it.")) {
            voice.print("Nothing was made.");
            return Ending.NOT_DONE;
        }
        return made(session.with(deadline()), planned);
    }

    private Deadline deadline() {
        return Deadline.in(TIME).unless(gate::isCalledOff);
    }

    private void refuseTaken(KeyService kms, Arn alias) {
        switch (kms.describe(alias)) {
            case Reply.Ok<KeyFacts>(KeyFacts key) ->
                    throw new BadInput(
                            "the alias "
                                    + alias.resource()
                                    + " is there already, for "
                                    + key.arn()
                                    + ", and it is not overwritten; give --alias another name, or use that"
                                    + " key");
            case Reply.Failed<KeyFacts>(Problem problem) -> {
                if (problem.kind() == Problem.Kind.NOT_FOUND) return;
                throw new BadInput(
                        "whether the alias "
                                + alias.resource()
                                + " is free could not be seen: "
                                + problem.text()
                                + "."
                                + (order.permissions().missing().isEmpty()
                                        ? " Run again."
                                        : order.permissions().sentence()));
            }
        }
    }

    private Ending made(AwsSession session, NewKey.Planned planned) throws IOException {
        interruption.sends(() -> sayUnknown(session.region()));
        Reply<Arn> made;
        try {
            gate.sending();
            voice.progress().stage("making the key");
            made =
                    new KeyMaker(session.clients(), session.deadline())
                            .createKey(
                                    planned.policy().text(),
                                    order.key().description(),
                                    order.key().tags());
        } catch (OutOfTime _) {
            if (gate.mayTell()) voice.say("interrupted; nothing was made");
            return Ending.INTERRUPTED;
        }
        return switch (made) {
            case Reply.Failed<Arn>(Problem problem) -> notMade(problem, session.region());
            case Reply.Ok<Arn>(Arn key) -> {
                gate.kept();
                KeySteps steps = new KeySteps(session, key, planned, gate, voice.progress());
                interruption.sends(() -> sayLeft(steps.everything()));
                yield finished(steps);
            }
        };
    }

    private Ending notMade(Problem problem, String region) {
        if (!gate.mayTell()) return Ending.INTERRUPTED;
        voice.say(
                "the key could not be made: "
                        + problem.text()
                        + "."
                        + order.permissions().sentence());
        if (Refusal.isSure(problem)) voice.say("nothing was made");
        else sayUnknown(region);
        return ended(Ending.FAILED);
    }

    /// When CreateKey got no answer: a request has no token by which its key could be found.
    private void sayUnknown(String region) {
        voice.say(
                "whether a key was made is not known; CloudTrail says it some minutes later, and a key"
                        + " without alias that was made can be scheduled for deletion:");
        voice.say(order.commands().lookUp("CreateKey", region));
    }

    private Ending finished(KeySteps steps) throws IOException {
        Optional<String> trouble;
        try {
            trouble = steps.run();
        } catch (OutOfTime e) {
            trouble = Optional.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            var _ = takenBack(steps, "something unexpected happened");
            throw e;
        }
        return trouble.isPresent() ? takenBack(steps, trouble.get()) : said(steps);
    }

    private Ending said(KeySteps steps) throws IOException {
        if (!gate.mayTell()) return Ending.INTERRUPTED;
        for (String missing : order.permissions().missing())
            voice.say("not allowed: " + missing + "; this was not read back");
        voice.print(
                List.of(
                        "",
                        "The key was made: " + steps.key(),
                        "  alias " + steps.alias().resource() + ", rotation on",
                        "Deploy with --parameter-overrides KmsKeyArn=" + steps.key()));
        if (gate.isInterrupted())
            voice.say("interrupted, and finished all the same: the key is there");
        return ended(Ending.FINE);
    }

    private Ending takenBack(KeySteps steps, String why) {
        List<Left> left = steps.takeBack();
        if (!gate.mayTell()) return Ending.INTERRUPTED;
        String missing = order.permissions().sentence();
        voice.say(
                gate.isInterrupted()
                        ? "interrupted"
                        : "the key could not be finished: " + why + "." + missing);
        sayLeft(left);
        return ended(Ending.FAILED);
    }

    private void sayLeft(List<Left> left) {
        for (Left each : left)
            switch (each) {
                case Left.Scheduled(Arn key, Optional<Instant> date) ->
                        voice.say(
                                "the key "
                                        + key
                                        + " is scheduled for deletion"
                                        + date.map(day -> " on " + day).orElse("")
                                        + (left.size() == 1
                                                ? ", and nothing else is left of it"
                                                : ""));
                case Left.Alias(Arn alias, String why) -> {
                    voice.say(
                            "the alias "
                                    + alias.resource()
                                    + " may be left"
                                    + why
                                    + "; if it is, take it away with:");
                    voice.say(order.commands().deleteAlias(alias.resource(), alias.region()));
                }
                case Left.Key(Arn key, String why) -> {
                    voice.say(
                            "the key " + key + " is left" + why + "; schedule its deletion with:");
                    voice.say(order.commands().scheduleDeletion(key, KeyMaker.DAYS_UNTIL_DELETION));
                }
            }
    }

    private Ending ended(Ending ending) {
        return gate.isInterrupted() ? Ending.INTERRUPTED : ending;
    }
}
