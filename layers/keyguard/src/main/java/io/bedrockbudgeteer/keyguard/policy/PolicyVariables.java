package io.bedrockbudgeteer.keyguard.policy;

import java.util.Optional;

/// Replaces `${key}`, `${key, 'default'}`, `${*}`, `${?}` and `${$}` in a condition value or an ARN
/// of an identity policy. Source: IAM User Guide, IAM policy elements: Variables and tags.
final class PolicyVariables {

    /// @param pattern the value as a pattern; meaningless unless `known` is true
    /// @param literal the value as plain text
    /// @param known TRUE: all variables have a value; FALSE: one has none, so nothing matches;
    ///   unknown otherwise
    record Expanded(Glob pattern, String literal, Tri known) {}

    private final RequestContext context;
    private final StringBuilder literal = new StringBuilder();
    private final Glob.Builder pattern = new Glob.Builder();
    private Tri known = Tri.TRUE;

    private PolicyVariables(RequestContext context) {
        this.context = context;
    }

    /// @param wild whether `*` and `?` are wild in this place
    static Expanded expand(String value, boolean wild, RequestContext context) {
        PolicyVariables expansion = new PolicyVariables(context);
        expansion.run(value, wild);
        return new Expanded(
                expansion.pattern.build(), expansion.literal.toString(), expansion.known);
    }

    /// A value in which `${...}` has no meaning.
    static Expanded literally(String value, boolean wild) {
        Glob.Builder pattern = new Glob.Builder();
        return new Expanded(
                (wild ? pattern.pattern(value) : pattern.literal(value)).build(), value, Tri.TRUE);
    }

    private void run(String value, boolean wild) {
        int at = 0;
        while (at < value.length()) {
            int open = value.indexOf("${", at);
            int end = open < 0 ? value.length() : open;
            String text = value.substring(at, end);
            literal.append(text);
            if (wild) pattern.pattern(text);
            else pattern.literal(text);
            if (open < 0) return;
            int close = value.indexOf('}', open);
            if (close < 0) {
                known =
                        known.and(
                                Tri.undocumented(
                                        "\"" + value + "\" has an unclosed policy variable"));
                return;
            }
            variable(value.substring(open + 2, close), wild);
            at = close + 1;
        }
    }

    private void variable(String name, boolean wild) {
        if (name.equals("*") || name.equals("?") || name.equals("$")) {
            append(name);
            return;
        }
        int comma = name.indexOf(',');
        String key = (comma < 0 ? name : name.substring(0, comma)).strip();
        Optional<String> fallback =
                comma < 0 ? Optional.empty() : defaultValue(name.substring(comma + 1).strip());
        if (key.isEmpty() || (comma >= 0 && fallback.isEmpty())) {
            known = known.and(Tri.undocumented("${" + name + "} is not a policy variable"));
            return;
        }
        if (ContextKeys.isMultiValued(ContextKeys.normalize(key))) {
            known =
                    known.and(
                            Tri.undocumented(
                                    key + " has several values and cannot be a policy variable"));
            return;
        }
        switch (context.get(key)) {
            case RequestContext.Value.Present(var values) when values.size() == 1 ->
                    substitute(key, values.getFirst(), wild);
            case RequestContext.Value.Present _ ->
                    known = known.and(Tri.undocumented(key + " has several values in the request"));
            case RequestContext.Value.Absent _ -> {
                if (fallback.isPresent()) substitute(key, fallback.get(), wild);
                else known = known.and(Tri.FALSE);
            }
            case RequestContext.Value.Unknown(var why) ->
                    known = known.and(why.map(Tri::undocumented).orElse(Tri.onKey(key)));
        }
    }

    private void substitute(String key, String value, boolean wild) {
        if (wild && (value.indexOf('*') >= 0 || value.indexOf('?') >= 0))
            known =
                    known.and(
                            Tri.undocumented(
                                    "whether * and ? in the value of ${"
                                            + key
                                            + "} are wild is not documented"));
        append(value);
    }

    private void append(String text) {
        literal.append(text);
        pattern.literal(text);
    }

    private static Optional<String> defaultValue(String quoted) {
        boolean isQuoted = quoted.length() >= 2 && quoted.startsWith("'") && quoted.endsWith("'");
        return isQuoted ? Optional.of(quoted.substring(1, quoted.length() - 1)) : Optional.empty();
    }
}
