package io.bedrockbudgeteer.keyguard.customresource;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.key.EditResult;
import io.bedrockbudgeteer.keyguard.key.KeyPolicyEditor;
import io.bedrockbudgeteer.keyguard.key.KeyService;
import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.RoleStatements;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.requirement.Requirements;
import io.bedrockbudgeteer.keyguard.requirement.StackNames;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Work that changes a key policy, as the guards do: reads, plans, writes, reads back, all on the
/// wire.
final class KeyWriter {
    private static final Map<String, List<String>> RESOURCES =
            Map.of("TrailArn", List.of("arn:aws:cloudtrail:eu-central-1:111122223333:trail/t"));
    private static final IdentityAccess ADMIN =
            IdentityAccess.of(
                    Arn.parse("arn:aws:iam::111122223333:role/admin"),
                    List.of(
                            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\"}]}"),
                    Optional.empty());

    /// What happens after the plan is made and before anything is written; may throw.
    @FunctionalInterface
    interface Step {
        void with(Request request, Work work);
    }

    private final FakeAws aws;
    private final Arn key;

    KeyWriter(FakeAws aws) {
        this.aws = aws;
        this.key = Arn.parse(aws.kms.newKey("1234abcd-12ab-34cd-56ef-1234567890ab"));
    }

    String policy() {
        return aws.kms.policy(key.toString());
    }

    /// The policy as KMS gives it out.
    Optional<String> read() {
        return new KeyService(AwsClients.of(aws.environment()), Deadline.in(Duration.ofMinutes(1)))
                .policy(key)
                .found();
    }

    GuardUnderTest guard() {
        return guard((_, _) -> {});
    }

    GuardUnderTest guard(Step beforeWriting) {
        return new GuardUnderTest(
                aws.environment(),
                (request, work) -> {
                    KeyService kms =
                            new KeyService(AwsClients.of(work.environment()), work.deadline());
                    EditResult result =
                            new KeyPolicyEditor(
                                            kms,
                                            _ -> new Reply.Ok<>(Instant.EPOCH),
                                            work.pace(),
                                            _ -> beforeWriting.with(request, work))
                                    .edit(situation(request), this::plan);
                    return result instanceof EditResult.Failed failed
                            ? Outcome.failure(FindingsText.reason(failed.findings()))
                            : Outcome.success(request.id(), Map.of("KeyArn", key.toString()));
                });
    }

    private Situation situation(Request request) {
        return new Situation(
                key,
                KeyPolicy.read(policy()),
                Map.of(),
                List.of(),
                ADMIN,
                new Owner(request.stackId().arn(), request.logicalId()));
    }

    private Plan plan(Situation now) {
        return Planner.add(
                now,
                Requirements.of(new StackNames(key, "production", Map.of(), RESOURCES)),
                RoleStatements.LEAST,
                List.of());
    }
}
