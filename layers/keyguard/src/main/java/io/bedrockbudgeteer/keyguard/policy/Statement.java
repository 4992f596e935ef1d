package io.bedrockbudgeteer.keyguard.policy;

import io.bedrockbudgeteer.keyguard.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// One statement of a policy: its exact text and what it says. Made by the reader. Source: IAM User
/// Guide, Grammar of the IAM JSON policy language.
///
/// @param index 0-based position in the document
/// @param sid the statement id when there is one
/// @param text the statement's own source text, byte for byte
/// @param effect empty when missing or not exactly `Allow` or `Deny`; then `problems` says so
/// @param principals empty when missing
/// @param actions empty when missing
/// @param resources empty when missing
/// @param conditions all of them must hold
/// @param problems what cannot be understood: unknown elements, wrong types, elements that exclude
///   each other. A statement with a problem decides nothing, neither way
/// @param json the parsed text; its positions count from the start of the document
public record Statement(
        int index,
        Optional<String> sid,
        String text,
        Optional<Effect> effect,
        Optional<Principals> principals,
        Optional<Actions> actions,
        Optional<Resources> resources,
        List<ConditionTest> conditions,
        List<String> problems,
        Json json) {

    private static final Set<String> SCOPING_KEYS =
            Set.of(
                    "aws:sourcearn",
                    "aws:sourceaccount",
                    "aws:sourceorgid",
                    "aws:sourceorgpaths",
                    "kms:calleraccount",
                    "kms:viaservice");

    public Statement {
        conditions = List.copyOf(conditions);
        problems = List.copyOf(problems);
    }

    /// How people find it: its Sid, or `statement N` counted from 1.
    public String label() {
        return sid.filter(name -> !name.isBlank()).orElse("statement " + (index + 1));
    }

    public boolean isAllow() {
        return effect.isPresent() && effect.get() == Effect.ALLOW;
    }

    public boolean isDeny() {
        return effect.isPresent() && effect.get() == Effect.DENY;
    }

    /// Unique ids in Principal or NotPrincipal: roles and users that no longer exist. While one is
    /// there, KMS refuses every new text.
    public List<String> orphanIds() {
        return principals.map(Principals::orphanIds).orElse(List.of());
    }

    public boolean hasNotPrincipal() {
        return principals.map(Principals::negated).orElse(false);
    }

    /// What the Resource says about the key the policy belongs to.
    public Resources.InKeyPolicy resourceFor(Arn key) {
        return resources
                .map(found -> found.inKeyPolicyOf(key))
                .orElse(Resources.InKeyPolicy.MISSING);
    }

    /// Whether the statement gives and denies nothing at all: it has no Action or no Resource.
    /// Source: KMS Developer Guide, Key policies, required elements.
    public boolean isIneffective() {
        return actions.isEmpty()
                || actions.get().patterns().isEmpty()
                || resources.isEmpty()
                || resources.get().isEmpty();
    }

    /// Whether an Allow names everyone and no condition keeps a stranger out who leaves its key
    /// away.
    public boolean isOpenToEveryone() {
        return isAllow()
                && principals
                        .map(found ->
                                !found.negated()
                                        && found.names().stream()
                                                .anyMatch(Principals.Name::isEveryone))
                        .orElse(false)
                && conditions.stream().allMatch(ConditionTest::passesWithoutKey);
    }

    /// Service principals that an Allow lets in on behalf of anybody: no condition ties the call to
    /// an account, a resource or an encryption context. Source: IAM User Guide, The confused deputy
    /// problem.
    public List<String> unscopedServices() {
        if (!isAllow() || conditions.stream().anyMatch(Statement::scopes)) return List.of();
        return principals.filter(found -> !found.negated()).stream()
                .flatMap(found -> found.names().stream())
                .filter(name -> name.type() == Principals.Type.SERVICE)
                .map(Principals.Name::value)
                .toList();
    }

    private static boolean scopes(ConditionTest test) {
        String key = test.key().toLowerCase(Locale.ROOT);
        return !test.passesWithoutKey()
                && (SCOPING_KEYS.contains(key) || key.startsWith("kms:encryptioncontext"));
    }

    /// SHA-256, 64 hex digits, over effect, actions, resource and condition: what the statement
    /// gives, not to whom.
    public String contentSha256() {
        return Canonical.sha256(Canonical.content(json));
    }

    /// The characters that the statement takes at least: its text without white space outside
    /// strings.
    public int shortestLength() {
        return PolicyText.shortestLength(text);
    }

    /// SHA-256, 64 hex digits, over the principal: to whom the statement gives.
    public String principalSha256() {
        return Canonical.sha256(Canonical.principal(json));
    }
}
