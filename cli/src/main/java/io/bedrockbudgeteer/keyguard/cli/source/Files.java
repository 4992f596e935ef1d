package io.bedrockbudgeteer.keyguard.cli.source;

import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.key.KeyCheck;
import io.bedrockbudgeteer.keyguard.key.KeyFacts;
import io.bedrockbudgeteer.keyguard.key.KeyReader;
import io.bedrockbudgeteer.keyguard.key.KeyReport;
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

/// Facts from files. Asks nobody.
///
/// @param key from [KeyFile]
/// @param policy the text of the key policy
/// @param roles from [RoleFile]; empty when no file was given
/// @param grants empty when no file was given
public record Files(
        KeyFile key,
        String policy,
        Optional<Map<Arn, IdentityAccess>> roles,
        Optional<List<Grant>> grants) {

    /// Reads the facts for one wish. The key counts as in the right place: nobody says where the
    /// stack will be.
    public Seen see(Wish wish) {
        Arn arn = key.facts().arn();
        Site site = new Site(arn.partition(), arn.region(), arn.account());
        KeyReport report = KeyCheck.of(arn.toString(), new Reader(this), site, wish.use());
        List<String> notSeen = new ArrayList<>();
        if (key.rotates().isEmpty()) notSeen.add("Whether the key rotates is not in the files.");
        StackNames names = Requirements.names(arn, wish.environment());
        List<Requirement> requirements = Requirements.of(names);
        AssumedRoles template = new AssumedRoles(arn, requirements);
        Map<Arn, IdentityAccess> found = new LinkedHashMap<>();
        List<Arn> assumed = new ArrayList<>();
        for (Arn role : sorted(names)) {
            Optional<IdentityAccess> given =
                    roles.flatMap(all -> Optional.ofNullable(all.get(role)));
            if (given.isEmpty()) assumed.add(role);
            found.put(role, given.orElseGet(() -> template.role(role)));
        }
        if (grants.isEmpty()) notSeen.add("Grants were not given (--grants-file).");
        return new Seen(
                withoutRotation(report),
                Optional.of(names),
                requirements,
                found,
                assumed,
                grants,
                IdentityAccess.unknown(
                        Arn.parse("arn:" + arn.partition() + ":iam::" + arn.account() + ":root"),
                        "nobody said who would put the policy"),
                List.of(),
                notSeen);
    }

    static List<Arn> sorted(StackNames names) {
        return names.roleArns().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    // That rotation is not known is said among what was not looked at, in words that fit files.
    private static KeyReport withoutRotation(KeyReport report) {
        List<Finding> findings =
                report.findings().stream().filter(f -> f.rule() != Rule.KEY018).toList();
        return new KeyReport(
                report.facts(),
                report.alias(),
                report.rotation(),
                report.policy(),
                report.delegatesToIam(),
                findings);
    }

    /// The files, asked as KMS is.
    private record Reader(Files files) implements KeyReader {
        @Override
        public Reply<KeyFacts> describe(Arn keyOrAlias) {
            return new Reply.Ok<>(files.key.facts());
        }

        @Override
        public Reply<String> policy(Arn key) {
            return new Reply.Ok<>(files.policy);
        }

        @Override
        public Reply<Boolean> rotates(Arn key) {
            return files.key
                    .rotates()
                    .<Reply<Boolean>>map(Reply.Ok::new)
                    .orElseGet(() -> notGiven("kms:GetKeyRotationStatus"));
        }

        @Override
        public Reply<List<Grant>> grants(Arn key) {
            return files.grants
                    .<Reply<List<Grant>>>map(Reply.Ok::new)
                    .orElseGet(() -> notGiven("kms:ListGrants"));
        }

        private static <T> Reply<T> notGiven(String operation) {
            return new Reply.Failed<>(
                    new Problem(operation, Problem.Kind.REFUSED, "NotGiven", "not in the files"));
        }
    }
}
