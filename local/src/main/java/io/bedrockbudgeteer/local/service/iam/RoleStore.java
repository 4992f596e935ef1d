package io.bedrockbudgeteer.local.service.iam;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.account.Roles;
import io.bedrockbudgeteer.local.service.access.Json;
import io.bedrockbudgeteer.local.service.access.Policy;
import io.bedrockbudgeteer.local.service.access.Who;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// The roles of the account. Thread-safe.
public final class RoleStore implements Roles {
    private static final String ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final String partition;
    private final String account;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ManagedPolicies managed;
    private final SortedMap<String, Role> roles = new TreeMap<>();

    public RoleStore(
            String partition, String account, InstantSource clock, RandomGenerator random) {
        this.partition = partition;
        this.account = account;
        this.clock = clock;
        this.random = random;
        this.managed = new ManagedPolicies(partition);
    }

    @Override
    public String create(
            String path, String name, String trustPolicy, Optional<String> boundaryArn) {
        return create(path, name, trustPolicy, boundaryArn, clock.instant());
    }

    /// @param created in the past for a role that was there before this run, so that KMS has long
    ///   heard of it
    public synchronized String create(
            String path,
            String name,
            String trustPolicy,
            Optional<String> boundaryArn,
            Instant created) {
        if (roles.containsKey(name)) {
            throw new Refusal(
                    "EntityAlreadyExists", 409, "Role with name " + name + " already exists.");
        }
        document(trustPolicy);
        String arn = "arn:" + partition + ":iam::" + account + ":role" + path + name;
        StringBuilder id = new StringBuilder("AROA");
        for (int i = 0; i < 17; i++)
            id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        roles.put(
                name,
                new Role(
                        name,
                        path,
                        arn,
                        id.toString(),
                        created,
                        trustPolicy,
                        boundaryArn,
                        Map.of(),
                        Set.of()));
        return arn;
    }

    @Override
    public synchronized String uniqueId(String name) {
        return role(name).id();
    }

    @Override
    public void putPolicy(String roleName, String policyName, String document) {
        document(document);
        change(
                roleName,
                role -> {
                    Map<String, String> policies = new LinkedHashMap<>(role.inline());
                    policies.put(policyName, document);
                    return role.with(policies);
                });
    }

    @Override
    public void deletePolicy(String roleName, String policyName) {
        change(
                roleName,
                role -> {
                    Map<String, String> policies = new LinkedHashMap<>(role.inline());
                    policies.remove(policyName);
                    return role.with(policies);
                });
    }

    @Override
    public synchronized Map<String, String> policies(String roleName) {
        return role(roleName).inline();
    }

    @Override
    public void trust(String roleName, String trustPolicy) {
        document(trustPolicy);
        change(roleName, role -> role.trusting(trustPolicy));
    }

    @Override
    public synchronized void delete(String roleName) {
        role(roleName);
        roles.remove(roleName);
    }

    @Override
    public synchronized boolean exists(String roleName) {
        return roles.containsKey(roleName);
    }

    @Override
    public void attach(String roleName, String policyArn) {
        managed.document(policyArn);
        change(
                roleName,
                role -> {
                    Set<String> arns = new LinkedHashSet<>(role.attached());
                    arns.add(policyArn);
                    return role.with(arns);
                });
    }

    @Override
    public void detach(String roleName, String policyArn) {
        change(
                roleName,
                role -> {
                    Set<String> arns = new LinkedHashSet<>(role.attached());
                    arns.remove(policyArn);
                    return role.with(arns);
                });
    }

    @Override
    public String managedPolicy(String path, String name, String document) {
        document(document);
        String arn = "arn:" + partition + ":iam::" + account + ":policy" + path + name;
        managed.put(arn, document);
        return arn;
    }

    @Override
    public void deleteManagedPolicy(String arn) {
        managed.remove(arn);
    }

    String partition() {
        return partition;
    }

    Optional<String> managedDocument(String arn) {
        return managed.find(arn);
    }

    synchronized List<Role> all() {
        return List.copyOf(roles.values());
    }

    /// @throws Refusal `NoSuchEntity`
    synchronized Role role(String name) {
        Role role = roles.get(name);
        if (role == null)
            throw new Refusal(
                    "NoSuchEntity", 404, "The role with name " + name + " cannot be found.");
        return role;
    }

    /// The unique id behind a role ARN, path included.
    public synchronized Optional<String> idOf(String roleArn) {
        return roles.values().stream().filter(r -> r.arn().equals(roleArn)).map(Role::id).findAny();
    }

    /// The ARN behind a unique id, while the role exists.
    public synchronized Optional<String> arnOf(String uniqueId) {
        return roles.values().stream()
                .filter(r -> r.id().equals(uniqueId))
                .map(Role::arn)
                .findAny();
    }

    public synchronized Optional<Instant> createdAt(String roleArn) {
        return roles.values().stream()
                .filter(r -> r.arn().equals(roleArn))
                .map(Role::created)
                .findAny();
    }

    /// The caller with all its identity policies. Permissions boundaries are not evaluated.
    ///
    /// @throws Refusal `UnrecognizedClientException` when the session's role does not exist any
    ///   more
    /// @throws NotModelledException for a policy that cannot be read
    public Who who(Principal principal) {
        return switch (principal) {
            case Principal.Service service -> Who.service(service);
            case Principal.Session session -> session(session);
        };
    }

    private synchronized Who session(Principal.Session session) {
        Role role =
                roles.values().stream()
                        .filter(r -> r.arn().equals(session.roleArn()))
                        .findAny()
                        .orElseThrow(() ->
                                new Refusal(
                                        "UnrecognizedClientException",
                                        400,
                                        "The security token included in the request is invalid."));
        List<Who.Named> policies = new ArrayList<>();
        role.inline().forEach((name, text) -> policies.add(new Who.Named(name, Policy.of(text))));
        role.attached()
                .forEach(arn -> policies.add(new Who.Named(arn, Policy.of(managed.document(arn)))));
        return new Who(session, account, Optional.of(role.id()), policies);
    }

    private synchronized void change(String name, UnaryOperator<Role> change) {
        roles.put(name, change.apply(role(name)));
    }

    private static void document(String text) {
        try {
            if (Json.read(text).isObject()) return;
        } catch (IOException e) {
            throw new Refusal("MalformedPolicyDocument", 400, "This policy contains invalid Json");
        }
        throw new Refusal("MalformedPolicyDocument", 400, "Syntax errors in policy.");
    }
}
