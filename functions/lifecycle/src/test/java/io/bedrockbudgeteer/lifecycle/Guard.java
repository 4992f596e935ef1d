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
    CHECK("Custom::KmsKeyCheck", "KeyCheck", OpenKeyCheck::in),
    GRANTS("Custom::KmsKeyGrants", "KeyGrants", OpenKeyGrants::in),
    ALARM("Custom::KmsKeyAlarms", "KeyAlarms", OpenKeyAlarm::in),
    PARAMETER("Custom::SecureParameter", "Tiers", OpenSecureParameter::in);

    private final String type;
    private final String logicalId;

    @SuppressWarnings("ImmutableEnumChecker") // a constructor reference
    private final Function<Environment, RequestStreamHandler> handler;

    Guard(String type, String logicalId, Function<Environment, RequestStreamHandler> handler) {
        this.type = type;
        this.logicalId = logicalId;
        this.handler = handler;
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
}
