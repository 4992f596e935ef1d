package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.OutOfTime;
import io.bedrockbudgeteer.keyguard.aws.Pace;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.cli.source.AwsSession;
import io.bedrockbudgeteer.keyguard.key.KeyFacts;
import io.bedrockbudgeteer.keyguard.key.KeyMaker;
import io.bedrockbudgeteer.keyguard.key.KeyService;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes a key back that was made a moment ago and is of no use: its alias, where that leads to our
/// key and to no other, and then the key.
final class WayBack {
    /// KMS API Reference: the key is not in a state for this, such as when it is scheduled for
    /// deletion already.
    static final String WRONG_STATE = "KMSInvalidStateException";

    // Must be over before the last words after a Ctrl-C are due.
    private static final Duration TIME = Duration.ofSeconds(12);
    private static final int ATTEMPTS = 5;
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    /// What became of the alias on the way there.
    enum Alias {
        UNTOUCHED,
        PERHAPS,
        MADE
    }

    private final Arn key;
    private final Arn alias;
    private final Pace pace;
    private final Deadline deadline = Deadline.in(TIME);
    private final KeyMaker maker;
    private final KeyService kms;

    WayBack(AwsSession session, Arn key, Arn alias, Pace pace) {
        this.key = key;
        this.alias = alias;
        this.pace = pace;
        this.maker = new KeyMaker(session.clients(), deadline);
        this.kms = new KeyService(session.clients(), deadline);
    }

    List<Left> go(Alias made) {
        List<Left> left = new ArrayList<>();
        if (made != Alias.UNTOUCHED) aliasLeft(made == Alias.MADE).ifPresent(left::add);
        left.add(keyLeft());
        return left;
    }

    private Optional<Left> aliasLeft(boolean made) {
        try {
            return deleteAlias(made).map(problem -> new Left.Alias(alias, because(problem)));
        } catch (OutOfTime _) {
            return Optional.of(new Left.Alias(alias, ""));
        }
    }

    /// @param made whether it was made for sure, so that it may be there although KMS does not know
    ///   it everywhere yet
    private Optional<Problem> deleteAlias(boolean made) {
        for (int attempt = 1; ; attempt++) {
            Reply<KeyFacts> there = kms.describe(alias);
            Optional<Problem> problem = there.trouble();
            boolean unknown = isNotFound(problem);
            if (there.found().filter(found -> !found.arn().equals(key)).isPresent())
                return Optional.empty(); // somebody else's by now
            if (problem.isEmpty() || (unknown && made && attempt == ATTEMPTS))
                problem = maker.deleteAlias(alias.resource()).trouble().filter(p -> !isGone(p));
            if (problem.isEmpty()) return Optional.empty();
            if (attempt == ATTEMPTS) return problem.filter(p -> !isGone(p));
            if (!isGone(problem.get()) && !problem.get().isTransient()) return problem;
            deadline.pause(pace.of(BETWEEN));
        }
    }

    private Left keyLeft() {
        try {
            for (int attempt = 1; ; attempt++) {
                Reply<Instant> reply = maker.scheduleDeletion(key);
                if (reply instanceof Reply.Ok<Instant>(Instant date))
                    return new Left.Scheduled(key, Optional.of(date));
                Problem problem = reply.trouble().orElseThrow();
                if (problem.code().equals(WRONG_STATE)) {
                    // The answer to an earlier attempt got lost.
                    Optional<KeyFacts> now = kms.describe(key).found();
                    if (now.filter(KeyFacts::isPendingDeletion).isPresent())
                        return new Left.Scheduled(key, now.get().deletion());
                }
                boolean mayPass =
                        problem.isTransient()
                                || isGone(problem)
                                || problem.code().equals(WRONG_STATE);
                if (!mayPass || attempt == ATTEMPTS) return new Left.Key(key, because(problem));
                deadline.pause(pace.of(BETWEEN));
            }
        } catch (OutOfTime _) {
            return new Left.Key(key, "");
        }
    }

    private static boolean isNotFound(Optional<Problem> problem) {
        return problem.filter(WayBack::isGone).isPresent();
    }

    private static boolean isGone(Problem problem) {
        return problem.kind() == Problem.Kind.NOT_FOUND;
    }

    private static String because(Problem problem) {
        return " (" + problem.text() + ")";
    }
}
