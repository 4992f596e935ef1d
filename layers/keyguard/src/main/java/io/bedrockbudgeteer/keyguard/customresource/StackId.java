package io.bedrockbudgeteer.keyguard.customresource;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A stack ARN: `arn:aws:cloudformation:eu-central-1:111122223333:stack/app/0a1b2c3d-…`. It carries
/// a unique id, so a stack that is made again under the same name has another one. Partition,
/// Region and account of everything the guards look at come from here.
///
/// @param arn exactly as received
/// @param partition such as `aws` or `aws-us-gov`
/// @param region such as `eu-central-1`
/// @param account twelve digits
/// @param stackName such as `app`
public record StackId(
        String arn, String partition, String region, String account, String stackName) {
    private static final Pattern SHAPE =
            Pattern.compile(
                    "arn:(aws[a-z-]*):cloudformation:([a-z0-9-]+):(\\d{12}):stack/([A-Za-z][A-Za-z0-9-]*)/.+");

    public static Optional<StackId> of(String arn) {
        Matcher matcher = SHAPE.matcher(arn);
        if (!matcher.matches()) return Optional.empty();
        return Optional.of(
                new StackId(
                        arn,
                        matcher.group(1),
                        matcher.group(2),
                        matcher.group(3),
                        matcher.group(4)));
    }

    @Override
    public String toString() {
        return arn;
    }
}
