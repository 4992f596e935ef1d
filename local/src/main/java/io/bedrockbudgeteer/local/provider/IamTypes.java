package io.bedrockbudgeteer.local.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.account.Roles;
import io.bedrockbudgeteer.local.engine.Made;
import io.bedrockbudgeteer.local.engine.Values;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Roles and their inline policies. They exist in the simulated IAM, so that functions and key
/// policies see them.
final class IamTypes {
    /// CloudFormation's limit for names that it makes up, and IAM's for role names.
    private static final int LONGEST_ROLE_NAME = 64;

    private static final ObjectMapper JSON = new ObjectMapper();

    static final List<TypeSpec> TYPES =
            List.of(
                    TypeSpec.of("AWS::IAM::Role", "IAM User Guide, IAM roles")
                            .foundation()
                            .modelled(
                                    "RoleName",
                                    "Path",
                                    "AssumeRolePolicyDocument",
                                    "PermissionsBoundary",
                                    "Policies",
                                    "Policies.PolicyName",
                                    "Policies.PolicyDocument",
                                    "ManagedPolicyArns")
                            .ignored("Description", "MaxSessionDuration", "Tags")
                            .required("AssumeRolePolicyDocument")
                            .named("RoleName")
                            .replacing("Path")
                            .attributes("Arn", "RoleId")
                            .does(new RoleBehaviour()),
                    TypeSpec.of("AWS::IAM::RolePolicy", "IAM API Reference, PutRolePolicy")
                            .foundation()
                            .modelled("PolicyName", "RoleName", "PolicyDocument")
                            .required("PolicyName", "RoleName")
                            .replacing("PolicyName", "RoleName")
                            .does(new RolePolicyBehaviour()));

    private IamTypes() {}

    static String json(Object document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree from the template must be writable", e);
        }
    }

    private static final class RoleBehaviour implements Behaviour {
        @Override
        public Made create(Scene scene) {
            Roles roles = scene.account().roles();
            String name = scene.name("RoleName", LONGEST_ROLE_NAME);
            if (roles.exists(name)) {
                throw new Refusal(
                        "EntityAlreadyExists", 409, "Role with name " + name + " already exists.");
            }
            String trust = json(scene.value("AssumeRolePolicyDocument").orElse(Map.of()));
            String arn =
                    roles.create(
                            scene.text("Path").orElse("/"),
                            name,
                            trust,
                            scene.text("PermissionsBoundary"));
            inlinePolicies(scene.properties())
                    .forEach((policy, document) -> roles.putPolicy(name, policy, document));
            managed(scene.properties()).forEach(policy -> roles.attach(name, policy));
            return made(scene, name, arn);
        }

        @Override
        public Made update(Scene scene, String physicalId, Map<String, Object> before) {
            if (!scene.text("PermissionsBoundary")
                    .equals(Scene.text(before, "PermissionsBoundary"))) {
                throw new NotModelledException(
                        "change of the permissions boundary of role " + physicalId);
            }
            Roles roles = scene.account().roles();
            roles.trust(physicalId, json(scene.value("AssumeRolePolicyDocument").orElse(Map.of())));
            Map<String, String> wanted = inlinePolicies(scene.properties());
            inlinePolicies(before).keySet().stream()
                    .filter(policy -> !wanted.containsKey(policy))
                    .forEach(policy -> roles.deletePolicy(physicalId, policy));
            wanted.forEach((policy, document) -> roles.putPolicy(physicalId, policy, document));
            Set<String> attached = managed(scene.properties());
            managed(before).stream()
                    .filter(policy -> !attached.contains(policy))
                    .forEach(policy -> roles.detach(physicalId, policy));
            attached.forEach(policy -> roles.attach(physicalId, policy));
            String path = scene.text("Path").orElse("/");
            String arn =
                    "arn:"
                            + scene.account().partition()
                            + ":iam::"
                            + scene.account().accountId()
                            + ":role"
                            + path
                            + physicalId;
            return made(scene, physicalId, arn);
        }

        @Override
        public void delete(Scene scene, String physicalId) {
            if (scene.account().roles().exists(physicalId)) {
                scene.account().roles().delete(physicalId);
            }
        }

        private static Made made(Scene scene, String name, String arn) {
            return new Made(
                    name, Map.of("Arn", arn, "RoleId", scene.account().roles().uniqueId(name)));
        }

        private static Map<String, String> inlinePolicies(Map<String, Object> properties) {
            Map<String, String> policies = new LinkedHashMap<>();
            if (properties.get("Policies") instanceof List<?> list) {
                for (Object policy : list) {
                    Map<String, Object> map = Values.asMap(policy);
                    policies.put(
                            String.valueOf(map.get("PolicyName")),
                            json(map.getOrDefault("PolicyDocument", Map.of())));
                }
            }
            return policies;
        }

        private static Set<String> managed(Map<String, Object> properties) {
            return properties.get("ManagedPolicyArns") instanceof List<?> list
                    ? list.stream()
                            .map(String::valueOf)
                            .collect(Collectors.toCollection(LinkedHashSet::new))
                    : Set.of();
        }
    }

    /// Physical id `<policy>|<role>`: a new policy name is a new resource, and both exist until the
    /// clean-up.
    private static final class RolePolicyBehaviour implements Behaviour {
        @Override
        public Made create(Scene scene) {
            put(scene);
            return new Made(scene.needed("PolicyName") + "|" + scene.needed("RoleName"), Map.of());
        }

        @Override
        public Made update(Scene scene, String physicalId, Map<String, Object> before) {
            put(scene);
            return new Made(physicalId, Map.of());
        }

        @Override
        public void delete(Scene scene, String physicalId) {
            int bar = physicalId.lastIndexOf('|');
            String role = physicalId.substring(bar + 1);
            if (scene.account().roles().exists(role)) {
                scene.account().roles().deletePolicy(role, physicalId.substring(0, bar));
            }
        }

        private static void put(Scene scene) {
            String role = scene.needed("RoleName");
            if (!scene.account().roles().exists(role)) {
                throw new Refusal(
                        "NoSuchEntity", 404, "The role with name " + role + " cannot be found.");
            }
            scene.account()
                    .roles()
                    .putPolicy(
                            role,
                            scene.needed("PolicyName"),
                            json(scene.value("PolicyDocument").orElse(Map.of())));
        }
    }
}
