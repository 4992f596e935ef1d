package io.bedrockbudgeteer.local.service.kms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.access.Attempt;
import io.bedrockbudgeteer.local.service.access.Grant;
import io.bedrockbudgeteer.local.service.access.Json;
import io.bedrockbudgeteer.local.service.wire.Members;
import io.bedrockbudgeteer.local.service.wire.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// CreateGrant, ListGrants and RevokeGrant (KMS API Reference). Grants are in force at once.
final class GrantOperations {
    private final KeyStore store;

    GrantOperations(KeyStore store) {
        this.store = store;
    }

    Result create(Attempt attempt, JsonNode input) {
        Members members =
                Members.of(
                        input,
                        "KeyId",
                        "GranteePrincipal",
                        "RetiringPrincipal",
                        "Operations",
                        "Constraints",
                        "Name",
                        "GrantTokens");
        Members constraints =
                Members.of(
                        members.node("Constraints"),
                        "EncryptionContextEquals",
                        "EncryptionContextSubset");
        List<String> operations = members.texts("Operations");
        if (operations.isEmpty() || !KmsFace.GRANTABLE.containsAll(operations)) {
            throw new Refusal(
                    "ValidationException",
                    400,
                    "Operations holds a value that cannot be granted: " + operations);
        }
        String grantee = members.required("GranteePrincipal");
        Map<String, String> equalTo = constraints.map("EncryptionContextEquals");
        Map<String, String> subset = constraints.map("EncryptionContextSubset");
        Map<String, String> given = new HashMap<>();
        given.put("kms:GranteePrincipal", grantee);
        members.text("RetiringPrincipal")
                .ifPresent(retiring -> given.put("kms:RetiringPrincipal", retiring));
        // kms:GrantOperations is a list; with one operation it is that value, with several a
        // condition on it is not modelled.
        if (operations.size() == 1) given.put("kms:GrantOperations", operations.get(0));
        if (!equalTo.isEmpty()) given.put("kms:GrantConstraintType", "EncryptionContextEquals");
        if (!subset.isEmpty()) given.put("kms:GrantConstraintType", "EncryptionContextSubset");
        Key key =
                store.requireKey(
                                attempt,
                                members.required("KeyId"),
                                "CreateGrant",
                                equalTo.isEmpty() ? subset : equalTo,
                                given)
                        .key();
        Optional<String> name = members.text("Name");
        Optional<Grant> same =
                key.grants().stream()
                        .filter(g ->
                                name.isPresent()
                                        && g.name().equals(name)
                                        && g.grantee().equals(grantee)
                                        && g.operations().equals(operations))
                        .findFirst();
        Grant grant =
                same.orElseGet(() -> {
                    Grant made =
                            new Grant(
                                    store.hex(64),
                                    name,
                                    grantee,
                                    operations,
                                    equalTo.isEmpty() ? Optional.empty() : Optional.of(equalTo),
                                    subset.isEmpty() ? Optional.empty() : Optional.of(subset),
                                    store.now().getEpochSecond(),
                                    members.text("RetiringPrincipal"),
                                    attempt.who().principal().name());
                    key.grants().add(made);
                    return made;
                });
        return Result.json(
                Json.MAPPER
                        .createObjectNode()
                        .put("GrantId", grant.id())
                        .put("GrantToken", "token-" + grant.id()));
    }

    Result list(Attempt attempt, JsonNode input) {
        Members members =
                Members.of(input, "KeyId", "GrantId", "GranteePrincipal", "Limit", "Marker");
        Key key =
                store.requireKey(attempt, members.required("KeyId"), "ListGrants", Map.of()).key();
        ArrayNode grants = Json.MAPPER.createArrayNode();
        for (Grant grant : key.grants()) {
            if (!members.text("GrantId").map(grant.id()::equals).orElse(true)) continue;
            if (!members.text("GranteePrincipal").map(grant.grantee()::equals).orElse(true))
                continue;
            grants.add(described(key, grant));
        }
        ObjectNode result = Json.MAPPER.createObjectNode().put("Truncated", false);
        return Result.json(result.set("Grants", grants));
    }

    Result revoke(Attempt attempt, JsonNode input) {
        Members members = Members.of(input, "KeyId", "GrantId");
        Key key =
                store.requireKey(attempt, members.required("KeyId"), "RevokeGrant", Map.of()).key();
        String id = members.required("GrantId");
        if (!key.grants().removeIf(grant -> grant.id().equals(id))) {
            throw new Refusal("NotFoundException", 400, "Grant ID " + id + " not found");
        }
        return Result.nothing();
    }

    private static JsonNode described(Key key, Grant grant) {
        ObjectNode node =
                Json.MAPPER
                        .createObjectNode()
                        .put("KeyId", key.arn())
                        .put("GrantId", grant.id())
                        .put("Name", grant.name().orElse(""))
                        .put("CreationDate", grant.createdSeconds())
                        .put("GranteePrincipal", grant.grantee())
                        .put("IssuingAccount", issuingAccount(key))
                        .put("IssuingPrincipal", grant.issuer());
        grant.retiring().ifPresent(retiring -> node.put("RetiringPrincipal", retiring));
        ArrayNode operations = node.putArray("Operations");
        grant.operations().forEach(operations::add);
        if (grant.equalTo().isPresent() || grant.subset().isPresent()) {
            ObjectNode constraints = node.putObject("Constraints");
            grant.equalTo()
                    .ifPresent(pairs ->
                            constraints.set(
                                    "EncryptionContextEquals", Json.MAPPER.valueToTree(pairs)));
            grant.subset()
                    .ifPresent(pairs ->
                            constraints.set(
                                    "EncryptionContextSubset", Json.MAPPER.valueToTree(pairs)));
        }
        return node;
    }

    private static String issuingAccount(Key key) {
        String[] parts = key.arn().split(":", 6);
        if (parts.length < 6) throw new NotModelledException("key ARN " + key.arn());
        return "arn:" + parts[1] + ":iam::" + parts[4] + ":root";
    }
}
