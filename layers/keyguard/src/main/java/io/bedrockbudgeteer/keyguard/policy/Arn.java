package io.bedrockbudgeteer.keyguard.policy;

import java.util.Optional;

/// An Amazon Resource Name, taken apart at its first five colons. Example:
/// `arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`.
///
/// @param partition `aws`, `aws-cn`, `aws-us-gov`, ...
/// @param service such as `kms`
/// @param region empty for global services such as IAM
/// @param account twelve digits, or empty
/// @param resource everything after the fifth colon; may contain colons and slashes
public record Arn(
        String partition, String service, String region, String account, String resource) {

    /// Source: IAM User Guide, Identify AWS resources with Amazon Resource Names.
    public static Optional<Arn> tryParse(String text) {
        String[] parts = text.split(":", 6);
        if (parts.length != 6
                || !parts[0].equals("arn")
                || parts[1].isEmpty()
                || parts[2].isEmpty()
                || parts[5].isEmpty()) return Optional.empty();
        return Optional.of(new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]));
    }

    /// @throws IllegalArgumentException when the text has fewer than six parts or does not start
    ///   with `arn:`
    public static Arn parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> new IllegalArgumentException("not an ARN: " + text));
    }

    /// The resource after its first slash: the id of `key/<id>`, the name of `alias/<name>`, path
    /// and name of `role/<path>/<name>`.
    public String resourceName() {
        int slash = resource.indexOf('/');
        return slash < 0 ? resource : resource.substring(slash + 1);
    }

    @Override
    public String toString() {
        return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
    }
}
