package io.bedrockbudgeteer.keyguard.cli.source;

import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonSyntaxException;
import io.bedrockbudgeteer.keyguard.key.KeyFacts;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// A key as `aws kms describe-key` prints it. A member `KeyRotationEnabled`, as `aws kms
/// get-key-rotation-status` prints it, may stand beside or in KeyMetadata. Source: KMS API
/// Reference, KeyMetadata.
///
/// @param rotates empty when the file does not say
public record KeyFile(KeyFacts facts, Optional<Boolean> rotates) {
    private static final String FORM = "write the answer of `aws kms describe-key`";

    /// @param name what the file is called, for messages
    /// @throws BadInput when the text is something else
    public static KeyFile read(String name, String text) {
        Json.Obj root = root(name, text);
        Json.Obj key =
                root.get("KeyMetadata").orElse(root) instanceof Json.Obj metadata ? metadata : root;
        Arn arn =
                key.string("Arn")
                        .flatMap(Arn::tryParse)
                        .filter(found -> found.service().equals("kms"))
                        .orElseThrow(
                                () -> new BadInput(name + " has no Arn of a KMS key; " + FORM));
        return new KeyFile(
                new KeyFacts(
                        arn,
                        word(key, "KeyManager"),
                        word(key, "KeyState"),
                        spec(key),
                        word(key, "KeyUsage"),
                        word(key, "Origin"),
                        multiRegion(key),
                        instant(name, key, "ValidTo"),
                        instant(name, key, "DeletionDate")),
                flag(root, "KeyRotationEnabled").or(() -> flag(key, "KeyRotationEnabled")));
    }

    private static Json.Obj root(String name, String text) {
        Json json;
        try {
            json = JsonReader.read(text);
        } catch (JsonSyntaxException e) {
            throw new BadInput(name + " is not JSON: " + e.getMessage() + "; " + FORM);
        }
        if (json instanceof Json.Obj root) return root;
        throw new BadInput(name + " is " + json.kind() + "; " + FORM);
    }

    private static String word(Json.Obj key, String member) {
        return key.string(member).orElse("");
    }

    // The older name; the AWS CLI prints both.
    private static String spec(Json.Obj key) {
        return key.string("KeySpec").or(() -> key.string("CustomerMasterKeySpec")).orElse("");
    }

    private static String multiRegion(Json.Obj key) {
        Optional<String> type =
                key.get("MultiRegionConfiguration")
                        .flatMap(found ->
                                found instanceof Json.Obj configuration
                                        ? configuration.string("MultiRegionKeyType")
                                        : Optional.empty());
        return type.orElse(flag(key, "MultiRegion").orElse(false) ? "PRIMARY" : "");
    }

    private static Optional<Boolean> flag(Json.Obj key, String member) {
        return key.get(member).orElse(new Json.Null(0, 0))
                        instanceof Json.Bool(boolean value, int _, int _)
                ? Optional.of(value)
                : Optional.empty();
    }

    private static Optional<Instant> instant(String name, Json.Obj key, String member) {
        try {
            return switch (key.members().getOrDefault(member, new Json.Null(0, 0))) {
                case Json.Str(String date, int _, int _) ->
                        Optional.of(OffsetDateTime.parse(date).toInstant());
                case Json.Num(String seconds, int _, int _) when seconds.length() <= 32 ->
                        Optional.of(
                                Instant.ofEpochMilli(
                                        new BigDecimal(seconds).movePointRight(3).longValue()));
                default -> Optional.empty();
            };
        } catch (DateTimeException | NumberFormatException e) {
            throw new BadInput(name + " has a " + member + " that is no date; " + FORM);
        }
    }
}
