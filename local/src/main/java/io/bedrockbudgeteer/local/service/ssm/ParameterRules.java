package io.bedrockbudgeteer.local.service.ssm;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Parameters.Parameter;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.wire.Members;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// What PutParameter checks (Systems Manager API Reference, PutParameter).
final class ParameterRules {
    private static final int STANDARD_BYTES = 4096;
    private static final int DEEPEST = 15;
    private static final Set<String> TYPES = Set.of("String", "StringList", "SecureString");

    private ParameterRules() {}

    static void check(String name, String value, Members members) {
        if (!name.matches("[a-zA-Z0-9_./-]+"))
            throw invalid("Parameter name: can only contain letters, digits and ._-/");
        if (name.matches("(?i)/?(aws|ssm).*"))
            throw invalid("Parameter name: can't be prefixed with \"aws\" or \"ssm\"");
        if (name.contains("/") && !name.startsWith("/"))
            throw invalid("Parameter name must be a fully qualified name.");
        if (name.chars().filter(c -> c == '/').count() > DEEPEST) {
            throw new Refusal(
                    "HierarchyLevelLimitExceededException",
                    400,
                    "A hierarchy can have a maximum of 15 levels.");
        }
        if (value.isEmpty()) throw invalid("Value must have length greater than or equal to 1");
        if (value.getBytes(StandardCharsets.UTF_8).length > STANDARD_BYTES) {
            throw invalid(
                    "Standard tier parameters support a maximum parameter value of 4096 characters.");
        }
        members.text("Tier")
                .filter(tier -> !tier.equals("Standard"))
                .ifPresent(tier -> {
                    throw new NotModelledException("parameter tier " + tier);
                });
        members.text("DataType")
                .filter(type -> !type.equals("text"))
                .ifPresent(type -> {
                    throw new NotModelledException("parameter data type " + type);
                });
    }

    /// The type that the parameter has after the call.
    static String type(
            Optional<Parameter> before, Members members, boolean overwrite, boolean tags) {
        Optional<String> wanted = members.text("Type");
        wanted.filter(type -> !TYPES.contains(type))
                .ifPresent(type -> {
                    throw new Refusal(
                            "UnsupportedParameterType",
                            400,
                            "The parameter type " + type + " is not supported.");
                });
        if (overwrite && tags)
            throw invalid("Invalid request: tags and overwrite can't be used together.");
        if (before.isEmpty())
            return wanted.orElseThrow(
                    () -> invalid("A parameter type is required when you create a parameter."));
        if (!overwrite) {
            throw new Refusal(
                    "ParameterAlreadyExists",
                    400,
                    "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
        }
        String type = before.get().type();
        if (wanted.isPresent() && !wanted.get().equals(type)) {
            throw new Refusal(
                    "HierarchyTypeMismatchException",
                    400,
                    "The parameter type of "
                            + before.get().name()
                            + " cannot be changed from "
                            + type
                            + " to "
                            + wanted.get()
                            + ".");
        }
        return type;
    }

    static Refusal invalid(String message) {
        return new Refusal("ValidationException", 400, message);
    }
}
