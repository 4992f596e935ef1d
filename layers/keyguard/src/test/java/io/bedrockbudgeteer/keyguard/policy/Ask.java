package io.bedrockbudgeteer.keyguard.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A question in few words, for the tables. JSON is written with single quotation marks.
final class Ask {
    static final Arn KEY =
            Arn.parse(
                    "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");
    static final String ROLE = "arn:aws:iam::111122223333:role/app";
    static final String SESSION = "arn:aws:sts::111122223333:assumed-role/app/s1";
    static final String FOREIGN_ROLE = "arn:aws:iam::444455556666:role/app";
    static final String ALL_KMS =
            "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'kms:*','Resource':'*'}]}";

    private String statements = "";
    private String version = "'Version':'2012-10-17',";
    private String caller = ROLE;
    private String action = "kms:Decrypt";
    private Optional<IdentityAccess> identity =
            Optional.of(IdentityAccess.of(Arn.parse(ROLE), List.of(), Optional.empty()));
    private final List<Grant> grants = new ArrayList<>();
    private final Map<String, Optional<List<String>>> context = new HashMap<>();
    private boolean complete;

    private Ask() {}

    static Ask policy(String statements) {
        Ask ask = new Ask();
        ask.statements = statements;
        return ask;
    }

    /// An Allow for the role with a condition.
    static Ask condition(String condition) {
        return policy(
                "{'Effect':'Allow','Principal':{'AWS':'"
                        + ROLE
                        + "'},'Action':'kms:*','Resource':'*','Condition':"
                        + condition
                        + "}");
    }

    /// An Allow for the role, and a Deny for everybody with a condition.
    static Ask denyOn(String condition) {
        return policy(
                direct(ROLE)
                        + ",{'Sid':'Guard','Effect':'Deny','Principal':'*','Action':'kms:*','Resource':'*','Condition':"
                        + condition
                        + "}");
    }

    static String direct(String principal) {
        return "{'Effect':'Allow','Principal':{'AWS':'"
                + principal
                + "'},'Action':'kms:*','Resource':'*'}";
    }

    Ask version(String value) {
        version = value.isEmpty() ? "" : "'Version':'" + value + "',";
        return this;
    }

    Ask caller(String value) {
        caller = value;
        return this;
    }

    Ask action(String value) {
        action = value;
        return this;
    }

    Ask iam(String... policies) {
        identity =
                Optional.of(
                        IdentityAccess.of(
                                Arn.parse(ROLE),
                                List.of(policies).stream().map(Ask::json).toList(),
                                Optional.empty()));
        return this;
    }

    Ask boundary(String text) {
        identity =
                Optional.of(
                        IdentityAccess.of(
                                Arn.parse(ROLE),
                                identity.orElseThrow().policies().stream()
                                        .map(IdentityPolicy::text)
                                        .toList(),
                                Optional.of(json(text))));
        return this;
    }

    Ask boundaryUnknown() {
        IdentityAccess known = identity.orElseThrow();
        identity =
                Optional.of(
                        new IdentityAccess(
                                known.principal(),
                                known.policies(),
                                new Boundary.Unknown(),
                                Optional.empty()));
        return this;
    }

    Ask iamUnknown() {
        identity = Optional.empty();
        return this;
    }

    Ask grant(Grant grant) {
        grants.add(grant);
        return this;
    }

    /// `key=value`, `key=a|b`, `key=` for an empty value, `key!` for known to be absent.
    Ask with(String... entries) {
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (entry.endsWith("!"))
                context.put(entry.substring(0, entry.length() - 1), Optional.empty());
            else
                context.put(
                        entry.substring(0, equals),
                        Optional.of(List.of(entry.substring(equals + 1).split("\\|", -1))));
        }
        return this;
    }

    Ask complete() {
        complete = true;
        return this;
    }

    Verdict verdict() {
        Caller who = Caller.tryParse(caller).orElseThrow();
        return Evaluator.evaluate(
                text(), identity, grants, new AccessRequest(who, action, KEY, context, complete));
    }

    String text() {
        return json("{" + version + "'Statement':[" + statements + "]}");
    }

    static String json(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }

    @Override
    public String toString() {
        return statements
                + " "
                + caller
                + " "
                + action
                + " "
                + context
                + (complete ? " complete" : "");
    }
}
