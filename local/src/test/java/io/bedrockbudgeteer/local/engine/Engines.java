package io.bedrockbudgeteer.local.engine;

import io.bedrockbudgeteer.local.template.Deployment;
import io.bedrockbudgeteer.local.template.Deployment.Place;
import io.bedrockbudgeteer.local.template.Template;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Short cuts for tests of the engine.
final class Engines {
    static final Place PLACE =
            new Place(
                    "111122223333",
                    "us-east-1",
                    "aws",
                    "amazonaws.com",
                    "shop",
                    "arn:aws:cloudformation:us-east-1:111122223333:stack/shop/3f2a8e10-0000-4000-8000-000000000001");

    private Engines() {}

    static StackEngine engine(Providers providers) {
        return new StackEngine(PLACE, providers, Options.standard());
    }

    /// @param resources the Resources section, indented by two
    static Deployment deployment(String resources) {
        return whole("Resources:\n" + resources, Map.of());
    }

    static Deployment whole(String template, Map<String, String> parameters) {
        return Deployment.of(Template.of(template, Path.of(".")), parameters, PLACE);
    }

    /// `LogicalId STATUS` of each event, those that only announce a physical id left out.
    static List<String> lines(StackResult result) {
        return result.events().stream()
                .filter(event -> !event.reason().equals("Resource creation Initiated"))
                .map(event -> event.logicalId() + " " + event.status())
                .toList();
    }

    static List<String> reasons(StackResult result, String logicalId) {
        return result.events().stream()
                .filter(event -> event.logicalId().equals(logicalId) && !event.reason().isEmpty())
                .map(StackEvent::reason)
                .toList();
    }
}
