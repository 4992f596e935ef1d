package io.bedrockbudgeteer.keyalarm;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.bedrockbudgeteer.keyguard.aws.Environment;

/// Makes the handler of `Custom::KmsKeyAlarms` with an environment of its own, which only its
/// package can.
public final class OpenKeyAlarm {

    private OpenKeyAlarm() {}

    public static RequestStreamHandler in(Environment environment) {
        return new KeyAlarmHandler(environment);
    }

    /// As Lambda makes it: with a rehearsal.
    public static RequestStreamHandler started(Environment environment) {
        KeyAlarmHandler handler = new KeyAlarmHandler(environment);
        handler.start();
        return handler;
    }
}
