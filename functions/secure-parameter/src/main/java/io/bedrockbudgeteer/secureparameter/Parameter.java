package io.bedrockbudgeteer.secureparameter;

import java.util.Map;

/// A parameter as it is wanted.
///
/// @param name such as `/bedrock-budgeteer/production/tiers`
/// @param value what it holds
/// @param keyArn ARN of the key; empty for a plain String
/// @param description for people; may be empty
/// @param tags all tags, with those that say whose it is
record Parameter(
        String name, Secret value, String keyArn, String description, Map<String, String> tags) {

    String type() {
        return keyArn.isEmpty() ? "String" : "SecureString";
    }

    Parameter withName(String other) {
        return new Parameter(other, value, keyArn, description, tags);
    }

    Parameter withValue(Secret other) {
        return new Parameter(name, other, keyArn, description, tags);
    }

    Parameter withKey(String other) {
        return new Parameter(name, value, other, description, tags);
    }
}
