package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.plan.PolicyHealth;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.PolicySyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Checks whether a key can protect what a stack makes, and says everything that is wrong at once.
/// Reads only.
public final class KeyCheck {
    private final KeyReader kms;
    private final Site site;
    private final PolicyUse use;
    private final List<Finding> findings = new ArrayList<>();
    private boolean delegates;

    private KeyCheck(KeyReader kms, Site site, PolicyUse use) {
        this.kms = kms;
        this.site = site;
        this.use = use;
    }

    /// Checks one value. Problems are findings, not exceptions.
    ///
    /// @param value as the user gave it
    /// @param site where the key has to be
    /// @param use whether the key policy is going to be changed; if not, what only blocks a change
    ///   is a warning
    public static KeyReport of(String value, KeyReader kms, Site site, PolicyUse use) {
        return new KeyCheck(kms, site, use).check(value);
    }

    private KeyReport check(String value) {
        return switch (KeyValue.read(value, site)) {
            case KeyValue.Unusable(Finding finding) -> {
                findings.add(finding);
                yield report(Optional.empty(), "", Optional.empty(), Optional.empty());
            }
            case KeyValue.Key(Arn arn) -> check(arn, "");
            case KeyValue.Alias(Arn arn) -> check(arn, arn.resource());
        };
    }

    private KeyReport check(Arn asked, String alias) {
        place(asked);
        // KMS knows only the keys of its own Region and partition: asking there would say "not
        // found", which misleads.
        if (!findings.isEmpty())
            return report(Optional.empty(), alias, Optional.empty(), Optional.empty());
        return switch (kms.describe(asked)) {
            case Reply.Failed<KeyFacts>(Problem problem) -> {
                findings.add(notDescribed(asked, problem));
                yield report(Optional.empty(), alias, Optional.empty(), Optional.empty());
            }
            case Reply.Ok<KeyFacts>(KeyFacts facts) -> check(facts, alias);
        };
    }

    private KeyReport check(KeyFacts facts, String alias) {
        if (!alias.isEmpty()) {
            findings.add(
                    Finding.of(
                            Rule.KEY019,
                            "The alias "
                                    + alias
                                    + " stands for the key "
                                    + facts.arn()
                                    + "; it is resolved now, and a later change of the alias does not move the data.",
                            ""));
            place(facts.arn());
        }
        findings.addAll(KeyFindings.of(facts));
        Optional<Boolean> rotation = rotation(facts);
        Optional<KeyPolicy> policy = policy(facts.arn());
        return report(Optional.of(facts), alias, rotation, policy);
    }

    private void place(Arn arn) {
        if (!arn.partition().equals(site.partition()))
            findings.add(
                    Finding.of(
                            Rule.KEY002,
                            "The key "
                                    + arn
                                    + " is in the partition "
                                    + arn.partition()
                                    + ", the stack in "
                                    + site.partition()
                                    + ".",
                            "Use a key of the stack's own partition."));
        if (!arn.region().equals(site.region()))
            findings.add(
                    Finding.of(
                            Rule.KEY003,
                            "The key "
                                    + arn
                                    + " is in the Region "
                                    + arn.region()
                                    + ", the stack in "
                                    + site.region()
                                    + ".",
                            "Use a key in "
                                    + site.region()
                                    + ", or a replica there of a multi-Region key."));
        if (!arn.account().equals(site.account()))
            findings.add(
                    Finding.of(
                            Rule.KEY004,
                            "The key "
                                    + arn
                                    + " belongs to the account "
                                    + arn.account()
                                    + ", the stack to "
                                    + site.account()
                                    + "; key policies can be read and changed from their own account only.",
                            "Use a key of the account " + site.account() + "."));
    }

    private Finding notDescribed(Arn asked, Problem problem) {
        return switch (problem.kind()) {
            case NOT_FOUND -> {
                boolean alias = asked.resource().startsWith("alias/");
                yield Finding.of(
                        Rule.KEY006,
                        (alias ? "The alias " : "The key ") + asked + " does not exist.",
                        alias
                                ? "aws kms list-aliases --region " + site.region()
                                : "aws kms list-keys --region " + site.region());
            }
            case DENIED ->
                    Finding.of(
                            Rule.KEY007,
                            "The key " + asked + " may not be looked at: " + problem.text() + ".",
                            "Let the key policy give kms:DescribeKey to this role, directly or by the statement for arn:"
                                    + site.partition()
                                    + ":iam::"
                                    + site.account()
                                    + ":root that lets IAM policies count.");
            case TRANSIENT ->
                    Finding.of(
                            Rule.KEY020,
                            "The key " + asked + " could not be checked: " + problem.text() + ".",
                            "Repeat the operation.");
            case REFUSED ->
                    Finding.of(
                            Rule.KEY020,
                            "The key " + asked + " could not be checked: " + problem.text() + ".",
                            "Check the value; try aws kms describe-key --key-id " + asked);
        };
    }

    // KMS rotates only symmetric keys with material of its own. KMS Developer Guide, Rotate KMS
    // keys.
    private Optional<Boolean> rotation(KeyFacts facts) {
        boolean applies =
                facts.origin().equals("AWS_KMS")
                        && facts.spec().equals("SYMMETRIC_DEFAULT")
                        && !facts.isPendingDeletion()
                        && !facts.manager().equals("AWS");
        if (!applies) return Optional.empty();
        return switch (kms.rotates(facts.arn())) {
            case Reply.Ok<Boolean>(Boolean rotates) -> {
                if (!rotates)
                    findings.add(
                            Finding.of(
                                    Rule.KEY017,
                                    "Automatic rotation of the key " + facts.arn() + " is off.",
                                    "aws kms enable-key-rotation --key-id "
                                            + facts.arn()
                                            + " --region "
                                            + facts.arn().region()
                                            + (facts.multiRegion().equals("REPLICA")
                                                    ? " (on the primary key)"
                                                    : "")));
                yield Optional.of(rotates);
            }
            case Reply.Failed<Boolean>(Problem problem) -> {
                findings.add(
                        Finding.of(
                                Rule.KEY018,
                                "Whether the key rotates could not be read: "
                                        + problem.text()
                                        + ".",
                                ""));
                yield Optional.empty();
            }
        };
    }

    private Optional<KeyPolicy> policy(Arn key) {
        return switch (kms.policy(key)) {
            case Reply.Failed<String>(Problem problem) -> {
                findings.add(PolicyFindings.unreadable(key, problem));
                yield Optional.empty();
            }
            case Reply.Ok<String>(String text) -> read(key, text);
        };
    }

    private Optional<KeyPolicy> read(Arn key, String text) {
        try {
            KeyPolicy policy = KeyPolicy.read(text);
            PolicyHealth health = PolicyHealth.of(policy, key, use.repair());
            for (Finding finding : health.findings())
                findings.add(use.writes() ? finding : PolicyFindings.withoutWriting(finding));
            delegates = health.delegatesToIam();
            return Optional.of(policy);
        } catch (PolicySyntaxException e) {
            findings.add(PolicyFindings.lossy(key, e));
            return Optional.empty();
        }
    }

    private KeyReport report(
            Optional<KeyFacts> facts,
            String alias,
            Optional<Boolean> rotation,
            Optional<KeyPolicy> policy) {
        List<Finding> sorted = new ArrayList<>(findings);
        sorted.sort(
                Comparator.comparing(
                        Finding::severity)); // stable: the order of the checks within one severity
        return new KeyReport(facts, alias, rotation, policy, delegates, sorted);
    }
}
