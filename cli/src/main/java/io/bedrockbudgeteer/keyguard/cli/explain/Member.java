package io.bedrockbudgeteer.keyguard.cli.explain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The members of a request line. The page docs/explain.md lists the same.
enum Member {
    ID("id", false, "a string or a number"),
    PRINCIPAL("principalArn", true, "a string such as \"arn:aws:iam::111122223333:role/app\""),
    ACTION("action", true, "a string such as \"kms:Decrypt\""),
    KEY("resourceArn", true, "a string such as \"" + Terms.SAMPLE_KEY + "\""),
    KEY_POLICY("keyPolicy", true, "the policy as an object, or its text as a string"),
    IDENTITY_POLICIES("identityPolicies", false, "a list of policies, each an object or a string"),
    BOUNDARIES("permissionBoundaries", false, "a list of policies, each an object or a string"),
    GRANTS("grants", false, "a list of grants as `aws kms list-grants` prints them"),
    CONTEXT("context", false, "an object of condition keys"),
    CONTEXT_COMPLETE("contextComplete", false, "true or false");

    private static final Map<String, Member> BY_NAME =
            Arrays.stream(values())
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    member -> member.json, Function.identity()));

    // Longer than any member by more than a slip.
    private static final int LONGEST_SLIP = 30;

    /// The name in the line.
    final String json;

    final boolean required;

    /// What may stand there, for messages.
    final String form;

    Member(String json, boolean required, String form) {
        this.json = json;
        this.required = required;
        this.form = form;
    }

    /// The member that somebody meant who wrote `name`: one that differs in few letters, or of
    /// which it is a part. Empty for a name that resembles none.
    static Optional<Member> meantBy(String name) {
        String written = name.toLowerCase(Locale.ROOT);
        if (written.length() > LONGEST_SLIP) return Optional.empty();
        return Arrays.stream(values()).filter(member -> member.resembles(written)).findFirst();
    }

    private boolean resembles(String written) {
        String right = json.toLowerCase(Locale.ROOT);
        boolean isPart =
                written.length() > 3 && (right.startsWith(written) || right.endsWith(written));
        return isPart || distance(written, right) <= Math.min(3, written.length() / 3);
    }

    /// How many letters must be put in, left out or changed (Levenshtein).
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) row[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    static Optional<Member> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
