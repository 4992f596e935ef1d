package io.bedrockbudgeteer.keyguard.customresource;

/// A property of the custom resource is not acceptable. The message names the property and what is
/// allowed; a retry does not help.
public final class PropertyException extends RuntimeException {

    PropertyException(String message) {
        super(message);
    }
}
