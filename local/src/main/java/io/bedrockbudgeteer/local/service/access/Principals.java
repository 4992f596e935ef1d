package io.bedrockbudgeteer.local.service.access;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.service.access.Statement.Element;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who a statement of a key policy is about (IAM User Guide, "AWS JSON policy elements: Principal"
/// and "NotPrincipal").
final class Principals {
    private static final Pattern ACCOUNT =
            Pattern.compile("AWS (?:([0-9]{12})|arn:aws[a-z-]*:iam::([0-9]{12}):root)");

    /// How a statement reaches the caller.
    enum Reach {
        /// Not at all.
        NONE,
        /// It names the caller, or everybody.
        DIRECT,
        /// It names the caller's account: identity policies decide in an Allow, everybody of the
        /// account is hit by a Deny.
        ACCOUNT
    }

    private Principals() {}

    static Reach reach(Statement statement, Who who) {
        Optional<Element> element = statement.principal();
        if (element.isEmpty()) return Reach.NONE;
        if (element.get().negated())
            return statement.allow() ? unsupported() : exempt(element.get().values(), who);
        Reach best = Reach.NONE;
        for (String value : element.get().values()) {
            Reach reach = reach(value, who, statement.allow());
            if (reach == Reach.DIRECT) return Reach.DIRECT;
            if (reach == Reach.ACCOUNT) best = Reach.ACCOUNT;
        }
        return best;
    }

    private static Reach reach(String value, Who who, boolean allow) {
        if (value.equals("*")) return Reach.DIRECT;
        return switch (who.principal()) {
            case Principal.Service service -> ofService(value, service, allow);
            case Principal.Session session -> ofSession(value, session, who);
        };
    }

    private static Reach ofService(String value, Principal.Service service, boolean allow) {
        if (value.equals("Service *"))
            throw new NotModelledException("principal {\"Service\":\"*\"}");
        if (value.equals("AWS *")) {
            // KMS Developer Guide, "Key policies in AWS KMS", speaks of AWS identities only. A Deny
            // is assumed to hit services too.
            if (allow)
                throw new NotModelledException("principal {\"AWS\":\"*\"} for " + service.name());
            return Reach.DIRECT;
        }
        return value.equals("Service " + service.name()) ? Reach.DIRECT : Reach.NONE;
    }

    private static Reach ofSession(String value, Principal.Session session, Who who) {
        if (value.equals("AWS *")) return Reach.DIRECT;
        if (value.equals("AWS " + session.roleArn()) || value.equals("AWS " + session.name()))
            return Reach.DIRECT;
        if (who.uniqueId().map(id -> value.equals("AWS " + id)).orElse(false)) return Reach.DIRECT;
        return isAccount(value, who) ? Reach.ACCOUNT : Reach.NONE;
    }

    private static boolean isAccount(String value, Who who) {
        var matcher = ACCOUNT.matcher(value);
        if (!matcher.matches()) return false;
        String account = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return who.account().equals(account);
    }

    /// A session is exempt from Deny with NotPrincipal only if role, session and account are all
    /// listed.
    private static Reach exempt(List<String> values, Who who) {
        if (who.principal() instanceof Principal.Service service) {
            return values.contains("Service " + service.name()) ? Reach.NONE : Reach.DIRECT;
        }
        Principal.Session session = (Principal.Session) who.principal();
        boolean account = values.stream().anyMatch(v -> isAccount(v, who));
        boolean role =
                values.contains("AWS " + session.roleArn())
                        || who.uniqueId().map(id -> values.contains("AWS " + id)).orElse(false);
        boolean named = values.contains("AWS " + session.name());
        if (account && role && named) return Reach.NONE;
        if (role || named)
            throw new NotModelledException("NotPrincipal that lists the caller only in part");
        return Reach.DIRECT;
    }

    private static Reach unsupported() {
        throw new NotModelledException("Allow with NotPrincipal");
    }
}
