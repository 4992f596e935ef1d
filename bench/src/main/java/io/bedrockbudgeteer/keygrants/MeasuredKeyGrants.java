package io.bedrockbudgeteer.keygrants;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.bedrockbudgeteer.keyguard.aws.Environment;

/// Opens the function to the measurement: its handler takes another environment than that of the
/// process only inside its package.
public final class MeasuredKeyGrants {

    private MeasuredKeyGrants() {}

    /// @param environment of the function
    public static RequestStreamHandler handler(Environment environment) {
        return new KeyGrantsHandler(environment);
    }
}
