package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.finding.Severity;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Merge;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The sentences about the size of a key policy, and how to make room in it.
final class SizeFixes {
    // A reason in a stack event has room for so many.
    private static final int MOST_MERGES = 3;
    private static final int MOST_NAMES = 6;

    private SizeFixes() {}

    /// @param policy the text that is too long, without white space
    static Finding tooLong(KeyPolicy policy, Arn key) {
        int length = policy.shortestLength();
        int over = length - KeyPolicy.MAX_LENGTH;
        return Finding.of(
                Rule.POL005,
                "The key policy would be "
                        + length
                        + " characters long even without white space, "
                        + over
                        + " more than the "
                        + KeyPolicy.MAX_LENGTH
                        + " that KMS takes.",
                "Use another key for this stack: deploy with KmsKeyArn=<ARN of the other key>. Or make room by hand: "
                        + makeRoom(policy, over)
                        + " "
                        + PolicyFixes.edit(key));
    }

    static Finding minified(int length) {
        return Finding.of(
                        Rule.POL006,
                        "White space is taken out of the whole key policy, because with it the text would be longer than the "
                                + KeyPolicy.MAX_LENGTH
                                + " characters that KMS takes; without it there are "
                                + length
                                + ".",
                        "Nothing to do: KMS prints the policy with white space again.")
                .as(Severity.INFO);
    }

    static Finding nearlyFull(int length) {
        return Finding.of(
                Rule.POL006,
                "The key policy is "
                        + length
                        + " characters long; KMS takes at most "
                        + KeyPolicy.MAX_LENGTH
                        + ".",
                "Delete statements that nobody needs any more before the next change.");
    }

    /// The policy has what this stack needs, and the next stack finds no room.
    static Finding lastOne(KeyPolicy policy, Room room, Arn key) {
        int missing = policy.shortestLength() + room.perStack() - KeyPolicy.MAX_LENGTH;
        return Finding.of(
                Rule.POL006,
                "The key policy is "
                        + policy.length()
                        + " characters long; KMS takes at most "
                        + KeyPolicy.MAX_LENGTH
                        + ". Another stack of this size ("
                        + room.perStack()
                        + " characters) does not fit any more, "
                        + missing
                        + " would be too many.",
                "Use another key for the next stack. Or make room by hand before: "
                        + makeRoom(policy, missing)
                        + " "
                        + PolicyFixes.edit(key));
    }

    /// @param needed how many characters must go
    private static String makeRoom(KeyPolicy policy, int needed) {
        List<String> ways = new ArrayList<>();
        merges(policy, needed).ifPresent(ways::add);
        leftBehind(policy).ifPresent(ways::add);
        ways.add("Delete what nobody needs any more.");
        return String.join(" ", ways);
    }

    /// Statements of stacks are left out: merged, no stack would find its own again.
    private static Optional<String> merges(KeyPolicy policy, int needed) {
        List<Merge> all = Merge.in(policy, statement -> OwnSid.ownerOf(statement).isEmpty());
        if (all.isEmpty()) return Optional.empty();
        List<Merge> named = all.subList(0, Math.min(MOST_MERGES, all.size()));
        int saved = named.stream().mapToInt(Merge::saves).sum();
        return Optional.of(
                named.stream().map(SizeFixes::merge).collect(Collectors.joining("; "))
                        + (named.size() > 1 ? "; together " + saved : "")
                        + (saved >= needed ? ", which is enough." : ", which is not enough."));
    }

    private static String merge(Merge merge) {
        List<String> names =
                merge.statements().stream()
                        .limit(MOST_NAMES)
                        .map(statement ->
                                statement.sid().isPresent()
                                        ? "\"" + statement.label() + "\""
                                        : "number " + (statement.index() + 1))
                        .toList();
        int more = merge.statements().size() - names.size();
        return "one statement for "
                + String.join(", ", names)
                + (more > 0 ? " and " + more + " more" : "")
                + ", which "
                + switch (merge.difference()) {
                    case NOTHING -> "say the same";
                    case PRINCIPAL -> "differ in the Principal only";
                    case ACTION -> "differ in the Action only";
                }
                + ", saves "
                + merge.saves()
                + " characters";
    }

    /// What stacks wrote stays when one of them was deleted without its guard. From here nobody can
    /// tell whether a stack is gone, so all are counted.
    private static Optional<String> leftBehind(KeyPolicy policy) {
        Set<String> stacks = new HashSet<>();
        int length = 0;
        for (Statement statement : policy.statements()) {
            Optional<String> owner =
                    OwnSid.ownerOf(statement).filter(hash -> !Owner.isLasting(hash));
            owner.ifPresent(stacks::add);
            if (owner.isPresent()) length += statement.shortestLength() + 1;
        }
        if (stacks.size() < 2) return Optional.empty();
        return Optional.of(
                "Statements of "
                        + stacks.size()
                        + " stacks take "
                        + length
                        + " characters; those of a stack that is gone go with `keyguard remove --stack-name <ARN of the stack>`.");
    }
}
