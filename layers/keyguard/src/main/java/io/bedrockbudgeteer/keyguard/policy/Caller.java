package io.bedrockbudgeteer.keyguard.policy;

import java.util.Optional;
import java.util.regex.Pattern;

/// Who asks KMS: an IAM principal or an AWS service.
public sealed interface Caller {

    /// A role, or any session of it. `arn` is the role ARN with its path.
    record Role(Arn arn) implements Caller {}

    /// One session of a role: `arn:aws:sts::111122223333:assumed-role/name/session`, beside the ARN
    /// of its role.
    record Session(Arn arn, Arn role) implements Caller {}

    record User(Arn arn) implements Caller {}

    record FederatedUser(Arn arn) implements Caller {}

    /// The root user of an account, `arn:aws:iam::111122223333:root`.
    record Root(Arn arn) implements Caller {}

    /// A service principal such as `cloudtrail.amazonaws.com`.
    record Service(String name) implements Caller {}

    /// Service principals: `cloudtrail.amazonaws.com`, `logs.us-east-1.amazonaws.com`, in China
    /// also `.amazonaws.com.cn`.
    Pattern SERVICE_NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*\\.amazonaws\\.com(\\.cn)?");

    /// Twelve digits.
    Pattern ACCOUNT_ID = Pattern.compile("[0-9]{12}");

    /// Reads an IAM or STS principal ARN or a service principal name; empty for anything else. A
    /// session ARN does not show the path of its role: the role is taken to have none, so build a
    /// [Session] where the path is known.
    static Optional<Caller> tryParse(String text) {
        if (SERVICE_NAME.matcher(text).matches()) return Optional.of(new Service(text));
        return Arn.tryParse(text).flatMap(Caller::of);
    }

    private static Optional<Caller> of(Arn arn) {
        if (!ACCOUNT_ID.matcher(arn.account()).matches()) return Optional.empty();
        String kind = arn.service() + ":" + arn.resource().split("/", 2)[0];
        return switch (kind) {
            case "iam:root" -> Optional.of(new Root(arn));
            case "iam:role" -> Optional.of(new Role(arn));
            case "iam:user" -> Optional.of(new User(arn));
            case "sts:federated-user" -> Optional.of(new FederatedUser(arn));
            case "sts:assumed-role" -> {
                String[] parts = arn.resource().split("/", 3);
                if (parts.length < 3) yield Optional.empty();
                Arn role = new Arn(arn.partition(), "iam", "", arn.account(), "role/" + parts[1]);
                yield Optional.of(new Session(arn, role));
            }
            default -> Optional.empty();
        };
    }

    /// The ARN that identifies an IAM principal; empty for a service.
    default Optional<Arn> principalArn() {
        return switch (this) {
            case Role(Arn arn) -> Optional.of(arn);
            case Session(Arn arn, Arn _) -> Optional.of(arn);
            case User(Arn arn) -> Optional.of(arn);
            case FederatedUser(Arn arn) -> Optional.of(arn);
            case Root(Arn arn) -> Optional.of(arn);
            case Service _ -> Optional.empty();
        };
    }

    /// The ARN or the service name.
    default String displayName() {
        return this instanceof Service(String name)
                ? name
                : principalArn().orElseThrow().toString();
    }
}
