package io.bedrockbudgeteer.keyguard.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a key policy says, apart from its text: for questions about a policy as it would be with
/// some statements more or less. Immutable.
public final class PolicyRules {
    private final List<Statement> statements;
    private final boolean variables;
    private final List<String> problems;

    PolicyRules(List<Statement> statements, boolean variables, List<String> problems) {
        this.statements = List.copyOf(statements);
        this.variables = variables;
        this.problems = problems;
    }

    /// The statements; each keeps the index it has, or would have, in the document.
    public List<Statement> statements() {
        return statements;
    }

    boolean hasVariables() {
        return variables;
    }

    List<String> problems() {
        return problems;
    }

    /// The rules without the statements at these indices of the document.
    public PolicyRules without(Set<Integer> indices) {
        if (indices.isEmpty()) return this;
        return new PolicyRules(
                statements.stream()
                        .filter(statement -> !indices.contains(statement.index()))
                        .toList(),
                variables,
                problems);
    }

    /// The rules with one statement more, behind the last one.
    public PolicyRules with(Statement statement) {
        List<Statement> more = new ArrayList<>(statements);
        more.add(statement);
        return new PolicyRules(more, variables, problems);
    }
}
