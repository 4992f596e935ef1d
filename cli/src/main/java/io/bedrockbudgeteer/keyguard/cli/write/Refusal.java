package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.aws.Problem;

/// What a failed write says about the world.
final class Refusal {

    private Refusal() {}

    /// Whether the service said that it has not done it, as opposed to no answer, or one that
    /// leaves it open.
    static boolean isSure(Problem problem) {
        return problem.isTransient()
                ? problem.code().startsWith("Throttling")
                : !problem.code().equals("SdkClient");
    }
}
