package io.bedrockbudgeteer.keyguard.cli.source;

import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.identity.RoleReader;
import io.bedrockbudgeteer.keyguard.identity.RoleReading;
import io.bedrockbudgeteer.keyguard.key.KeyCheck;
import io.bedrockbudgeteer.keyguard.key.KeyFacts;
import io.bedrockbudgeteer.keyguard.key.KeyReport;
import io.bedrockbudgeteer.keyguard.key.KeyService;
import io.bedrockbudgeteer.keyguard.key.Site;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Grant;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import io.bedrockbudgeteer.keyguard.requirement.Requirements;
import io.bedrockbudgeteer.keyguard.requirement.StackNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Facts from AWS. Reads only. For one command, not thread-safe.
public final class Live {
    private final AwsSession session;
    private final KeyService kms;
    private final RoleReader reader;

    public Live(AwsSession session) {
        this.session = session;
        this.kms = new KeyService(session.clients(), session.deadline());
        this.reader = new RoleReader(session.clients(), session.deadline());
    }

    public KeyService kms() {
        return kms;
    }

    public RoleReader roles() {
        return reader;
    }

    /// Where the caller is.
    public Site site() {
        Arn identity = session.identity();
        return new Site(identity.partition(), session.region(), identity.account());
    }

    /// The ARN that a key argument stands for. Asks nobody.
    ///
    /// @param text a key ARN, an alias ARN, `alias/<name>` or a key id
    public String arn(String text) {
        if (text.startsWith("arn:")) return text;
        Site site = site();
        return "arn:"
                + site.partition()
                + ":kms:"
                + site.region()
                + ":"
                + site.account()
                + ":"
                + (text.startsWith("alias/") ? text : "key/" + text);
    }

    /// Reads the facts about a key for one wish.
    ///
    /// @param text see [#arn]
    /// @throws BadInput when AWS cannot be reached
    public Seen see(String text, Wish wish) {
        KeyReport report = KeyCheck.of(arn(text), kms, site(), wish.use());
        List<String> notSeen = new ArrayList<>();
        Optional<Arn> key = report.facts().map(KeyFacts::arn);
        if (key.isEmpty() || isElsewhere(key.get()))
            return new Seen(
                    report,
                    Optional.empty(),
                    List.of(),
                    Map.of(),
                    List.of(),
                    Optional.empty(),
                    caller(notSeen),
                    List.of(),
                    notSeen);
        StackNames names = Requirements.names(key.get(), wish.environment());
        List<Requirement> requirements = Requirements.of(names);
        AssumedRoles template = new AssumedRoles(key.get(), requirements);
        Map<Arn, IdentityAccess> roles = new LinkedHashMap<>();
        List<Arn> assumed = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (Arn role : Files.sorted(names)) {
            RoleReading reading = reader.read(role);
            if (reading.finding().filter(found -> found.rule() == Rule.IAM001).isPresent()) {
                assumed.add(role);
                roles.put(role, template.role(role));
                continue;
            }
            reading.finding().ifPresent(findings::add);
            reading.access()
                    .unreadable()
                    .ifPresent(why ->
                            notSeen.add(
                                    "The IAM policies of "
                                            + role.resourceName()
                                            + " could not be read: "
                                            + why
                                            + "."));
            roles.put(role, reading.access());
        }
        return new Seen(
                report,
                Optional.of(names),
                requirements,
                roles,
                assumed,
                grants(key.get(), notSeen),
                caller(notSeen),
                findings,
                notSeen);
    }

    private boolean isElsewhere(Arn key) {
        return !key.account().equals(site().account()) || !key.region().equals(site().region());
    }

    private Optional<List<Grant>> grants(Arn key, List<String> notSeen) {
        return switch (kms.grants(key)) {
            case Reply.Ok<List<Grant>>(List<Grant> grants) -> Optional.of(grants);
            case Reply.Failed<List<Grant>>(Problem problem) -> {
                notSeen.add("Grants could not be read: " + problem.text() + ".");
                yield Optional.empty();
            }
        };
    }

    /// What IAM says about the caller. For a user that is not looked up: KMS decides then.
    private IdentityAccess caller(List<String> notSeen) {
        Arn identity = session.identity();
        Optional<Arn> role = sessionRole(identity);
        if (role.isEmpty()) {
            if (identity.resource().equals("root")) return IdentityAccess.unlimited(identity);
            return IdentityAccess.unknown(identity, "the policies of users are not looked at");
        }
        Reply<Arn> found = reader.arn(role.get());
        if (found instanceof Reply.Failed<Arn>(Problem problem)) {
            notSeen.add(
                    "What IAM lets you do could not be read: "
                            + problem.text()
                            + "; KMS decides whether you may change the policy.");
            return IdentityAccess.unknown(role.get(), problem.text());
        }
        return reader.read(found.found().orElse(role.get())).access();
    }

    /// `arn:aws:sts::<account>:assumed-role/<name>/<session>` as the ARN of the role, without its
    /// path, which STS does not say.
    private static Optional<Arn> sessionRole(Arn identity) {
        if (!identity.resource().startsWith("assumed-role/")) return Optional.empty();
        String name = identity.resource().split("/", -1)[1];
        return Arn.tryParse(
                "arn:" + identity.partition() + ":iam::" + identity.account() + ":role/" + name);
    }
}
