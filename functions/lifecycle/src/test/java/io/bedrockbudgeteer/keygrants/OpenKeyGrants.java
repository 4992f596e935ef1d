package io.bedrockbudgeteer.keygrants;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.bedrockbudgeteer.keyguard.aws.Environment;

/// Makes the handler of `Custom::KmsKeyGrants` with an environment of its own, which only its
/// package can.
public final class OpenKeyGrants {

    private OpenKeyGrants() {}

    public static RequestStreamHandler in(Environment environment) {
        return new KeyGrantsHandler(environment);
    }

    /// As Lambda makes it: with a rehearsal.
    public static RequestStreamHandler started(Environment environment) {
        KeyGrantsHandler handler = new KeyGrantsHandler(environment);
        handler.start();
        return handler;
    }
}
