package io.bedrockbudgeteer.keyguard.cli.report;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Severity;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Small pieces of wording that several forms of output share.
final class Words {
    /// What no look at a key and its roles can show. KMS Developer Guide, Determining access to KMS
    /// keys.
    static final String NEVER_SEEN =
            "Service and resource control policies (SCPs, RCPs) of AWS Organizations and VPC endpoint"
                    + " policies: they can deny on top of all this.";

    private Words() {}

    /// `1 error`, `2 errors`.
    static String counted(long number, String noun) {
        return grouped(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /// `32,768`
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    /// `2 errors, 1 warning, 0 infos`
    static String counts(List<Finding> findings) {
        return List.of(Severity.values()).stream()
                .map(severity -> counted(Assessment.count(findings, severity), lower(severity)))
                .collect(Collectors.joining(", "));
    }

    static String size(KeyPolicy policy) {
        return grouped(policy.length()) + " of " + grouped(KeyPolicy.MAX_LENGTH) + " bytes";
    }

    /// Everything that was not looked at, one sentence each.
    static List<String> notSeen(Assessment found) {
        List<String> sentences = new ArrayList<>();
        sentences.add(NEVER_SEEN);
        sentences.addAll(found.seen().notSeen());
        List<Arn> assumed = found.seen().assumed();
        if (!assumed.isEmpty())
            sentences.add(
                    (assumed.size() == 1 ? "This role does" : "These roles do")
                            + " not exist or "
                            + (assumed.size() == 1 ? "was" : "were")
                            + " not given, and "
                            + (assumed.size() == 1 ? "counts" : "count")
                            + " as the stack's template makes "
                            + (assumed.size() == 1 ? "it" : "them")
                            + " (assumed): "
                            + assumed.stream()
                                    .map(Arn::resourceName)
                                    .collect(Collectors.joining(", "))
                            + ".");
        return sentences;
    }
}
