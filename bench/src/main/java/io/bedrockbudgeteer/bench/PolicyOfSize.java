package io.bedrockbudgeteer.bench;

/// The measured policies for measurements in other packages.
public final class PolicyOfSize {

    private PolicyOfSize() {}

    /// As many statements of other people as fit; access is left to IAM.
    public static String kilobytes(int kilobytes) {
        return Policies.ofSize(kilobytes * 1024);
    }
}
