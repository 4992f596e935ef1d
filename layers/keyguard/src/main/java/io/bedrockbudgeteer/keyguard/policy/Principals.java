package io.bedrockbudgeteer.keyguard.policy;

import java.util.List;
import java.util.regex.Pattern;

/// The `Principal` or `NotPrincipal` of a statement. Source: IAM User Guide, AWS JSON policy
/// elements: Principal.
///
/// @param negated true for NotPrincipal
/// @param names in source order
public record Principals(boolean negated, List<Name> names) {

    // A role or user that was deleted: KMS keeps the unique id and shows it in place of the ARN.
    // IAM User Guide, IAM identifiers.
    private static final Pattern UNIQUE_ID = Pattern.compile("A(?:ROA|IDA)[A-Z0-9]{16,}");

    public Principals {
        names = List.copyOf(names);
    }

    /// The member of the principal object a name stands in; [#EVERYONE] for the plain string `"*"`.
    public enum Type {
        EVERYONE,
        AWS,
        SERVICE,
        FEDERATED,
        CANONICAL_USER
    }

    /// One name, such as an ARN, an account id, a service name, a unique id or `*`.
    public record Name(Type type, String value) {

        /// Whether this is the unique id of a role or user instead of its ARN.
        public boolean isUniqueId() {
            return type == Type.AWS && UNIQUE_ID.matcher(value).matches();
        }

        /// Whether this names every principal: `"*"` or `{"AWS": "*"}`.
        public boolean isEveryone() {
            return type == Type.EVERYONE || (type == Type.AWS && value.equals("*"));
        }
    }

    /// Unique ids of principals that no longer exist.
    public List<String> orphanIds() {
        return names.stream().filter(Name::isUniqueId).map(Name::value).distinct().toList();
    }
}
