package io.bedrockbudgeteer.lifecycle;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.bedrockbudgeteer.keyalarm.OpenKeyAlarm;
import io.bedrockbudgeteer.keycheck.OpenKeyCheck;
import io.bedrockbudgeteer.keygrants.OpenKeyGrants;
import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.secureparameter.OpenSecureParameter;
import java.util.function.Function;

/// The custom resources of the template, in the order in which a deployment makes them.
enum Guard {
    CHECK("Custom::KmsKeyCheck", "KeyCheck", OpenKeyCheck::in, OpenKeyCheck::started),
    GRANTS("Custom::KmsKeyGrants", "KeyGrants", OpenKeyGrants::in, OpenKeyGrants::started),
    ALARM("Custom::KmsKeyAlarms", "KeyAlarms", OpenKeyAlarm::in, OpenKeyAlarm::started),
    PARAMETER(
            "Custom::SecureParameter",
            "Tiers",
            OpenSecureParameter::in,
            OpenSecureParameter::started);

    private final String type;
    private final String logicalId;

    @SuppressWarnings("ImmutableEnumChecker") // a constructor reference
    private final Function<Environment, RequestStreamHandler> handler;

    @SuppressWarnings("ImmutableEnumChecker") // as above
    private final Function<Environment, RequestStreamHandler> started;

    Guard(
            String type,
            String logicalId,
            Function<Environment, RequestStreamHandler> handler,
            Function<Environment, RequestStreamHandler> started) {
        this.type = type;
        this.logicalId = logicalId;
        this.handler = handler;
        this.started = started;
    }

    String type() {
        return type;
    }

    String logicalId() {
        return logicalId;
    }

    RequestStreamHandler handler(Environment environment) {
        return handler.apply(environment);
    }

    /// As Lambda starts it: with a rehearsal.
    RequestStreamHandler started(Environment environment) {
        return started.apply(environment);
    }
}
