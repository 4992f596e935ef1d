package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.aws.Pace;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.cli.console.Progress;
import io.bedrockbudgeteer.keyguard.cli.source.AwsSession;
import io.bedrockbudgeteer.keyguard.key.KeyFacts;
import io.bedrockbudgeteer.keyguard.key.KeyMaker;
import io.bedrockbudgeteer.keyguard.key.KeyService;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// What follows once a key was made. Each step is tried again as long as KMS may not have heard of
/// the key everywhere.
final class KeySteps {
    // KMS Developer Guide, Eventual consistency in AWS KMS: a minute at worst, mostly.
    private static final int ATTEMPTS = 30;
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    /// Code of a read that does not show what was written.
    private static final String NOT_YET = "NotReadBack";

    private final AwsSession session;
    private final Arn key;
    private final NewKey.Planned planned;
    private final Gate gate;
    private final Progress progress;
    private final Pace pace;
    private volatile WayBack.Alias alias = WayBack.Alias.UNTOUCHED;

    KeySteps(AwsSession session, Arn key, NewKey.Planned planned, Gate gate, Progress progress) {
        this.session = session;
        this.key = key;
        this.planned = planned;
        this.gate = gate;
        this.progress = progress;
        this.pace = Pace.of(session.environment());
    }

    Arn key() {
        return key;
    }

    Arn alias() {
        return planned.alias();
    }

    /// @return why it did not work out; empty when everything was done and read back
    Optional<String> run() {
        KeyMaker maker = new KeyMaker(session.clients(), session.deadline());
        KeyService kms = new KeyService(session.clients(), session.deadline());
        return step("letting the key rotate", () -> maker.enableRotation(key))
                .or(() -> step("giving it the alias", () -> withAlias(maker, kms)))
                .or(() -> step("reading it back", () -> readBack(kms)));
    }

    private Optional<String> step(String stage, Supplier<Reply<Boolean>> call) {
        progress.stage(stage);
        for (int attempt = 1; ; attempt++) {
            if (gate.isInterrupted()) return Optional.of("interrupted");
            Optional<Problem> problem = call.get().trouble();
            if (problem.isEmpty()) return Optional.empty();
            if (!mayPass(problem.get())
                    || attempt == ATTEMPTS
                    || !session.deadline().pause(pace.of(BETWEEN)))
                return problem.map(Problem::text);
        }
    }

    private static boolean mayPass(Problem problem) {
        return problem.isTransient()
                || problem.kind() == Problem.Kind.NOT_FOUND
                || problem.code().equals(NOT_YET)
                || problem.code().equals(WayBack.WRONG_STATE); // it is still being created
    }

    /// When the answer to an earlier attempt got lost, the alias is there already, for our key.
    private Reply<Boolean> withAlias(KeyMaker maker, KeyService kms) {
        alias = WayBack.Alias.PERHAPS;
        Reply<Boolean> reply = maker.createAlias(planned.alias().resource(), key);
        boolean taken =
                reply.trouble()
                        .filter(problem -> problem.code().equals("AlreadyExistsException"))
                        .isPresent();
        if (taken && leadsHere(kms)) reply = new Reply.Ok<>(true);
        if (reply.found().isPresent()) alias = WayBack.Alias.MADE;
        return reply;
    }

    private boolean leadsHere(KeyService kms) {
        return kms.describe(planned.alias())
                .found()
                .map(KeyFacts::arn)
                .filter(key::equals)
                .isPresent();
    }

    private Reply<Boolean> readBack(KeyService kms) {
        return otherwise(
                        kms.describe(planned.alias()),
                        found -> found.arn().equals(key) && found.state().equals("Enabled"),
                        "the alias does not lead to the enabled key")
                .or(() -> otherwise(kms.rotates(key), on -> on, "rotation is off"))
                .or(() ->
                        otherwise(
                                kms.policy(key),
                                text -> KeyPolicy.read(text).saysTheSameAs(planned.policy()),
                                "the key policy is another one"))
                .<Reply<Boolean>>map(Reply.Failed::new)
                .orElseGet(() -> new Reply.Ok<>(true));
    }

    /// Empty when it is as wanted, or may not be looked at.
    private static <T> Optional<Problem> otherwise(
            Reply<T> reply, Predicate<T> wanted, String sentence) {
        return switch (reply) {
            case Reply.Ok<T>(T value) ->
                    Optional.of(
                                    new Problem(
                                            "reading back",
                                            Problem.Kind.REFUSED,
                                            NOT_YET,
                                            sentence))
                            .filter(_ -> !wanted.test(value));
            case Reply.Failed<T>(Problem problem) ->
                    Optional.of(problem).filter(p -> p.kind() != Problem.Kind.DENIED);
        };
    }

    /// What there may be as long as nobody has taken anything back.
    List<Left> everything() {
        List<Left> all = new ArrayList<>();
        if (alias != WayBack.Alias.UNTOUCHED) all.add(new Left.Alias(planned.alias(), ""));
        all.add(new Left.Key(key, ""));
        return all;
    }

    List<Left> takeBack() {
        progress.stage("taking back what was made");
        return new WayBack(session, key, planned.alias(), pace).go(alias);
    }
}
