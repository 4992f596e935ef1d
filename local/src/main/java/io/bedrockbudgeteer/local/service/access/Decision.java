package io.bedrockbudgeteer.local.service.access;

/// Whether a call is authorised, and what decided.
///
/// @param by for people: the statement or grant that decided, or what is missing
public record Decision(Result result, String by) {

    /// How it ended. The refusals differ in the sentence that the service answers with.
    public enum Result {
        ALLOWED,
        DENIED_BY_RESOURCE_POLICY,
        DENIED_BY_IDENTITY_POLICY,
        NO_RESOURCE_POLICY,
        NO_IDENTITY_POLICY
    }

    public boolean allowed() {
        return result == Result.ALLOWED;
    }

    /// The end of an AccessDenied sentence (IAM User Guide, "Troubleshoot access denied error
    /// messages").
    public String because(String action) {
        return switch (result) {
            case ALLOWED -> throw new IllegalStateException("allowed: " + action);
            case DENIED_BY_RESOURCE_POLICY -> "with an explicit deny in a resource-based policy";
            case DENIED_BY_IDENTITY_POLICY -> "with an explicit deny in an identity-based policy";
            case NO_RESOURCE_POLICY ->
                    "because no resource-based policy allows the " + action + " action";
            case NO_IDENTITY_POLICY ->
                    "because no identity-based policy allows the " + action + " action";
        };
    }
}
