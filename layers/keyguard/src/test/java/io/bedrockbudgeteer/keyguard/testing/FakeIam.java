package io.bedrockbudgeteer.keyguard.testing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// IAM: roles with inline and attached policies and boundaries, in pages of one.
public final class FakeIam {
    private final Map<String, Role> roles = new HashMap<>();
    private final Map<String, String> managed = new HashMap<>();
    private final Map<String, Integer> hiddenFromKms = new HashMap<>();

    private static final class Role {
        private final String arn;
        private final Instant created;
        private final Map<String, String> inline = new LinkedHashMap<>();
        private final List<String> attached = new ArrayList<>();
        private Optional<String> boundary = Optional.empty();

        Role(String arn, Instant created) {
            this.arn = arn;
            this.created = created;
        }
    }

    /// A role that exists for a day.
    public synchronized String newRole(String pathAndName) {
        return newRole(pathAndName, Instant.now().minusSeconds(86_400));
    }

    public synchronized String newRole(String pathAndName, Instant created) {
        String arn = "arn:aws:iam::111122223333:role/" + pathAndName;
        roles.put(name(arn), new Role(arn, created));
        return arn;
    }

    public synchronized void inline(String roleArn, String policyName, String text) {
        role(name(roleArn)).inline.put(policyName, text);
    }

    public synchronized void attach(String roleArn, String policyArn, String text) {
        managed.put(policyArn, text);
        role(name(roleArn)).attached.add(policyArn);
    }

    public synchronized void boundary(String roleArn, String policyArn, String text) {
        managed.put(policyArn, text);
        role(name(roleArn)).boundary = Optional.of(policyArn);
    }

    public synchronized void remove(String roleArn) {
        roles.remove(name(roleArn));
    }

    /// KMS does not know the role yet for this many writes.
    public synchronized void hideFromKms(String roleArn, int writes) {
        hiddenFromKms.put(roleArn, writes);
    }

    synchronized boolean isVisibleToKms(String roleArn) {
        int left = hiddenFromKms.getOrDefault(roleArn, 0);
        hiddenFromKms.put(roleArn, Math.max(0, left - 1));
        Role role = roles.get(name(roleArn));
        return left == 0 && role != null && role.arn.equals(roleArn);
    }

    private static String name(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private Role role(String name) {
        Role role = roles.get(name);
        if (role == null)
            throw new AwsError(
                    404, "NoSuchEntity", "The role with name " + name + " cannot be found.");
        return role;
    }

    synchronized Map<String, Object> handle(String operation, Map<String, Object> input) {
        return switch (operation) {
            case "iam:GetRole" -> getRole(role(String.valueOf(input.get("RoleName"))));
            case "iam:ListRolePolicies" ->
                    page(
                            "PolicyNames",
                            List.copyOf(
                                    role(String.valueOf(input.get("RoleName"))).inline.keySet()),
                            input);
            case "iam:GetRolePolicy" -> {
                Role role = role(String.valueOf(input.get("RoleName")));
                String text = role.inline.get(String.valueOf(input.get("PolicyName")));
                if (text == null) throw new AwsError(404, "NoSuchEntity", "no such policy");
                yield Map.of(
                        "RoleName",
                        name(role.arn),
                        "PolicyName",
                        input.get("PolicyName"),
                        "PolicyDocument",
                        encoded(text));
            }
            case "iam:ListAttachedRolePolicies" -> {
                List<Object> entries = new ArrayList<>();
                for (String arn : role(String.valueOf(input.get("RoleName"))).attached)
                    entries.add(Map.of("PolicyName", name(arn), "PolicyArn", arn));
                yield page("AttachedPolicies", entries, input);
            }
            case "iam:GetPolicy" ->
                    Map.of(
                            "Policy",
                            Map.of("Arn", input.get("PolicyArn"), "DefaultVersionId", "v3"));
            case "iam:GetPolicyVersion" -> {
                String text = managed.get(String.valueOf(input.get("PolicyArn")));
                if (text == null || !"v3".equals(input.get("VersionId")))
                    throw new AwsError(404, "NoSuchEntity", "no such version");
                yield Map.of(
                        "PolicyVersion",
                        Map.of(
                                "Document",
                                encoded(text),
                                "VersionId",
                                "v3",
                                "IsDefaultVersion",
                                "true"));
            }
            default -> throw new AwsError(501, "NotFaked", operation);
        };
    }

    private static Map<String, Object> getRole(Role role) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("RoleName", name(role.arn));
        members.put("RoleId", "AROAFAKE");
        members.put("Arn", role.arn);
        members.put("Path", "/");
        members.put("CreateDate", role.created.toString());
        role.boundary.ifPresent(arn ->
                members.put(
                        "PermissionsBoundary",
                        Map.of(
                                "PermissionsBoundaryType",
                                "Policy",
                                "PermissionsBoundaryArn",
                                arn)));
        return Map.of("Role", members);
    }

    // One item a page, so that paging is always tried.
    private static Map<String, Object> page(String member, List<?> all, Map<String, Object> input) {
        int start =
                input.containsKey("Marker")
                        ? Integer.parseInt(String.valueOf(input.get("Marker")))
                        : 0;
        int end = Math.min(all.size(), start + 1);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(member, all.subList(start, end));
        page.put("IsTruncated", end < all.size());
        if (end < all.size()) page.put("Marker", String.valueOf(end));
        return page;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
