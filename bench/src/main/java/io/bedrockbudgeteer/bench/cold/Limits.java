package io.bedrockbudgeteer.bench.cold;

import java.util.List;

/// What a cold start of the shipped packaging may take at most. Times depend on the machine and are
/// only reported; everything else is the same at every start, and the build checks it.
final class Limits {
    static final double TIMES_NODE = 2.6;
    static final double TIMES_HELPER = 1.25;
    static final double TIMES_NODE_AT_SHARE = 2.0;
    static final double TIMES_HELPER_AT_SHARE = 1.0;

    /// Of the optional packaging.
    static final double AOT_TIMES_NODE_AT_SHARE = 1.35;

    static final double AOT_TIMES_HELPER_AT_SHARE = 0.7;

    /// A function's zip together with the layer's.
    static final int UPLOAD_BYTES = 3_000_000;

    /// Most memory that the process had.
    static final int PEAK_BYTES = 110_000_000;

    /// Loaded by the JVM, its own included.
    static final int CLASSES = 5_200;

    /// What the comparison's function is asked for follows from its event.
    static final List<String> REQUESTS =
            List.of(
                    "kms DescribeKey",
                    "kms GetKeyPolicy",
                    "kms ListGrants",
                    "iam GetRole",
                    "iam GetRole",
                    "iam GetRole",
                    "kms PutKeyPolicy",
                    "monitoring PutMetricAlarm",
                    "answer PUT");

    /// One to each of the hosts that these requests go to, for all of them.
    static final int CONNECTIONS = 4;

    private Limits() {}
}
