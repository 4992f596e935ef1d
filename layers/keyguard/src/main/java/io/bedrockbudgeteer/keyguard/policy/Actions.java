package io.bedrockbudgeteer.keyguard.policy;

import java.util.List;
import java.util.Locale;

/// The `Action` or `NotAction` of a statement. Source: IAM User Guide, AWS JSON policy elements:
/// Action.
///
/// @param negated true for NotAction
/// @param patterns such as `kms:GenerateDataKey*`; case does not matter
public record Actions(boolean negated, List<String> patterns) {

    public Actions {
        patterns = List.copyOf(patterns);
    }

    /// Whether the statement is about this action. A pattern without service prefix is not
    /// documented and decides nothing.
    Tri matches(String action) {
        String wanted = action.toLowerCase(Locale.ROOT);
        Tri any = Tri.FALSE;
        for (String pattern : patterns) {
            any = any.or(matches(pattern, wanted));
            if (any.isTrue()) break;
        }
        return negated ? any.not() : any;
    }

    private static Tri matches(String pattern, String wanted) {
        if (pattern.equals("*")) return Tri.TRUE;
        if (pattern.indexOf(':') < 0)
            return Tri.undocumented("\"" + pattern + "\" is not an action name");
        return Tri.of(Glob.of(pattern.toLowerCase(Locale.ROOT)).matches(wanted));
    }

    /// Whether one pattern, such as `kms:ReEncrypt*`, covers a single action, such as
    /// `kms:ReEncryptTo`.
    public static boolean covers(String pattern, String action) {
        return matches(pattern, action.toLowerCase(Locale.ROOT)).isTrue();
    }
}
