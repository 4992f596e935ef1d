package io.bedrockbudgeteer.keygrants;

import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.customresource.CustomResourceHandler;
import io.bedrockbudgeteer.keyguard.customresource.Outcome;
import io.bedrockbudgeteer.keyguard.customresource.Properties;
import io.bedrockbudgeteer.keyguard.customresource.Request;
import io.bedrockbudgeteer.keyguard.customresource.Work;

/// Entry of the function behind `Custom::KmsKeyGrants`.
public final class KeyGrantsHandler extends CustomResourceHandler {

    public KeyGrantsHandler() {
        start();
    }

    void start() {
        rehearse(
                new GrantsRehearsal(),
                GrantsRehearsal.VARIABLES,
                GrantsRehearsal.PROPERTIES,
                GrantsRehearsal::readRole);
    }

    KeyGrantsHandler(Environment environment) {
        super(environment);
    }

    @Override
    protected String resourceType() {
        return "Custom::KmsKeyGrants";
    }

    @Override
    protected String idPrefix() {
        return "key-grants";
    }

    // Another key is another thing, so that CloudFormation itself schedules the clean-up of the old
    // one.
    @Override
    protected String thing(Properties properties) {
        return properties.lenientText("KeyArn").orElse("");
    }

    @Override
    protected Outcome handle(Request request, Work work) {
        Surroundings surroundings = new Surroundings(request, work);
        return switch (request.type()) {
            case CREATE, UPDATE -> new Granting(surroundings).run();
            case DELETE -> new Releasing(surroundings).run();
        };
    }
}
