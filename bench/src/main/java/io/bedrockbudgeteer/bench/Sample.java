package io.bedrockbudgeteer.bench;

import java.nio.charset.StandardCharsets;

/// The measured policy texts. The names are what the results are filed under.
public enum Sample {
    /// What every key made by the API or by CloudFormation without KeyPolicy has.
    DEFAULT("default policy", Policies.DEFAULT),
    /// Ten statements as a team has them.
    TYPICAL("typical", Policies.TYPICAL),
    KB2("2 KB", Policies.ofSize(2 * 1024)),
    KB4("4 KB", Policies.ofSize(4 * 1024)),
    KB8("8 KB", Policies.ofSize(8 * 1024)),
    KB16("16 KB", Policies.ofSize(16 * 1024)),
    KB20("20 KB", Policies.ofSize(20 * 1024)),
    /// The longest text that KMS takes.
    KB32("32 KB", Policies.ofSize(32 * 1024)),
    /// As long, and IAM is not left in: every user of the key needs a statement.
    KB32_NAMED("32 KB, not left to IAM", Policies.withoutDelegation(32 * 1024));

    private final String title;
    private final String text;

    Sample(String title, String text) {
        this.title = title;
        this.text = text;
    }

    /// For people.
    String title() {
        return title;
    }

    String text() {
        return text;
    }

    int bytes() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
