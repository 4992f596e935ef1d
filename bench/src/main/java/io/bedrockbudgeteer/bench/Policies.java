package io.bedrockbudgeteer.bench;

import java.util.ArrayList;
import java.util.List;

/// Puts the measured key policies together: one as a team has it, and longer ones made of the same
/// kinds of statements. Laid out with two blanks per level, as the console and most templates do.
public final class Policies {
    static final String DEFAULT = document(List.of(Statements.account()));

    /// The account, administrators, users, grants, four services, another account, and a Deny that
    /// keeps everybody but administrators from deleting the key.
    static final String TYPICAL =
            document(
                    List.of(
                            Statements.account(),
                            Statements.administrators(),
                            Statements.users("", "orders", "billing"),
                            Statements.grants("", "orders", "billing"),
                            Statements.trail("", Names.TRAIL),
                            Statements.logs("", Names.LOG_GROUP),
                            Statements.topic("", Names.TOPIC),
                            Statements.alarm("", Names.ALARM),
                            Statements.otherAccount("", "reports"),
                            Statements.deletionGuard()));

    private Policies() {}

    /// As many statements as fit into a size; access is left to IAM.
    public static String ofSize(int bytes) {
        return fill(List.of(Statements.account(), Statements.deletionGuard()), bytes);
    }

    /// As [#ofSize], but IAM is not left in: who uses the key must be named in its policy.
    static String withoutDelegation(int bytes) {
        return fill(List.of(Statements.administrators(), Statements.deletionGuard()), bytes);
    }

    private static String fill(List<String> first, int bytes) {
        List<String> statements = new ArrayList<>(first);
        String longest = document(statements);
        for (int number = 1; ; number++) {
            statements.add(Statements.numbered(number));
            String longer = document(statements);
            if (longer.length() > bytes) return longest;
            longest = longer;
        }
    }

    private static String document(List<String> statements) {
        return "{\n  \"Version\": \"2012-10-17\",\n  \"Id\": \"key-policy\",\n  \"Statement\": [\n"
                + String.join(",\n", statements).indent(4)
                + "  ]\n}\n";
    }
}
