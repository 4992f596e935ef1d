package io.bedrockbudgeteer.local.template;

import io.bedrockbudgeteer.local.account.NotModelledException;
import java.nio.file.Path;
import java.util.Map;

/// Small templates for table tests.
final class Texts {

    private Texts() {}

    static Template template(String text) {
        return Template.of(text, Path.of("."));
    }

    static Deployment deployment(String text) {
        return deployment(text, Map.of());
    }

    static Deployment deployment(String text, Map<String, String> parameters) {
        return Deployment.of(template(text), parameters, Places.VIRGINIA);
    }

    /// The message with which something is refused; a thing that is only not modelled says so in
    /// its message.
    static String refusal(Runnable action) {
        try {
            action.run();
        } catch (TemplateException | NotModelledException e) {
            return String.valueOf(e.getMessage());
        }
        return "accepted";
    }
}
