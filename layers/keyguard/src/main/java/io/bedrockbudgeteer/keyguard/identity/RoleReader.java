package io.bedrockbudgeteer.keyguard.identity;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.Role;

/// Reads the policies that decide what a role may do: inline, attached (default version) and the
/// permissions boundary. Managed policies are read once, also when several roles have them. For one
/// request, not thread-safe. Makes no change. Source: IAM User Guide, Policy evaluation logic.
public final class RoleReader {
    private final AwsClients clients;
    private final Deadline deadline;
    private final Map<String, String> managed = new HashMap<>();

    public RoleReader(AwsClients clients, Deadline deadline) {
        this.clients = clients;
        this.deadline = deadline;
    }

    /// Never fails: what cannot be read is an [IdentityAccess] that says so. A role that does not
    /// exist is a finding as well.
    public RoleReading read(Arn role) {
        return switch (role(role)) {
            case Reply.Failed<Role>(Problem problem)
                    when problem.kind() == Problem.Kind.NOT_FOUND ->
                    missing(role);
            case Reply.Failed<Role>(Problem problem) -> unknown(role, problem);
            case Reply.Ok<Role>(Role found) ->
                    switch (Reply.of("iam:GetRolePolicy", () -> policies(role, found))) {
                        case Reply.Ok<IdentityAccess>(IdentityAccess access) ->
                                new RoleReading(access, Optional.empty());
                        case Reply.Failed<IdentityAccess>(Problem problem) ->
                                unknown(role, problem);
                    };
        };
    }

    /// When a role was made. KMS sees a new role only after a while.
    public Reply<Instant> createdAt(Arn role) {
        return role(role).map(Role::createDate);
    }

    /// The ARN with its path, by the name: a session's ARN does not have it.
    public Reply<Arn> arn(Arn role) {
        return role(role).map(found -> Arn.parse(found.arn()));
    }

    private static RoleReading missing(Arn role) {
        String name = name(role);
        return new RoleReading(
                IdentityAccess.unknown(role, "the role does not exist"),
                Optional.of(
                        Finding.of(
                                Rule.IAM001,
                                "The role " + role + " does not exist.",
                                "Check the name: aws iam get-role --role-name " + name)));
    }

    private static RoleReading unknown(Arn role, Problem problem) {
        return new RoleReading(IdentityAccess.unknown(role, problem.text()), Optional.empty());
    }

    private Reply<Role> role(Arn role) {
        return Reply.of(
                "iam:GetRole",
                () ->
                        clients.iam()
                                .getRole(
                                        GetRoleRequest.builder()
                                                .roleName(name(role))
                                                .overrideConfiguration(AwsClients.limits(deadline))
                                                .build())
                                .role());
    }

    // IAM knows roles by name only; the path is part of the ARN but not of the name.
    private static String name(Arn role) {
        return role.resource().substring(role.resource().lastIndexOf('/') + 1);
    }

    private IdentityAccess policies(Arn arn, Role role) {
        List<String> texts = new ArrayList<>();
        for (String inline : inlineNames(role.roleName()))
            texts.add(inline(role.roleName(), inline));
        for (String attached : attachedArns(role.roleName())) texts.add(managed(attached));
        Optional<String> boundary =
                role.permissionsBoundary() == null
                        ? Optional.empty()
                        : Optional.of(managed(role.permissionsBoundary().permissionsBoundaryArn()));
        return IdentityAccess.of(arn, texts, boundary);
    }

    private List<String> inlineNames(String role) {
        ListRolePoliciesRequest request =
                ListRolePoliciesRequest.builder()
                        .roleName(role)
                        .overrideConfiguration(AwsClients.limits(deadline))
                        .build();
        return clients.iam().listRolePoliciesPaginator(request).policyNames().stream().toList();
    }

    private List<String> attachedArns(String role) {
        ListAttachedRolePoliciesRequest request =
                ListAttachedRolePoliciesRequest.builder()
                        .roleName(role)
                        .overrideConfiguration(AwsClients.limits(deadline))
                        .build();
        return clients.iam().listAttachedRolePoliciesPaginator(request).attachedPolicies().stream()
                .map(AttachedPolicy::policyArn)
                .toList();
    }

    private String inline(String role, String policy) {
        return decoded(
                clients.iam()
                        .getRolePolicy(
                                GetRolePolicyRequest.builder()
                                        .roleName(role)
                                        .policyName(policy)
                                        .overrideConfiguration(AwsClients.limits(deadline))
                                        .build())
                        .policyDocument());
    }

    private String managed(String policyArn) {
        String known = managed.get(policyArn);
        if (known != null) return known;
        String version =
                clients.iam()
                        .getPolicy(
                                GetPolicyRequest.builder()
                                        .policyArn(policyArn)
                                        .overrideConfiguration(AwsClients.limits(deadline))
                                        .build())
                        .policy()
                        .defaultVersionId();
        String text =
                decoded(
                        clients.iam()
                                .getPolicyVersion(
                                        GetPolicyVersionRequest.builder()
                                                .policyArn(policyArn)
                                                .versionId(version)
                                                .overrideConfiguration(AwsClients.limits(deadline))
                                                .build())
                                .policyVersion()
                                .document());
        managed.put(policyArn, text);
        return text;
    }

    // IAM API Reference, GetRolePolicy: documents are URL-encoded as in RFC 3986, where a plus sign
    // is a plus sign.
    private static String decoded(String document) {
        return URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
