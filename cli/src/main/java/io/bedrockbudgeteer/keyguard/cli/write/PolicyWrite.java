package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.OutOfTime;
import io.bedrockbudgeteer.keyguard.aws.Pace;
import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.console.Interrupts;
import io.bedrockbudgeteer.keyguard.cli.report.Assessment;
import io.bedrockbudgeteer.keyguard.cli.source.AwsSession;
import io.bedrockbudgeteer.keyguard.cli.source.Live;
import io.bedrockbudgeteer.keyguard.cli.source.Seen;
import io.bedrockbudgeteer.keyguard.cli.source.Wish;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.identity.RoleReader;
import io.bedrockbudgeteer.keyguard.key.EditResult;
import io.bedrockbudgeteer.keyguard.key.KeyPolicyEditor;
import io.bedrockbudgeteer.keyguard.key.KeyService;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// One change of a key policy: shows the plan, asks, saves the old policy, writes and verifies as
/// the Lambda does, and says what holds at the end. For one run.
public final class PolicyWrite {
    /// For everything up to the question, and again for everything after it.
    public static final Duration TIME = Duration.ofMinutes(5);

    /// Where and how it is done.
    ///
    /// @param key as it was typed
    /// @param session opens the session; fails when there are no credentials
    /// @param permissions is told of each call of the session
    /// @param yes whether nobody is asked
    /// @param dryRun whether it ends before the question
    /// @param backup the file for the old policy
    /// @param commands makes commands to type
    public record Order(
            String key,
            Wish wish,
            Supplier<AwsSession> session,
            Permissions permissions,
            boolean yes,
            boolean dryRun,
            Backup backup,
            AwsCommands commands) {}

    private final PolicyJob job;
    private final Order order;
    private final Voice voice;
    private final InstantSource clock;
    private final Gate gate;
    private final Interruption interruption;
    private final Epilogue epilogue;

    /// @param clock for the name of the file
    /// @param nanoClock tells how long ago a Ctrl-C was
    public PolicyWrite(
            PolicyJob job, Order order, Voice voice, InstantSource clock, LongSupplier nanoClock) {
        this.job = job;
        this.order = order;
        this.voice = voice;
        this.clock = clock;
        this.gate = new Gate(nanoClock);
        this.interruption =
                new Interruption(
                        gate,
                        voice,
                        "interrupted; nothing was written, the key policy is unchanged",
                        "interrupted while the key policy is written; finishing or taking back, some"
                                + " seconds");
        this.epilogue = new Epilogue(job, order, voice, gate);
    }

    public Ending run(Interrupts interrupts) throws IOException {
        try (Interrupts.Watch _ = interrupts.watch(interruption)) {
            return rounds();
        } finally {
            voice.progress().clear();
            gate.over();
        }
    }

    /// What one look at the key came to.
    private record Look(Seen seen, Situation situation, Plan plan) {}

    private Ending rounds() throws IOException {
        voice.progress().count("reading the key, its policy and the roles");
        AwsSession session = order.session().get();
        while (true) {
            AwsSession now = session.with(deadline());
            Seen seen = new Live(now).see(order.key(), order.wish());
            Situation situation =
                    seen.situation(job.owner(now, seen)).orElseThrow(() -> notSeen(seen));
            List<Finding> bad = job.problems(seen);
            if (!bad.isEmpty()) {
                voice.print(bad, true);
                return Ending.NOT_DONE;
            }
            Look look = new Look(seen, situation, job.plan(situation, seen));
            Optional<Ending> end = shown(look);
            if (end.isEmpty() && look.plan() instanceof Plan.Change change)
                end = write(session, situation, seen, change);
            if (end.isPresent()) return end.get();
            voice.say(
                    "the key policy was changed by somebody else meanwhile, and the plan is another one"
                            + " now");
            if (order.yes()) {
                voice.say("nothing was written; look at the new plan, and run again");
                return Ending.NOT_DONE;
            }
        }
    }

    /// Shows the plan and asks; empty: it is to be written.
    private Optional<Ending> shown(Look look) throws IOException {
        Assessment found =
                new Assessment(
                        look.seen(),
                        order.wish().environment(),
                        look.situation().owner(),
                        look.plan(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty());
        voice.print(job.shown(found, voice.ink(), voice.width()));
        for (String missing : order.permissions().missing())
            voice.say("not allowed: " + missing + "; the plan was made without it");
        if (look.plan() instanceof Plan.NoChange) return Optional.of(Ending.FINE);
        if (!(look.plan() instanceof Plan.Change change)) return Optional.of(Ending.NOT_DONE);
        Optional<String> objection = job.objection(change, look.seen());
        if (objection.isPresent()) {
            voice.say(objection.get());
            return Optional.of(Ending.NOT_DONE);
        }
        if (order.dryRun()) {
            voice.print("Nothing was written (--dry-run).");
            return Optional.of(Ending.NOT_DONE);
        }
        if (order.yes() || voice.isYes(job.question(look.situation().key())))
            return Optional.empty();
        voice.print("Nothing was written; the key policy is unchanged.");
        return Optional.of(Ending.NOT_DONE);
    }

    private Deadline deadline() {
        return Deadline.in(TIME).unless(gate::isCalledOff);
    }

    private BadInput notSeen(Seen seen) {
        Finding first = seen.report().findings().getFirst();
        String missing = order.permissions().sentence();
        return new BadInput(missing.isEmpty() ? first.line() : first.brief() + missing);
    }

    /// Empty: the plan on what the policy is by now is not the one that was shown.
    private Optional<Ending> write(
            AwsSession session, Situation situation, Seen seen, Plan.Change shown)
            throws IOException {
        AwsSession now = session.with(deadline());
        KeyService kms = new KeyService(now.clients(), now.deadline());
        RoleReader roles = new RoleReader(now.clients(), now.deadline());
        Pace pace = Pace.of(now.environment());
        Writing writing =
                new Writing(
                        shown,
                        situation,
                        other -> job.plan(other, seen),
                        gate,
                        voice.progress(),
                        policy -> save(situation.key(), policy));
        interruption.sends(() -> epilogue.unknown(situation.key()));
        try {
            EditResult result =
                    new KeyPolicyEditor(kms, roles::createdAt, pace, writing)
                            .edit(situation, writing::plan);
            writing.end(result);
            Supplier<Aftermath> look = () -> aftermath(kms, situation.key(), writing, shown, pace);
            return Optional.of(epilogue.told(result, situation.key(), look));
        } catch (Writing.AnotherPlan _) {
            return Optional.empty();
        } catch (OutOfTime e) {
            if (!gate.mayTell()) return Optional.of(Ending.INTERRUPTED);
            voice.say(
                    gate.isInterrupted()
                            ? "interrupted"
                            : "the time for the change is over: " + e.getMessage());
            epilogue.sayWhatHolds(
                    situation.key(), () -> aftermath(kms, situation.key(), writing, shown, pace));
            return Optional.of(epilogue.ended(Ending.FAILED));
        } catch (RuntimeException e) {
            if (gate.mayHaveSent() && gate.mayTell())
                epilogue.sayWhatHolds(
                        situation.key(),
                        () -> aftermath(kms, situation.key(), writing, shown, pace));
            throw e;
        }
    }

    private void save(Arn key, KeyPolicy policy) {
        Path file = order.backup().save(policy.text(), key.resourceName(), clock.instant());
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("The policy as it was is saved in");
        lines.add("  " + file);
        lines.add("To put it back:");
        lines.addAll(order.commands().restore(key, file));
        try {
            voice.print(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Aftermath aftermath(
            KeyService kms, Arn key, Writing writing, Plan.Change shown, Pace pace) {
        if (!gate.mayHaveSent()) return Aftermath.AS_BEFORE;
        voice.progress().stage("looking at what the key policy is now");
        return Aftermath.look(
                kms, key, writing.before(), writing.written().orElse(shown).policy(), pace);
    }
}
