package io.bedrockbudgeteer.keyguard.cli.source;

import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonSyntaxException;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The policies of roles as `aws iam get-account-authorization-details --filter Role
/// LocalManagedPolicy AWSManagedPolicy` prints them. Source: IAM API Reference,
/// GetAccountAuthorizationDetails.
public final class RoleFile {
    private static final String FORM =
            "write the answer of `aws iam get-account-authorization-details --filter Role"
                    + " LocalManagedPolicy AWSManagedPolicy`";

    private final String name;
    private final Map<String, String> managed = new HashMap<>();

    private RoleFile(String name) {
        this.name = name;
    }

    /// @param name what the file is called, for messages
    /// @return what IAM says, by role ARN
    /// @throws BadInput when the text is something else
    public static Map<Arn, IdentityAccess> read(String name, String text) {
        RoleFile file = new RoleFile(name);
        Json json;
        try {
            json = JsonReader.read(text);
        } catch (JsonSyntaxException e) {
            throw new BadInput(name + " is not JSON: " + e.getMessage() + "; " + FORM);
        }
        if (!(json instanceof Json.Obj root))
            throw new BadInput(name + " is " + json.kind() + "; " + FORM);
        return file.roles(root);
    }

    private Map<Arn, IdentityAccess> roles(Json.Obj root) {
        if (root.get("RoleDetailList").isEmpty())
            throw new BadInput(name + " has no RoleDetailList; " + FORM);
        if (root.get("IsTruncated").orElse(new Json.Null(0, 0))
                        instanceof Json.Bool(boolean truncated, int _, int _)
                && truncated)
            throw new BadInput(
                    name
                            + " says IsTruncated: true, so roles may be missing; write all of them, without"
                            + " --max-items and --no-paginate");
        for (Json.Obj policy : objects(root, "Policies"))
            policy.string("Arn")
                    .ifPresent(arn -> version(policy).ifPresent(text -> managed.put(arn, text)));
        Map<Arn, IdentityAccess> roles = new LinkedHashMap<>();
        for (Json.Obj role : objects(root, "RoleDetailList")) {
            Arn arn =
                    role.string("Arn")
                            .flatMap(Arn::tryParse)
                            .orElseThrow(() ->
                                    new BadInput(name + " has a role without an Arn; " + FORM));
            roles.put(arn, access(arn, role));
        }
        return roles;
    }

    private IdentityAccess access(Arn arn, Json.Obj role) {
        List<String> texts = new ArrayList<>();
        for (Json.Obj inline : objects(role, "RolePolicyList"))
            texts.add(
                    inline.get("PolicyDocument")
                            .map(RoleFile::document)
                            .orElseThrow(() ->
                                    new BadInput(
                                            name
                                                    + " has a policy of "
                                                    + arn
                                                    + " without PolicyDocument; "
                                                    + FORM)));
        for (Json.Obj attached : objects(role, "AttachedManagedPolicies"))
            texts.add(managed(arn, attached.string("PolicyArn").orElse("")));
        Optional<String> boundary =
                role.get("PermissionsBoundary")
                        .flatMap(found ->
                                found instanceof Json.Obj limits
                                        ? limits.string("PermissionsBoundaryArn")
                                        : Optional.empty())
                        .map(policy -> managed(arn, policy));
        return IdentityAccess.of(arn, texts, boundary);
    }

    private String managed(Arn role, String policyArn) {
        String text = managed.get(policyArn);
        if (text != null) return text;
        throw new BadInput(
                name + " lacks the managed policy " + policyArn + " of " + role + "; " + FORM);
    }

    private Optional<String> version(Json.Obj policy) {
        String wanted = policy.string("DefaultVersionId").orElse("");
        return objects(policy, "PolicyVersionList").stream()
                .filter(version -> version.string("VersionId").filter(wanted::equals).isPresent())
                .findFirst()
                .flatMap(version -> version.get("Document"))
                .map(RoleFile::document);
    }

    // The AWS CLI prints documents as JSON, other tools as the service sends them: URL-encoded as
    // in RFC 3986, where a plus sign is a plus sign.
    private static String document(Json json) {
        if (!(json instanceof Json.Str(String text, int _, int _))) return JsonText.write(json);
        if (!text.startsWith("%7B")) return text;
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private List<Json.Obj> objects(Json.Obj parent, String member) {
        Json found = parent.get(member).orElse(new Json.Null(0, 0));
        if (found instanceof Json.Null) return List.of();
        List<Json.Obj> objects = new ArrayList<>();
        // What is not understood here would make a role look weaker or stronger than it is.
        if (!(found instanceof Json.Arr list))
            throw new BadInput(name + ": " + member + " is " + found.kind() + "; " + FORM);
        for (Json item : list.items()) {
            if (!(item instanceof Json.Obj object))
                throw new BadInput(
                        name + ": an item of " + member + " is " + item.kind() + "; " + FORM);
            objects.add(object);
        }
        return objects;
    }
}
