package io.bedrockbudgeteer.keyguard.testing;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// KMS: keys, aliases, policies. Writes policies out again in its own layout, refuses roles that
/// IAM does not know, and lets a test act between two calls.
public final class FakeKms {
    private static final Pattern ROLE = Pattern.compile("\"(arn:aws:iam::\\d{12}:role/[^\"*]+)\"");
    private static final String ROOT_STATEMENT =
            """
            {"Version": "2012-10-17", "Id": "customer-policy", "Statement": [
              {"Sid": "Enable IAM User Permissions", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"}]}
            """;

    private final FakeIam iam;
    private final Map<String, Map<String, Object>> keys = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, String> policies = new HashMap<>();
    private final Map<String, Boolean> rotation = new HashMap<>();
    private final Map<String, List<Map<String, Object>>> grants = new HashMap<>();
    private final List<String> puts = new ArrayList<>();
    private final Deque<String> staleReads = new ArrayDeque<>();
    private final Deque<Runnable> beforePuts = new ArrayDeque<>();
    private final Deque<UnaryOperator<String>> afterPuts = new ArrayDeque<>();
    private final Map<String, List<Version>> history = new HashMap<>();
    private LongSupplier clock = () -> 0;
    private LongSupplier lag = () -> 0;
    private final Map<String, List<?>> tags = new HashMap<>();
    private int grantPageSize = 2;
    private int made;

    /// @param since the time of its put
    private record Version(long since, String text) {}

    FakeKms(FakeIam iam) {
        this.iam = iam;
    }

    /// A customer managed, enabled, symmetric key with the policy that the console would give it.
    public synchronized String newKey(String id) {
        String arn = "arn:aws:kms:eu-central-1:111122223333:key/" + id;
        Map<String, Object> key = new LinkedHashMap<>();
        key.put("KeyId", id);
        key.put("Arn", arn);
        key.put("AWSAccountId", "111122223333");
        key.put("KeyManager", "CUSTOMER");
        key.put("KeyState", "Enabled");
        key.put("KeySpec", "SYMMETRIC_DEFAULT");
        key.put("KeyUsage", "ENCRYPT_DECRYPT");
        key.put("Origin", "AWS_KMS");
        key.put("MultiRegion", false);
        keys.put(arn, key);
        store(arn, ROOT_STATEMENT);
        rotation.put(arn, true);
        return arn;
    }

    public synchronized String newAlias(String name, String keyArn) {
        String arn = "arn:aws:kms:eu-central-1:111122223333:alias/" + name;
        aliases.put(arn, keyArn);
        return arn;
    }

    /// Changes a member of the key's metadata, such as `KeyState`.
    public synchronized void set(String arn, String member, Object value) {
        keys.computeIfPresent(
                arn,
                (_, key) -> {
                    key.put(member, value);
                    return key;
                });
    }

    /// A member of the key's metadata, such as `KeyState`; empty when there is none.
    public synchronized String get(String arn, String member) {
        return String.valueOf(keys.getOrDefault(arn, Map.of()).getOrDefault(member, ""));
    }

    /// ARNs of all keys, sorted.
    public synchronized List<String> keys() {
        return keys.keySet().stream().sorted().toList();
    }

    /// ARN of the key by the ARN of the alias.
    public synchronized Map<String, String> aliases() {
        return Map.copyOf(aliases);
    }

    public synchronized boolean rotates(String arn) {
        return rotation.getOrDefault(arn, false);
    }

    /// The tags that a key was made with, as they came.
    public synchronized List<?> tags(String arn) {
        return tags.getOrDefault(arn, List.of());
    }

    public synchronized void rotates(String arn, boolean on) {
        rotation.put(arn, on);
    }

    public synchronized void remove(String arn) {
        keys.remove(arn);
        policies.remove(arn);
        history.remove(arn);
    }

    public synchronized String policy(String arn) {
        return policies.getOrDefault(arn, "");
    }

    public synchronized void policy(String arn, String text) {
        store(arn, text);
    }

    private void store(String arn, String text) {
        policies.put(arn, text);
        history.computeIfAbsent(arn, _ -> new ArrayList<>())
                .add(new Version(clock.getAsLong(), text));
    }

    /// From now on each read shows a policy as it was some time ago, because it is served by a
    /// replica. KMS Developer Guide, Eventual consistency in AWS KMS.
    ///
    /// @param now a clock in any unit
    /// @param behind asked for each read: how far behind the clock it is
    public synchronized void lag(LongSupplier now, LongSupplier behind) {
        clock = now;
        lag = behind;
        history.clear();
        policies.forEach(this::store);
    }

    public synchronized void grants(String arn, List<Map<String, Object>> entries) {
        grants.put(arn, entries);
    }

    /// The texts that were put successfully, oldest first.
    public synchronized List<String> puts() {
        return List.copyOf(puts);
    }

    /// The next reads answer with these texts.
    public synchronized void staleReads(String... texts) {
        staleReads.addAll(List.of(texts));
    }

    /// Runs before the next put is looked at, such as another writer.
    public synchronized void beforePut(Runnable action) {
        beforePuts.add(action);
    }

    /// What becomes of the stored text after the next put.
    public synchronized void afterPut(UnaryOperator<String> change) {
        afterPuts.add(change);
    }

    Map<String, Object> handle(String operation, Map<String, Object> input) {
        String id = String.valueOf(input.get("KeyId"));
        return switch (operation) {
            case "kms:DescribeKey" -> Map.of("KeyMetadata", describe(id));
            case "kms:GetKeyPolicy" -> Map.of("Policy", read(id));
            case "kms:PutKeyPolicy" -> put(id, String.valueOf(input.get("Policy")), input);
            case "kms:GetKeyRotationStatus" -> Map.of("KeyRotationEnabled", rotation(id));
            case "kms:ListGrants" -> listGrants(id, input);
            case "kms:CreateKey" -> createKey(input);
            case "kms:CreateAlias" -> createAlias(input);
            case "kms:DeleteAlias" -> deleteAlias(String.valueOf(input.get("AliasName")));
            case "kms:EnableKeyRotation" -> enableRotation(id);
            case "kms:ScheduleKeyDeletion" -> scheduleDeletion(id, input);
            default -> throw new AwsError(501, "NotFaked", operation);
        };
    }

    private synchronized Map<String, Object> describe(String id) {
        return new LinkedHashMap<>(key(aliases.getOrDefault(id, id)));
    }

    private Map<String, Object> key(String arn) {
        Map<String, Object> key = keys.get(arn);
        if (key == null)
            throw new AwsError(400, "NotFoundException", "Key '" + arn + "' does not exist");
        return key;
    }

    private static final String HERE = "arn:aws:kms:eu-central-1:111122223333:";

    private synchronized Map<String, Object> createKey(Map<String, Object> input) {
        String text = String.valueOf(input.get("Policy"));
        acceptable(text, input);
        if (!"SYMMETRIC_DEFAULT".equals(input.get("KeySpec"))
                || !"ENCRYPT_DECRYPT".equals(input.get("KeyUsage")))
            throw new AwsError(501, "NotFaked", "keys of another kind");
        String arn = newKey("%08d-0000-4000-8000-000000000000".formatted(++made));
        set(arn, "Description", String.valueOf(input.get("Description")));
        store(arn, text);
        rotation.put(arn, false);
        if (input.get("Tags") instanceof List<?> list) {
            if (list.isEmpty()) throw new AwsError(501, "NotFaked", "an empty list of tags");
            tags.put(arn, list);
        }
        return Map.of("KeyMetadata", describe(arn));
    }

    private synchronized Map<String, Object> createAlias(Map<String, Object> input) {
        String alias = HERE + input.get("AliasName");
        // CreateAlias takes the id or the ARN.
        String target = String.valueOf(input.get("TargetKeyId"));
        String key = target.startsWith("arn:") ? target : HERE + "key/" + target;
        key(key);
        if (aliases.putIfAbsent(alias, key) != null)
            throw new AwsError(
                    400,
                    "AlreadyExistsException",
                    "An alias with the name " + alias + " already exists");
        return Map.of();
    }

    private synchronized Map<String, Object> deleteAlias(String name) {
        if (aliases.remove(HERE + name) == null)
            throw new AwsError(400, "NotFoundException", "Alias " + HERE + name + " is not found.");
        return Map.of();
    }

    private synchronized Map<String, Object> enableRotation(String arn) {
        key(arn);
        rotation.put(arn, true);
        return Map.of();
    }

    private synchronized Map<String, Object> scheduleDeletion(
            String arn, Map<String, Object> input) {
        key(arn);
        if (!"7".equals(String.valueOf(input.get("PendingWindowInDays"))))
            throw new AwsError(501, "NotFaked", "another window than 7 days");
        set(arn, "KeyState", "PendingDeletion");
        return Map.of("KeyId", arn, "KeyState", "PendingDeletion", "DeletionDate", 1_772_971_200);
    }

    private synchronized boolean rotation(String arn) {
        key(arn);
        return rotation.getOrDefault(arn, false);
    }

    private synchronized String read(String arn) {
        key(arn);
        String stale = staleReads.poll();
        return rewritten(stale == null ? delayed(arn) : stale);
    }

    private String delayed(String arn) {
        long seen = clock.getAsLong() - lag.getAsLong();
        List<Version> versions = history.getOrDefault(arn, List.of());
        for (Version version : versions.reversed())
            if (version.since() <= seen) return version.text();
        return versions.isEmpty() ? policy(arn) : versions.getFirst().text();
    }

    // KMS writes policies out again: never the bytes that were put.
    private static String rewritten(String text) {
        return text.isBlank() || text.startsWith("!")
                ? text.replaceFirst("!", "")
                : JsonText.pretty(JsonReader.read(text));
    }

    private Map<String, Object> put(String arn, String text, Map<String, Object> input) {
        Runnable before;
        synchronized (this) {
            before = beforePuts.poll();
        }
        if (before != null) before.run();
        synchronized (this) {
            key(arn);
            acceptable(text, input);
            puts.add(text);
            UnaryOperator<String> after = afterPuts.poll();
            store(arn, after == null ? text : after.apply(text));
        }
        return Map.of();
    }

    private void acceptable(String text, Map<String, Object> input) {
        if (input.containsKey("BypassPolicyLockoutSafetyCheck"))
            throw new AwsError(501, "LockOutBypassed", "the check must stay on");
        if (!(JsonReader.read(text) instanceof Json.Obj))
            throw new AwsError(400, "MalformedPolicyDocumentException", "Syntax errors in policy");
        if (text.contains("AROA")) throw invalidPrincipals();
        Matcher roles = ROLE.matcher(text);
        while (roles.find()) if (!iam.isVisibleToKms(roles.group(1))) throw invalidPrincipals();
    }

    private static AwsError invalidPrincipals() {
        return new AwsError(
                400,
                "MalformedPolicyDocumentException",
                "Policy contains a statement with one or more invalid principals.");
    }

    private synchronized Map<String, Object> listGrants(String arn, Map<String, Object> input) {
        List<Map<String, Object>> all = grants.getOrDefault(arn, List.of());
        int start =
                input.containsKey("Marker")
                        ? Integer.parseInt(String.valueOf(input.get("Marker")))
                        : 0;
        int end = Math.min(all.size(), start + grantPageSize);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("Grants", all.subList(start, end));
        page.put("Truncated", end < all.size());
        if (end < all.size()) page.put("NextMarker", String.valueOf(end));
        return page;
    }
}
