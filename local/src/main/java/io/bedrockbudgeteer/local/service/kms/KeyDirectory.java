package io.bedrockbudgeteer.local.service.kms;

import io.bedrockbudgeteer.local.account.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Keys and aliases by every form of name that KMS takes (KMS Developer Guide, "Key identifiers").
/// Not thread-safe; guarded by the store.
final class KeyDirectory {
    private static final Pattern ARN =
            Pattern.compile(
                    "arn:([a-z-]+):kms:([a-z0-9-]*):([0-9]*):(key/[A-Za-z0-9-]+|alias/[A-Za-z0-9/_-]+)");
    private static final Pattern ID =
            Pattern.compile("(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    private final String partition;
    private final String region;
    private final String account;
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final Map<String, String> aliases = new TreeMap<>();

    KeyDirectory(String partition, String region, String account) {
        this.partition = partition;
        this.region = region;
        this.account = account;
    }

    /// A key, and the alias name by which it was found.
    record Found(Key key, Optional<String> alias) {}

    void add(Key key) {
        keys.put(key.arn(), key);
    }

    List<Key> keys() {
        return List.copyOf(keys.values());
    }

    /// Aliases of this account and Region: alias ARN to key ARN.
    Map<String, String> aliases() {
        return new TreeMap<>(aliases);
    }

    void alias(String aliasArn, String keyArn) {
        aliases.put(aliasArn, keyArn);
    }

    void removeAlias(String aliasArn) {
        aliases.remove(aliasArn);
    }

    String aliasArn(String name, Key key) {
        return "arn:" + partition + ":kms:" + key.region() + ":" + key.account() + ":" + name;
    }

    String ownAliasArn(String name) {
        return "arn:" + partition + ":kms:" + region + ":" + account + ":" + name;
    }

    List<String> aliasNames(Key key) {
        List<String> names = new ArrayList<>();
        aliases.forEach((arn, target) -> {
            if (target.equals(key.arn())) names.add(arn.substring(arn.lastIndexOf(":alias/") + 1));
        });
        return names;
    }

    /// Key id, key ARN, alias name or alias ARN, as DescribeKey and the cryptographic operations
    /// take them.
    Found find(String name) {
        if (name.startsWith("alias/")) return byAlias(ownAliasArn(name), name);
        Matcher arn = arn(name);
        if (arn != null && arn.group(4).startsWith("alias/")) return byAlias(name, arn.group(4));
        return new Found(arn == null ? byId(name) : byArn(name), Optional.empty());
    }

    /// Key id or key ARN only, as the policy operations take them.
    Found findKey(String name) {
        if (name.startsWith("alias/")) throw notFound("Invalid keyId '" + name + "'");
        Matcher arn = arn(name);
        // Assumption: the documentation only says that an alias is not accepted here.
        if (arn != null && arn.group(4).startsWith("alias/")) throw invalidArn(name);
        return find(name);
    }

    private static @Nullable Matcher arn(String name) {
        if (!name.startsWith("arn:")) return null;
        Matcher matcher = ARN.matcher(name);
        if (!matcher.matches()) throw invalidArn(name);
        return matcher;
    }

    private Found byAlias(String aliasArn, String name) {
        String target = aliases.get(aliasArn);
        if (target == null) throw absent(aliasArn, "Alias " + aliasArn + " is not found.");
        return new Found(byArn(target), Optional.of(name));
    }

    private Key byId(String id) {
        if (!ID.matcher(id).matches()) throw notFound("Invalid keyId '" + id + "'");
        return byArn("arn:" + partition + ":kms:" + region + ":" + account + ":key/" + id);
    }

    private Key byArn(String arn) {
        String itsRegion = arn.split(":", 6)[3];
        // The endpoint of a Region knows only the keys of that Region.
        if (!itsRegion.equals(region)) throw notFound("Invalid arn " + itsRegion);
        Key key = keys.get(arn);
        if (key == null) throw absent(arn, "Key '" + arn + "' does not exist");
        return key;
    }

    private Refusal absent(String arn, String message) {
        String owner = arn.split(":", 6)[4];
        if (owner.equals(account)) return notFound(message);
        // KMS does not tell a stranger whether the key of another account exists.
        return new Refusal(
                "AccessDeniedException",
                400,
                "The caller is not authorized on resource: "
                        + arn
                        + " because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based"
                        + " policy explicitly denies access");
    }

    private static Refusal notFound(String message) {
        return new Refusal("NotFoundException", 400, message);
    }

    private static Refusal invalidArn(String name) {
        return new Refusal("InvalidArnException", 400, "Invalid arn " + name);
    }
}
