package io.bedrockbudgeteer.keyguard.policy;

import java.util.List;
import java.util.Locale;

/// The `Action` or `NotAction` of a statement. Immutable. Source: IAM User Guide, AWS JSON policy
/// elements: Action.
public final class Actions {

    /// One pattern, ready to match.
    private record Compiled(Glob glob, Tri ifOther) {
        static Compiled of(String pattern) {
            // Without service prefix a pattern is not documented and decides nothing.
            boolean isName = pattern.equals("*") || pattern.indexOf(':') >= 0;
            return new Compiled(
                    Glob.of(pattern.toLowerCase(Locale.ROOT)),
                    isName
                            ? Tri.FALSE
                            : Tri.undocumented("\"" + pattern + "\" is not an action name"));
        }

        Tri matches(String lowerCase) {
            if (!ifOther.isFalse()) return ifOther;
            return Tri.of(glob.matches(lowerCase));
        }
    }

    private final boolean negated;
    private final List<String> patterns;
    private final List<Compiled> compiled;

    /// @param negated true for NotAction
    /// @param patterns such as `kms:GenerateDataKey*`; case does not matter
    Actions(boolean negated, List<String> patterns) {
        this.negated = negated;
        this.patterns = List.copyOf(patterns);
        this.compiled = patterns.stream().map(Compiled::of).toList();
    }

    /// Whether this is NotAction.
    public boolean negated() {
        return negated;
    }

    /// The patterns as written.
    public List<String> patterns() {
        return patterns;
    }

    /// Whether the statement is about this action.
    ///
    /// @param action in lower case
    Tri matches(String action) {
        Tri any = Tri.FALSE;
        for (Compiled pattern : compiled) {
            any = any.or(pattern.matches(action));
            if (any.isTrue()) break;
        }
        return negated ? any.not() : any;
    }

    /// Whether one pattern, such as `kms:ReEncrypt*`, covers a single action, such as
    /// `kms:ReEncryptTo`.
    public static boolean covers(String pattern, String action) {
        return Compiled.of(pattern).matches(action.toLowerCase(Locale.ROOT)).isTrue();
    }

    @Override
    public String toString() {
        return (negated ? "NotAction " : "Action ") + patterns;
    }
}
