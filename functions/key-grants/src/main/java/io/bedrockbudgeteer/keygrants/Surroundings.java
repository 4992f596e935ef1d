package io.bedrockbudgeteer.keygrants;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.customresource.Properties;
import io.bedrockbudgeteer.keyguard.customresource.Request;
import io.bedrockbudgeteer.keyguard.customresource.Work;
import io.bedrockbudgeteer.keyguard.identity.RoleReader;
import io.bedrockbudgeteer.keyguard.key.KeyPolicyEditor;
import io.bedrockbudgeteer.keyguard.key.KeyService;
import io.bedrockbudgeteer.keyguard.key.KeyValue;
import io.bedrockbudgeteer.keyguard.key.Site;
import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.stack.StackStatus;
import io.bedrockbudgeteer.keyguard.stack.StackStatusReader;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What both halves of the function, adding and releasing, need around one request.
final class Surroundings {
    final Request request;
    final Work work;
    final AwsClients clients;
    final KeyService kms;

    Surroundings(Request request, Work work) {
        this.request = request;
        this.work = work;
        this.clients = work.clients();
        this.kms = new KeyService(clients, work.deadline());
    }

    Site site() {
        return new Site(
                request.stackId().partition(),
                request.stackId().region(),
                request.stackId().account());
    }

    Owner owner() {
        return new Owner(request.stackId().arn(), request.logicalId());
    }

    /// The key that properties name, when it is one that this function can reach. For Delete and
    /// for what is left behind.
    Optional<Arn> reachableKey(Properties properties) {
        return reachableKey(properties, "KeyArn");
    }

    Optional<Arn> reachableKey(Properties properties, String name) {
        Optional<Arn> key =
                properties
                        .lenientText(name)
                        .map(text -> KeyValue.read(text, site()))
                        .flatMap(value ->
                                switch (value) {
                                    case KeyValue.Key(Arn arn) -> Optional.of(arn);
                                    case KeyValue.Alias _, KeyValue.Unusable _ -> Optional.empty();
                                });
        return key.filter(arn ->
                arn.region().equals(site().region())
                        && arn.account().equals(site().account())
                        && arn.partition().equals(site().partition()));
    }

    RoleReader roleReader() {
        return new RoleReader(clients, work.deadline());
    }

    /// What IAM says about this function's own role, which has to stay able to change the key
    /// policy.
    IdentityAccess caller(RoleReader reader) {
        return reader.read(callerArn()).access();
    }

    /// This function's own role.
    Arn callerArn() {
        return Arn.parse(work.environment().required("GUARD_ROLE_ARN"));
    }

    KeyPolicyEditor editor(Consumer<Plan.Change> beforeWriting) {
        return new KeyPolicyEditor(kms, roleReader()::createdAt, work.pace(), beforeWriting);
    }

    StackStatus stackStatus() {
        Reply<StackStatus> status =
                new StackStatusReader(clients).read(request.stackId().arn(), work.deadline());
        status.trouble()
                .ifPresent(problem ->
                        work.journal()
                                .warn("stack-status-unknown", Map.of("problem", problem.text())));
        return status.found().orElse(StackStatus.UNKNOWN);
    }
}
