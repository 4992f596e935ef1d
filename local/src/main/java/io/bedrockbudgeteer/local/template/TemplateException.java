package io.bedrockbudgeteer.local.template;

/// The template, a parameter or a rule is wrong; nothing has been created. The message names the
/// place and what is wrong.
public final class TemplateException extends RuntimeException {
    public TemplateException(String message) {
        super(message);
    }
}
