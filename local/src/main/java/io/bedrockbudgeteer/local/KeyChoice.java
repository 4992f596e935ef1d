package io.bedrockbudgeteer.local;

import io.bedrockbudgeteer.local.account.Keys.KeySpec;
import java.util.Optional;

/// The KMS key that a run is made with.
///
/// @param policy key policy text; empty for the default policy, which delegates to the account
/// @param account owner; empty for the account of the stack
/// @param region empty for the Region of the stack
/// @param alias with `alias/`; the stack then gets the alias ARN
public record KeyChoice(
        Optional<String> policy,
        String state,
        String spec,
        String manager,
        String origin,
        boolean multiRegion,
        boolean rotation,
        Optional<String> account,
        Optional<String> region,
        Optional<String> alias) {

    /// An enabled symmetric key of the account with the default policy, rotated.
    public static KeyChoice standard() {
        return new KeyChoice(
                Optional.empty(),
                "Enabled",
                "SYMMETRIC_DEFAULT",
                "CUSTOMER",
                "AWS_KMS",
                false,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public KeyChoice withPolicy(String text) {
        return new KeyChoice(
                Optional.of(text),
                state,
                spec,
                manager,
                origin,
                multiRegion,
                rotation,
                account,
                region,
                alias);
    }

    public KeyChoice withState(String other) {
        return new KeyChoice(
                policy,
                other,
                spec,
                manager,
                origin,
                multiRegion,
                rotation,
                account,
                region,
                alias);
    }

    public KeyChoice withSpec(String other) {
        return new KeyChoice(
                policy,
                state,
                other,
                manager,
                origin,
                multiRegion,
                rotation,
                account,
                region,
                alias);
    }

    public KeyChoice withManager(String other) {
        return new KeyChoice(
                policy, state, spec, other, origin, multiRegion, rotation, account, region, alias);
    }

    public KeyChoice withOrigin(String other) {
        return new KeyChoice(
                policy, state, spec, manager, other, multiRegion, rotation, account, region, alias);
    }

    public KeyChoice withMultiRegion(boolean other) {
        return new KeyChoice(
                policy, state, spec, manager, origin, other, rotation, account, region, alias);
    }

    public KeyChoice withRotation(boolean other) {
        return new KeyChoice(
                policy, state, spec, manager, origin, multiRegion, other, account, region, alias);
    }

    public KeyChoice withAccount(String other) {
        return new KeyChoice(
                policy,
                state,
                spec,
                manager,
                origin,
                multiRegion,
                rotation,
                Optional.of(other),
                region,
                alias);
    }

    public KeyChoice withRegion(String other) {
        return new KeyChoice(
                policy,
                state,
                spec,
                manager,
                origin,
                multiRegion,
                rotation,
                account,
                Optional.of(other),
                alias);
    }

    /// @param name with or without `alias/`
    public KeyChoice withAlias(String name) {
        String full = name.startsWith("alias/") ? name : "alias/" + name;
        return new KeyChoice(
                policy,
                state,
                spec,
                manager,
                origin,
                multiRegion,
                rotation,
                account,
                region,
                Optional.of(full));
    }

    KeyChoice withoutAlias() {
        return new KeyChoice(
                policy,
                state,
                spec,
                manager,
                origin,
                multiRegion,
                rotation,
                account,
                region,
                Optional.empty());
    }

    KeySpec in(String stackAccount, String stackRegion) {
        boolean automatic =
                rotation && spec.equals("SYMMETRIC_DEFAULT") && origin.equals("AWS_KMS");
        return new KeySpec(
                policy,
                state,
                spec,
                usage(),
                manager,
                origin,
                multiRegion,
                account.orElse(stackAccount),
                region.orElse(stackRegion),
                alias,
                automatic);
    }

    /// What a key of this spec is mostly made for. Source: KMS Developer Guide, "Key spec
    /// reference".
    private String usage() {
        if (spec.startsWith("HMAC")) {
            return "GENERATE_VERIFY_MAC";
        }
        return spec.startsWith("ECC") || spec.startsWith("ML_DSA")
                ? "SIGN_VERIFY"
                : "ENCRYPT_DECRYPT";
    }
}
