package io.bedrockbudgeteer.local.service.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.NotModelledException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A policy document for evaluation: a key policy or an identity policy.
///
/// @param variables whether `${...}` is a variable: only under Version 2012-10-17 (IAM User Guide,
///   "Policy elements: Version")
public record Policy(boolean variables, List<Statement> statements) {
    private static final Set<String> MEMBERS = Set.of("Version", "Id", "Statement");

    public Policy {
        statements = List.copyOf(statements);
    }

    /// @throws NotModelledException for a form that is not understood
    public static Policy of(String text) {
        try {
            return of(Json.read(text));
        } catch (IOException e) {
            throw new NotModelledException("a policy document that is not JSON");
        }
    }

    /// @throws NotModelledException for a form that is not understood
    public static Policy of(JsonNode document) {
        if (!document.isObject())
            throw new NotModelledException("a policy document that is not an object");
        for (var member : document.properties()) {
            if (!MEMBERS.contains(member.getKey()))
                throw new NotModelledException("policy element " + member.getKey());
        }
        String version = document.path("Version").asText("2008-10-17");
        if (!version.equals("2012-10-17") && !version.equals("2008-10-17")) {
            throw new NotModelledException("policy version " + version);
        }
        List<Statement> statements = new ArrayList<>();
        if (document.has("Statement")) {
            for (JsonNode statement : Json.list(document.get("Statement"))) {
                statements.add(Statement.of(statements.size(), statement));
            }
        }
        return new Policy(version.equals("2012-10-17"), statements);
    }
}
