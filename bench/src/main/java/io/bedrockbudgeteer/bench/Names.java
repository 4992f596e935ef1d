package io.bedrockbudgeteer.bench;

import io.bedrockbudgeteer.keyguard.policy.Arn;

/// The account, the key and the principals that the measured policies and questions are about.
final class Names {
    static final String ACCOUNT = "111122223333";
    static final String OTHER_ACCOUNT = "444455556666";
    static final Arn KEY =
            Arn.parse(
                    "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");
    static final String TRAIL = "arn:aws:cloudtrail:us-east-1:111122223333:trail/audit";
    static final String LOG_GROUP =
            "arn:aws:logs:us-east-1:111122223333:log-group:/application/orders";
    static final String TOPIC = "arn:aws:sns:us-east-1:111122223333:operations";
    static final String ALARM = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:Orders-Latency";

    private Names() {}

    static Arn role(String name) {
        return Arn.parse("arn:aws:iam::" + ACCOUNT + ":role/" + name);
    }

    static Arn otherRole(String name) {
        return Arn.parse("arn:aws:iam::" + OTHER_ACCOUNT + ":role/" + name);
    }
}
