package io.bedrockbudgeteer.local.service.kms;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.Keys;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.access.Attempt;
import io.bedrockbudgeteer.local.service.access.CallLog;
import io.bedrockbudgeteer.local.service.access.Context;
import io.bedrockbudgeteer.local.service.access.Decision;
import io.bedrockbudgeteer.local.service.access.Evaluation;
import io.bedrockbudgeteer.local.service.access.Policy;
import io.bedrockbudgeteer.local.service.iam.RoleStore;
import io.bedrockbudgeteer.local.service.kms.KeyDirectory.Found;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The keys of the simulated account and, for scenarios, of others. Thread-safe; one call at a
/// time.
public final class KeyStore implements Keys {
    private final String partition;
    private final String region;
    private final String account;
    private final KmsOptions options;
    private final RoleStore roles;
    private final CallLog log;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Principal deployer;
    private final KeyDirectory directory;
    private final PolicyText texts;
    private final PolicyRules rules;

    public KeyStore(
            String partition,
            String region,
            String account,
            KmsOptions options,
            RoleStore roles,
            CallLog log,
            InstantSource clock,
            RandomGenerator random,
            Principal deployer) {
        this.partition = partition;
        this.region = region;
        this.account = account;
        this.options = options;
        this.roles = roles;
        this.log = log;
        this.clock = clock;
        this.random = random;
        this.deployer = deployer;
        this.directory = new KeyDirectory(partition, region, account);
        this.texts = new PolicyText(roles, partition);
        this.rules = new PolicyRules(options.refusesIncompleteStatements(), this::principalExists);
    }

    @Override
    public synchronized String create(KeySpec spec) {
        return create(new Attempt(roles.who(deployer)), spec, false).arn();
    }

    synchronized Key create(Attempt attempt, KeySpec spec, boolean bypass) {
        if (!KeyStates.ALL.contains(spec.state()))
            throw new NotModelledException("key state " + spec.state());
        String id =
                spec.multiRegion()
                        ? "mrk-" + hex(32)
                        : new UUID(random.nextLong(), random.nextLong()).toString();
        String arn =
                "arn:" + partition + ":kms:" + spec.region() + ":" + spec.account() + ":key/" + id;
        String text = spec.policy().orElseGet(() -> KeyDefaults.policy(partition, region, spec));
        PolicyRules.checkParameter(text);
        JsonNode document = rules.check(text, arn);
        Key key = new Key(id, arn, spec, clock.instant(), texts.stored(document), text);
        boolean own = spec.account().equals(account) && spec.manager().equals("CUSTOMER");
        if (own && !bypass) requireNoLockout(attempt, key, texts.stored(document));
        directory.add(key);
        spec.alias().ifPresent(alias -> directory.alias(directory.aliasArn(alias, key), arn));
        return key;
    }

    @Override
    public synchronized String policy(String keyArn) {
        return texts.printed(directory.findKey(keyArn).key().stored());
    }

    @Override
    public synchronized String policyAsPut(String keyArn) {
        return directory.findKey(keyArn).key().asPut();
    }

    @Override
    public synchronized void putPolicy(Principal caller, String keyArn, String policy) {
        call(caller, "PutKeyPolicy", attempt -> put(attempt, keyArn, policy, false));
    }

    synchronized void put(Attempt attempt, String keyId, String text, boolean bypass) {
        PolicyRules.checkParameter(text);
        Found found = directory.findKey(keyId);
        authorise(
                attempt,
                found,
                "PutKeyPolicy",
                Map.of(),
                Map.of("kms:BypassPolicyLockoutSafetyCheck", String.valueOf(bypass)));
        JsonNode document = texts.stored(rules.check(text, found.key().arn()));
        if (bypass) {
            if (!attempt.who().principal().equals(deployer))
                log.violation("PutKeyPolicy with the lock-out check bypassed");
        } else {
            requireNoLockout(attempt, found.key(), document);
        }
        found.key().put(document, text, options.staleReads());
    }

    /// Reads the policy as GetKeyPolicy does, stale reads included.
    synchronized String read(Key key) {
        return texts.printed(key.read());
    }

    @Override
    public synchronized void state(String keyArn, String state) {
        if (!KeyStates.ALL.contains(state)) throw new NotModelledException("key state " + state);
        directory.findKey(keyArn).key().state(state);
    }

    @Override
    public synchronized void alias(String aliasName, String keyArn) {
        Key key = directory.findKey(keyArn).key();
        String arn = directory.ownAliasArn(aliasName);
        String target = directory.aliases().get(arn);
        if (target != null && !target.equals(keyArn)) {
            throw new Refusal(
                    "AlreadyExistsException",
                    400,
                    "An alias with the name " + arn + " already exists");
        }
        directory.alias(arn, key.arn());
    }

    @Override
    public synchronized void removeAlias(String aliasName) {
        directory.removeAlias(directory.ownAliasArn(aliasName));
    }

    @Override
    public void use(
            Principal caller,
            String action,
            String key,
            Map<String, String> encryptionContext,
            Map<String, String> conditionKeys) {
        call(
                caller,
                action,
                attempt -> require(attempt, key, action, encryptionContext, conditionKeys));
    }

    @Override
    public synchronized List<String> arns() {
        return directory.keys().stream().map(Key::arn).toList();
    }

    /// Finds a key by any of its names and authorises an operation on it; state last, as an
    /// unauthorised caller learns nothing.
    synchronized Found require(
            Attempt attempt,
            String name,
            String operation,
            Map<String, String> encryptionContext,
            Map<String, String> given) {
        Found found = directory.find(name);
        authorise(attempt, found, operation, encryptionContext, given);
        KeyStates.require(found.key(), operation);
        return found;
    }

    /// As [#require], for the operations that take no alias.
    synchronized Found requireKey(
            Attempt attempt, String name, String operation, Map<String, String> given) {
        return requireKey(attempt, name, operation, Map.of(), given);
    }

    synchronized Found requireKey(
            Attempt attempt,
            String name,
            String operation,
            Map<String, String> encryptionContext,
            Map<String, String> given) {
        Found found = directory.findKey(name);
        authorise(attempt, found, operation, encryptionContext, given);
        KeyStates.require(found.key(), operation);
        return found;
    }

    synchronized KeyDirectory directory() {
        return directory;
    }

    Instant now() {
        return clock.instant();
    }

    String hex(int characters) {
        StringBuilder text = new StringBuilder();
        while (text.length() < characters) text.append(Integer.toHexString(random.nextInt(16)));
        return text.toString();
    }

    private void authorise(
            Attempt attempt,
            Found found,
            String operation,
            Map<String, String> encryptionContext,
            Map<String, String> given) {
        Key key = found.key();
        Decision decision =
                decide(
                        attempt,
                        found,
                        Policy.of(key.stored()),
                        operation,
                        encryptionContext,
                        given);
        attempt.note("kms:" + operation, key.arn(), decision);
        if (!decision.allowed()) {
            throw new Refusal(
                    "AccessDeniedException",
                    400,
                    attempt.denial("kms:" + operation, key.arn(), decision));
        }
    }

    private Decision decide(
            Attempt attempt,
            Found found,
            Policy policy,
            String operation,
            Map<String, String> encryptionContext,
            Map<String, String> given) {
        Key key = found.key();
        Context context =
                KeyContext.of(
                        attempt.who(),
                        key,
                        directory.aliasNames(key),
                        operation,
                        found.alias(),
                        encryptionContext,
                        given,
                        clock.instant());
        return new Evaluation(attempt.who(), "kms:" + operation, key.arn(), context)
                .byKey(policy, key.account(), key.grants(), encryptionContext);
    }

    /// KMS API Reference, PutKeyPolicy: the policy must let its own author put the next one.
    private void requireNoLockout(Attempt attempt, Key key, JsonNode document) {
        Map<String, String> given = Map.of("kms:BypassPolicyLockoutSafetyCheck", "false");
        Found found = new Found(key, Optional.empty());
        if (!decide(attempt, found, Policy.of(document), "PutKeyPolicy", Map.of(), given)
                .allowed()) {
            throw PolicyRules.malformed(
                    "The new key policy will not allow you to update the key policy in the future.");
        }
    }

    /// Principals of other accounts are taken as existing: nothing is known about them here.
    private boolean principalExists(String principal) {
        if (principal.equals("*") || principal.matches("[0-9]{12}")) return true;
        if (principal.matches("A(ROA|IDA)[A-Z0-9]{16,}")) return roles.arnOf(principal).isPresent();
        String[] parts = principal.split(":", 6);
        if (parts.length < 6 || !parts[1].equals(partition) || !parts[4].matches("[0-9]{12}"))
            return false;
        if (!parts[4].equals(account) || parts[5].equals("root")) return true;
        if (parts[2].equals("sts") && parts[5].startsWith("assumed-role/"))
            return roles.exists(parts[5].split("/")[1]);
        if (parts[5].startsWith("user/")) return options.users().contains(principal);
        return roles.createdAt(principal)
                .map(created -> !clock.instant().isBefore(created.plus(options.visibility())))
                .orElse(false);
    }

    private void call(Principal caller, String operation, Consumer<Attempt> body) {
        Attempt attempt = new Attempt(roles.who(caller));
        Optional<Refusal> failure = Optional.empty();
        try {
            body.accept(attempt);
        } catch (Refusal refusal) {
            failure = Optional.of(refusal);
            throw refusal;
        } catch (NotModelledException e) {
            log.violation(text(e));
            throw e;
        } finally {
            log.add(attempt, "kms:" + operation, failure);
        }
    }

    private static String text(Exception e) {
        return String.valueOf(e.getMessage());
    }
}
