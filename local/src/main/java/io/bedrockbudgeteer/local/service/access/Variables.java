package io.bedrockbudgeteer.local.service.access;

import io.bedrockbudgeteer.local.account.NotModelledException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Policy variables (IAM User Guide, "IAM policy elements: Variables and tags").
final class Variables {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)\\}");

    private Variables() {}

    /// Fills the variables of a condition value; empty when one of them has no value, for then the
    /// value matches nothing.
    static Optional<String> fill(String value, Operator operator, boolean active, Context context) {
        if (!value.contains("${") || !operator.takesVariables()) return Optional.of(value);
        // Without Version 2012-10-17 the text is literal.
        return active ? fill(value, operator.isPattern(), context) : Optional.of(value);
    }

    /// Fills the variables of a Resource of an identity policy.
    static Optional<String> fillResource(String value, boolean active, Context context) {
        return active && value.contains("${") ? fill(value, true, context) : Optional.of(value);
    }

    private static Optional<String> fill(String value, boolean pattern, Context context) {
        StringBuilder filled = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(value);
        while (matcher.find()) {
            String name = matcher.group(1);
            if (name.equals("*") || name.equals("?") || name.equals("$") || name.contains(",")) {
                throw new NotModelledException("policy variable ${" + name + "}");
            }
            Optional<List<String>> found = context.find(name);
            if (found.isEmpty()) return Optional.empty();
            String replacement = found.get().size() == 1 ? found.get().get(0) : "";
            // Whether a wildcard that comes from a variable is literal is not documented; a list
            // cannot be a variable.
            if (replacement.isEmpty()
                    || (pattern && (replacement.contains("*") || replacement.contains("?")))) {
                throw new NotModelledException("value of policy variable ${" + name + "}");
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(replacement));
        }
        return Optional.of(matcher.appendTail(filled).toString());
    }
}
