package io.bedrockbudgeteer.local.service.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.access.Attempt;
import io.bedrockbudgeteer.local.service.access.Contexts;
import io.bedrockbudgeteer.local.service.wire.Face;
import io.bedrockbudgeteer.local.service.wire.Members;
import io.bedrockbudgeteer.local.service.wire.Result;
import io.bedrockbudgeteer.local.service.wire.Xml;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Consumer;

/// The query face of IAM, for reading roles (IAM API Reference). Policy documents travel
/// URL-encoded, as on AWS.
public final class IamFace implements Face {
    private static final String NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/";
    private static final String[] COMMON = {"Action", "Version"};

    private final RoleStore roles;
    private final String region;
    private final String account;
    private final InstantSource clock;

    public IamFace(RoleStore roles, String region, String account, InstantSource clock) {
        this.roles = roles;
        this.region = region;
        this.account = account;
        this.clock = clock;
    }

    @Override
    public Result call(Attempt attempt, String operation, JsonNode input) {
        return switch (operation) {
            case "GetRole" -> getRole(attempt, members(input, "RoleName"));
            case "ListRoles" -> listRoles(attempt, members(input, "PathPrefix", "MaxItems"));
            case "ListRolePolicies" ->
                    listRolePolicies(attempt, members(input, "RoleName", "MaxItems"));
            case "GetRolePolicy" ->
                    getRolePolicy(attempt, members(input, "RoleName", "PolicyName"));
            case "ListAttachedRolePolicies" ->
                    listAttached(attempt, members(input, "RoleName", "MaxItems"));
            case "GetPolicy" -> getPolicy(attempt, members(input, "PolicyArn"));
            case "GetPolicyVersion" ->
                    getPolicyVersion(attempt, members(input, "PolicyArn", "VersionId"));
            default -> throw new NotModelledException("iam:" + operation);
        };
    }

    private Result getRole(Attempt attempt, Members input) {
        Role role = role(attempt, "iam:GetRole", input);
        return xml(result -> result.child("Role", xml -> describe(xml, role)));
    }

    private Result listRoles(Attempt attempt, Members input) {
        String prefix = input.text("PathPrefix").orElse("/");
        require(attempt, "iam:ListRoles", "*");
        return xml(result -> {
            result.child(
                    "Roles",
                    list ->
                            roles.all().stream()
                                    .filter(role -> role.path().startsWith(prefix))
                                    .forEach(role ->
                                            list.child("member", xml -> describe(xml, role))));
            result.text("IsTruncated", "false");
        });
    }

    private Result listRolePolicies(Attempt attempt, Members input) {
        Role role = role(attempt, "iam:ListRolePolicies", input);
        return xml(result -> {
            result.child(
                    "PolicyNames",
                    list -> role.inline().keySet().forEach(name -> list.text("member", name)));
            result.text("IsTruncated", "false");
        });
    }

    private Result getRolePolicy(Attempt attempt, Members input) {
        Role role = role(attempt, "iam:GetRolePolicy", input);
        String name = input.required("PolicyName");
        String document = role.inline().get(name);
        if (document == null)
            throw missing("The role policy with name " + name + " cannot be found.");
        return xml(result ->
                result.text("RoleName", role.name())
                        .text("PolicyName", name)
                        .text("PolicyDocument", encoded(document)));
    }

    private Result listAttached(Attempt attempt, Members input) {
        Role role = role(attempt, "iam:ListAttachedRolePolicies", input);
        return xml(result -> {
            result.child(
                    "AttachedPolicies",
                    list ->
                            role.attached()
                                    .forEach(arn ->
                                            list.child(
                                                    "member",
                                                    xml ->
                                                            xml.text(
                                                                            "PolicyName",
                                                                            arn.substring(
                                                                                    arn.lastIndexOf(
                                                                                                    '/')
                                                                                            + 1))
                                                                    .text("PolicyArn", arn))));
            result.text("IsTruncated", "false");
        });
    }

    private Result getPolicy(Attempt attempt, Members input) {
        String arn = input.required("PolicyArn");
        require(attempt, "iam:GetPolicy", arn);
        document(arn);
        return xml(result ->
                result.child(
                        "Policy",
                        xml ->
                                xml.text("PolicyName", arn.substring(arn.lastIndexOf('/') + 1))
                                        .text("Arn", arn)
                                        .text("DefaultVersionId", "v1")
                                        .text("IsAttachable", "true")));
    }

    private Result getPolicyVersion(Attempt attempt, Members input) {
        String arn = input.required("PolicyArn");
        require(attempt, "iam:GetPolicyVersion", arn);
        String document = document(arn);
        if (!input.required("VersionId").equals("v1"))
            throw missing("Policy " + arn + " has no such version.");
        return xml(result ->
                result.child(
                        "PolicyVersion",
                        xml ->
                                xml.text("Document", encoded(document))
                                        .text("VersionId", "v1")
                                        .text("IsDefaultVersion", "true")));
    }

    private String document(String arn) {
        return roles.managedDocument(arn)
                .orElseThrow(() ->
                        arn.contains(":iam::aws:")
                                ? new NotModelledException("managed policy " + arn)
                                : missing(
                                        "Policy " + arn + " does not exist or is not attachable."));
    }

    /// The resource of a call on a role is its ARN with the path, which needs the role; an unknown
    /// role is judged by its name alone.
    private Role role(Attempt attempt, String action, Members input) {
        String name = input.required("RoleName");
        String arn =
                roles.exists(name)
                        ? roles.role(name).arn()
                        : "arn:" + roles.partition() + ":iam::" + account + ":role/" + name;
        require(attempt, action, arn);
        return roles.role(name);
    }

    private void require(Attempt attempt, String action, String resource) {
        attempt.require(
                action,
                resource,
                Contexts.global(attempt.who(), region, account, false, clock.instant()).build(),
                "AccessDenied",
                403);
    }

    private static void describe(Xml xml, Role role) {
        xml.text("Path", role.path())
                .text("RoleName", role.name())
                .text("RoleId", role.id())
                .text("Arn", role.arn())
                .text("CreateDate", role.created().toString())
                .text("AssumeRolePolicyDocument", encoded(role.trust()))
                .text("MaxSessionDuration", "3600");
        role.boundary()
                .ifPresent(arn ->
                        xml.child(
                                "PermissionsBoundary",
                                boundary ->
                                        boundary.text("PermissionsBoundaryType", "Policy")
                                                .text("PermissionsBoundaryArn", arn)));
    }

    private static Members members(JsonNode input, String... names) {
        String[] all = new String[names.length + COMMON.length];
        System.arraycopy(COMMON, 0, all, 0, COMMON.length);
        System.arraycopy(names, 0, all, COMMON.length, names.length);
        return Members.of(input, all);
    }

    private static Refusal missing(String message) {
        return new Refusal("NoSuchEntity", 404, message);
    }

    private static String encoded(String document) {
        return URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Result xml(Consumer<Xml> content) {
        return Result.xml(NAMESPACE, content);
    }
}
