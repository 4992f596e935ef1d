package io.bedrockbudgeteer.local.service.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The credential scope of a Signature Version 4 header (IAM User Guide, "Elements of an AWS API
/// request signature"). It tells who calls and which service is meant. The signature itself is not
/// verified.
public record Scope(String accessKey, String region, String service) {
    private static final Pattern CREDENTIAL =
            Pattern.compile(
                    "AWS4-HMAC-SHA256 .*?Credential=([A-Za-z0-9]+)/[0-9]{8}/([a-z0-9-]+)/([a-z0-9-]+)/aws4_request[, ].*",
                    Pattern.DOTALL);

    public static Optional<Scope> of(Request request) {
        Matcher matcher = CREDENTIAL.matcher(request.header("authorization").orElse(""));
        return matcher.matches()
                ? Optional.of(new Scope(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }
}
