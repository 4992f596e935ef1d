package io.bedrockbudgeteer.secureparameter;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.bedrockbudgeteer.keyguard.aws.Environment;

/// Makes the handler of `Custom::SecureParameter` with an environment of its own, which only its
/// package can.
public final class OpenSecureParameter {

    private OpenSecureParameter() {}

    public static RequestStreamHandler in(Environment environment) {
        return new SecureParameterHandler(environment);
    }

    /// As Lambda makes it: with a rehearsal.
    public static RequestStreamHandler started(Environment environment) {
        SecureParameterHandler handler = new SecureParameterHandler(environment);
        handler.start();
        return handler;
    }
}
