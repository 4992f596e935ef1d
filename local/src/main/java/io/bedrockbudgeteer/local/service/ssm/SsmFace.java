package io.bedrockbudgeteer.local.service.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockbudgeteer.local.account.Keys;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Parameters.Parameter;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.access.Attempt;
import io.bedrockbudgeteer.local.service.access.Context;
import io.bedrockbudgeteer.local.service.access.Contexts;
import io.bedrockbudgeteer.local.service.access.Json;
import io.bedrockbudgeteer.local.service.wire.Face;
import io.bedrockbudgeteer.local.service.wire.Members;
import io.bedrockbudgeteer.local.service.wire.Result;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The JSON face of Parameter Store (Systems Manager API Reference).
public final class SsmFace implements Face {
    private final ParameterStore store;
    private final SecureStrings secure;
    private final String partition;
    private final String region;
    private final String account;
    private final InstantSource clock;

    public SsmFace(
            ParameterStore store,
            Keys keys,
            String partition,
            String region,
            String account,
            InstantSource clock) {
        this.store = store;
        this.secure = new SecureStrings(keys, region);
        this.partition = partition;
        this.region = region;
        this.account = account;
        this.clock = clock;
    }

    @Override
    public Result call(Attempt attempt, String operation, JsonNode input) {
        return switch (operation) {
            case "PutParameter" -> put(attempt, input);
            case "GetParameter" -> get(attempt, input);
            case "GetParameters" -> getAll(attempt, input);
            case "GetParametersByPath" -> getByPath(attempt, input);
            case "DeleteParameter" -> delete(attempt, input);
            case "DescribeParameters" -> describe(attempt, input);
            case "AddTagsToResource" -> tag(attempt, input);
            case "ListTagsForResource" -> tags(attempt, input);
            default -> throw new NotModelledException("ssm:" + operation);
        };
    }

    private Result put(Attempt attempt, JsonNode input) {
        Members members =
                Members.of(
                        input,
                        "Name",
                        "Description",
                        "Value",
                        "Type",
                        "KeyId",
                        "Overwrite",
                        "Tags",
                        "Tier",
                        "DataType");
        String name = members.required("Name");
        String value = members.required("Value");
        ParameterRules.check(name, value, members);
        Map<String, String> tags = members.tags("Tags");
        boolean overwrite = members.flag("Overwrite");
        require(
                attempt,
                "ssm:PutParameter",
                arn(name),
                Map.of("ssm:Overwrite", String.valueOf(overwrite)));
        if (!tags.isEmpty()) require(attempt, "ssm:AddTagsToResource", arn(name), Map.of());
        Optional<Parameter> before = store.find(name);
        String type = ParameterRules.type(before, members, overwrite, !tags.isEmpty());
        Optional<String> key =
                type.equals("SecureString")
                        ? Optional.of(
                                members.text("KeyId")
                                        .or(() -> before.flatMap(Parameter::keyId))
                                        .orElse("alias/aws/ssm"))
                        : Optional.empty();
        key.ifPresent(id -> secure.encrypt(attempt, id, arn(name)));
        int version = before.map(Parameter::version).orElse(0) + 1;
        store.put(
                new Parameter(
                        name, type, value, key, version, before.map(Parameter::tags).orElse(tags)));
        members.text("Description").ifPresent(text -> store.describe(name, text));
        return Result.json(
                Json.MAPPER.createObjectNode().put("Version", version).put("Tier", "Standard"));
    }

    private Result get(Attempt attempt, JsonNode input) {
        Members members = Members.of(input, "Name", "WithDecryption");
        String name = plain(members.required("Name"));
        require(attempt, "ssm:GetParameter", arn(name), Map.of());
        Parameter parameter = store.find(name).orElseThrow(SsmFace::notFound);
        JsonNode shown = shown(attempt, parameter, members.flag("WithDecryption"));
        return Result.json(Json.MAPPER.createObjectNode().set("Parameter", shown));
    }

    private Result getAll(Attempt attempt, JsonNode input) {
        Members members = Members.of(input, "Names", "WithDecryption");
        ObjectNode result = Json.MAPPER.createObjectNode();
        ArrayNode found = result.putArray("Parameters");
        ArrayNode invalid = result.putArray("InvalidParameters");
        List<String> names = members.texts("Names");
        for (String name : names) require(attempt, "ssm:GetParameters", arn(plain(name)), Map.of());
        for (String name : names) {
            store.find(plain(name))
                    .ifPresentOrElse(
                            p -> found.add(shown(attempt, p, members.flag("WithDecryption"))),
                            () -> invalid.add(name));
        }
        return Result.json(result);
    }

    private Result getByPath(Attempt attempt, JsonNode input) {
        Members members = Members.of(input, "Path", "Recursive", "WithDecryption", "MaxResults");
        String path = members.required("Path");
        if (!path.startsWith("/"))
            throw ParameterRules.invalid("The parameter path must begin with a slash.");
        require(
                attempt,
                "ssm:GetParametersByPath",
                arn(path),
                Map.of("ssm:Recursive", String.valueOf(members.flag("Recursive"))));
        String prefix = path.endsWith("/") ? path : path + "/";
        ObjectNode result = Json.MAPPER.createObjectNode();
        ArrayNode found = result.putArray("Parameters");
        for (Parameter parameter : store.all().values()) {
            if (!parameter.name().startsWith(prefix)) continue;
            boolean below = parameter.name().substring(prefix.length()).contains("/");
            if (below && !members.flag("Recursive")) continue;
            found.add(shown(attempt, parameter, members.flag("WithDecryption")));
        }
        return Result.json(result);
    }

    private Result delete(Attempt attempt, JsonNode input) {
        String name = Members.of(input, "Name").required("Name");
        require(attempt, "ssm:DeleteParameter", arn(name), Map.of());
        if (store.find(name).isEmpty()) throw notFound();
        store.remove(name);
        return Result.json(Json.MAPPER.createObjectNode());
    }

    private Result describe(Attempt attempt, JsonNode input) {
        Members members = Members.of(input, "ParameterFilters", "MaxResults");
        require(
                attempt,
                "ssm:DescribeParameters",
                "arn:" + partition + ":ssm:" + region + ":" + account + ":*",
                Map.of());
        ObjectNode result = Json.MAPPER.createObjectNode();
        ArrayNode found = result.putArray("Parameters");
        for (Parameter parameter : store.all().values()) {
            if (ParameterFilters.match(parameter, members.node("ParameterFilters")))
                found.add(metadata(parameter));
        }
        return Result.json(result);
    }

    private Result tag(Attempt attempt, JsonNode input) {
        Members members = Members.of(input, "ResourceType", "ResourceId", "Tags");
        Parameter parameter = tagged(attempt, members, "ssm:AddTagsToResource");
        Map<String, String> tags = new LinkedHashMap<>(parameter.tags());
        tags.putAll(members.tags("Tags"));
        store.put(
                new Parameter(
                        parameter.name(),
                        parameter.type(),
                        parameter.value(),
                        parameter.keyId(),
                        parameter.version(),
                        Map.copyOf(tags)));
        return Result.json(Json.MAPPER.createObjectNode());
    }

    private Result tags(Attempt attempt, JsonNode input) {
        Parameter parameter =
                tagged(
                        attempt,
                        Members.of(input, "ResourceType", "ResourceId"),
                        "ssm:ListTagsForResource");
        ObjectNode result = Json.MAPPER.createObjectNode();
        ArrayNode list = result.putArray("TagList");
        parameter
                .tags()
                .forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
        return Result.json(result);
    }

    private Parameter tagged(Attempt attempt, Members members, String action) {
        if (!members.required("ResourceType").equals("Parameter")) {
            throw new NotModelledException("tags of a " + members.required("ResourceType"));
        }
        String name = members.required("ResourceId");
        require(attempt, action, arn(name), Map.of());
        return store.find(name)
                .orElseThrow(() ->
                        new Refusal("InvalidResourceId", 400, "The resource ID isn't valid."));
    }

    private JsonNode shown(Attempt attempt, Parameter parameter, boolean decrypt) {
        boolean encrypted = parameter.type().equals("SecureString");
        if (encrypted && decrypt)
            secure.decrypt(
                    attempt, parameter.keyId().orElse("alias/aws/ssm"), arn(parameter.name()));
        return Json.MAPPER
                .createObjectNode()
                .put("Name", parameter.name())
                .put("Type", parameter.type())
                .put(
                        "Value",
                        encrypted && !decrypt ? secure.ciphertext(parameter) : parameter.value())
                .put("Version", parameter.version())
                .put("LastModifiedDate", clock.instant().getEpochSecond())
                .put("ARN", arn(parameter.name()))
                .put("DataType", "text");
    }

    private JsonNode metadata(Parameter parameter) {
        ObjectNode node =
                Json.MAPPER
                        .createObjectNode()
                        .put("Name", parameter.name())
                        .put("ARN", arn(parameter.name()))
                        .put("Type", parameter.type())
                        .put("LastModifiedDate", clock.instant().getEpochSecond())
                        .put("Version", parameter.version())
                        .put("Tier", "Standard")
                        .put("DataType", "text");
        parameter.keyId().ifPresent(key -> node.put("KeyId", key));
        store.description(parameter.name()).ifPresent(text -> node.put("Description", text));
        node.putArray("Policies");
        return node;
    }

    /// Labels and versions in a name (`name:3`) are not modelled.
    private static String plain(String name) {
        if (name.contains(":"))
            throw new NotModelledException("version, label or ARN in the parameter name " + name);
        return name;
    }

    private String arn(String name) {
        return "arn:"
                + partition
                + ":ssm:"
                + region
                + ":"
                + account
                + ":parameter"
                + (name.startsWith("/") ? "" : "/")
                + name;
    }

    private void require(
            Attempt attempt, String action, String resource, Map<String, String> keys) {
        Context.Builder context =
                Contexts.global(attempt.who(), region, account, false, clock.instant())
                        .absent("ssm:Overwrite", "ssm:Recursive");
        new ArrayList<>(keys.entrySet()).forEach(e -> context.put(e.getKey(), e.getValue()));
        attempt.require(action, resource, context.build(), "AccessDeniedException", 400);
    }

    private static Refusal notFound() {
        return new Refusal("ParameterNotFound", 400, "");
    }
}
