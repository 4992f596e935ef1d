package io.bedrockbudgeteer.keyguard.key;

/// Where the key has to be: the place of the stack.
///
/// @param partition such as `aws`
/// @param region such as `eu-central-1`
/// @param account twelve digits
public record Site(String partition, String region, String account) {

    /// For messages: the shape of a key ARN here.
    String exampleArn() {
        return "arn:"
                + partition
                + ":kms:"
                + region
                + ":"
                + account
                + ":key/1234abcd-12ab-34cd-56ef-1234567890ab";
    }
}
