package io.bedrockbudgeteer.keycheck;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.bedrockbudgeteer.keyguard.aws.Environment;

/// Makes the handler of `Custom::KmsKeyCheck` with an environment of its own, which only its
/// package can.
public final class OpenKeyCheck {

    private OpenKeyCheck() {}

    public static RequestStreamHandler in(Environment environment) {
        return new KeyCheckHandler(environment);
    }

    /// As Lambda makes it: with a rehearsal.
    public static RequestStreamHandler started(Environment environment) {
        KeyCheckHandler handler = new KeyCheckHandler(environment);
        handler.start();
        return handler;
    }
}
