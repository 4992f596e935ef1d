package io.bedrockbudgeteer.keyguard.cli.report;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.OptionalInt;

/// Where statements stand in the text of a policy.
final class Places {
    private final KeyPolicy policy;

    Places(KeyPolicy policy) {
        this.policy = policy;
    }

    /// The line of the first statement with this label; empty when there is none.
    OptionalInt line(String label) {
        for (Statement statement : policy.statements())
            if (statement.label().equals(label)) return OptionalInt.of(line(statement));
        return OptionalInt.empty();
    }

    /// The line of the statement that a finding names; empty when it names none. Findings name
    /// statements in their sentence only, in quotation marks, or by number.
    OptionalInt line(Finding finding) {
        for (Statement statement : policy.statements())
            if (finding.message().contains('"' + statement.label() + '"')
                    || (statement.sid().isEmpty()
                            && finding.message()
                                    .startsWith("Statement " + (statement.index() + 1) + " ")))
                return OptionalInt.of(line(statement));
        return OptionalInt.empty();
    }

    private int line(Statement statement) {
        return 1
                + (int)
                        policy.text()
                                .substring(0, statement.json().start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
    }
}
