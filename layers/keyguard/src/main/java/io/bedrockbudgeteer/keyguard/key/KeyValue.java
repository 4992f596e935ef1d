package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.util.Optional;
import java.util.regex.Pattern;

/// What somebody wrote where a key is wanted.
public sealed interface KeyValue {

    /// `arn:aws:kms:<region>:<account>:key/<id>`
    record Key(Arn arn) implements KeyValue {}

    /// `arn:aws:kms:<region>:<account>:alias/<name>`
    record Alias(Arn arn) implements KeyValue {}

    record Unusable(Finding finding) implements KeyValue {}

    /// KMS API Reference, DescribeKey: UUIDs, and for multi-Region keys `mrk-` and 32 hex digits.
    Pattern KEY_ID =
            Pattern.compile(
                    "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32}");

    /// KMS API Reference, CreateAlias.
    Pattern ALIAS_NAME = Pattern.compile("[a-zA-Z0-9/_-]{1,250}");

    /// Judges the shape only; asks nobody.
    ///
    /// @param site used in the advice
    static KeyValue read(String text, Site site) {
        String shown = text.length() <= 200 ? text : text.substring(0, 200) + "…";
        if (!text.equals(text.strip()))
            return unusable(
                    "The key value '" + shown.strip() + "' has blanks around it.",
                    "Remove the blanks.");
        if (text.isEmpty())
            return unusable(
                    "The key value is empty.",
                    "Give the ARN of the key, such as " + site.exampleArn() + ".");
        Optional<Arn> arn = Arn.tryParse(text);
        if (arn.isEmpty()) return unusable("'" + shown + "' is not an ARN.", adviceFor(text, site));
        if (!arn.get().service().equals("kms"))
            return unusable(
                    "'" + shown + "' is the ARN of something else than a KMS key.",
                    "Give the ARN of the key, such as " + site.exampleArn() + ".");
        return ofKms(arn.get(), shown, site);
    }

    private static KeyValue ofKms(Arn arn, String shown, Site site) {
        String resource = arn.resource();
        if (resource.startsWith("key/") && KEY_ID.matcher(arn.resourceName()).matches())
            return new Key(arn);
        if (resource.startsWith("alias/aws/"))
            // Naming such an alias can make KMS create the key: it is never asked for. KMS API
            // Reference, DescribeKey.
            return unusable(
                    "'" + shown + "' names a key that AWS manages; its policy cannot be changed.",
                    "Create a customer managed key and give its ARN, such as "
                            + site.exampleArn()
                            + ".");
        if (resource.startsWith("alias/") && ALIAS_NAME.matcher(arn.resourceName()).matches())
            return new Alias(arn);
        return unusable(
                "'" + shown + "' is neither a key ARN nor an alias ARN.",
                "Give the ARN of the key, such as " + site.exampleArn() + ".");
    }

    private static String adviceFor(String text, Site site) {
        String head =
                "arn:" + site.partition() + ":kms:" + site.region() + ":" + site.account() + ":";
        if (text.startsWith("alias/") && !text.startsWith("alias/aws/"))
            return "Give the whole ARN of the alias: " + head + text + ".";
        if (KEY_ID.matcher(text).matches())
            return "Give the whole ARN of the key: " + head + "key/" + text + ".";
        return "Give the ARN of the key, such as " + site.exampleArn() + ".";
    }

    private static Unusable unusable(String message, String fix) {
        return new Unusable(Finding.of(Rule.KEY001, message, fix));
    }
}
