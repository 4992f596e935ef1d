package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.OutOfTime;
import io.bedrockbudgeteer.keyguard.aws.Pace;
import io.bedrockbudgeteer.keyguard.key.KeyPolicyEditor;
import io.bedrockbudgeteer.keyguard.key.KeyService;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.time.Duration;

/// What a key policy is after a write that did not end well. One read proves little: reads may be
/// served by replicas that have not heard of the last write.
enum Aftermath {
    AS_BEFORE,
    AS_PLANNED,
    UNKNOWN;

    private static final Duration TIME = Duration.ofSeconds(6);
    private static final Duration BETWEEN_READS = Duration.ofSeconds(1);
    private static final int SAME_ANSWERS = 3;
    private static final int READS_AT_MOST = 6;

    static Aftermath look(
            KeyService service, Arn key, KeyPolicy before, KeyPolicy planned, Pace pace) {
        Deadline deadline = Deadline.in(TIME);
        KeyService kms = service.with(deadline);
        Aftermath last = UNKNOWN;
        int same = 0;
        try {
            for (int read = 1; read <= READS_AT_MOST && same < SAME_ANSWERS; read++) {
                if (read > 1) deadline.pause(pace.of(BETWEEN_READS));
                Aftermath now = once(kms, key, before, planned);
                same = now == last ? same + 1 : 1;
                last = now;
            }
        } catch (OutOfTime _) {
            return UNKNOWN;
        }
        return same >= SAME_ANSWERS ? last : UNKNOWN;
    }

    private static Aftermath once(KeyService kms, Arn key, KeyPolicy before, KeyPolicy planned) {
        if (!(KeyPolicyEditor.read(kms, key)
                instanceof KeyPolicyEditor.Result.Good<KeyPolicy>(KeyPolicy now))) return UNKNOWN;
        if (now.saysTheSameAs(planned)) return AS_PLANNED;
        return now.saysTheSameAs(before) ? AS_BEFORE : UNKNOWN;
    }
}
