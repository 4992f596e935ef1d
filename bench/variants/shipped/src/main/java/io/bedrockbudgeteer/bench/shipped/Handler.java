package io.bedrockbudgeteer.bench.shipped;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.customresource.CustomResourceHandler;
import io.bedrockbudgeteer.keyguard.customresource.Outcome;
import io.bedrockbudgeteer.keyguard.customresource.Properties;
import io.bedrockbudgeteer.keyguard.customresource.Request;
import io.bedrockbudgeteer.keyguard.customresource.Work;
import io.bedrockbudgeteer.keyguard.identity.RoleReader;
import io.bedrockbudgeteer.keyguard.key.KeyFacts;
import io.bedrockbudgeteer.keyguard.key.KeyRehearsal;
import io.bedrockbudgeteer.keyguard.key.KeyService;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;

/// The nine requests, with the library of the shipped functions.
public final class Handler extends CustomResourceHandler {
    private static final String TYPE = "Custom::KmsKeyCheck";
    private static final String ROLE_PREFIX = "arn:aws:iam::111122223333:role/";
    private static final byte[] ROLE =
            """
            <R xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Result><Role><RoleName>rehearsal</RoleName><Arn>arn:aws:iam::111122223333:role/rehearsal</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate></Role></Result></R>
            """
                    .getBytes(StandardCharsets.UTF_8);
    private static final byte[] EMPTY_CBOR_MAP = {(byte) 0xa0};

    public Handler() {
        KeyRehearsal kms = new KeyRehearsal();
        rehearse(
                (service, operation, body) ->
                        switch (service) {
                            case "iam" -> ROLE;
                            case "monitoring" -> EMPTY_CBOR_MAP;
                            default -> kms.answer(service, operation, body);
                        },
                Map.of(),
                Map.of("KeyArn", KeyRehearsal.KEY.toString(), "Roles", List.of("a", "b", "c")),
                clients -> {
                    Deadline deadline = Deadline.in(Duration.ofSeconds(5));
                    new RoleReader(clients, deadline).arn(Arn.parse(ROLE_PREFIX + "a"));
                    putAlarm(clients, deadline);
                });
    }

    @Override
    protected String resourceType() {
        return TYPE;
    }

    @Override
    protected String idPrefix() {
        return "nine";
    }

    @Override
    protected String thing(Properties properties) {
        return properties.lenientText("KeyArn").orElse("");
    }

    @Override
    protected Outcome handle(Request request, Work work) {
        Arn key = Arn.parse(request.properties().requiredText("KeyArn"));
        AwsClients clients = work.clients();
        KeyService kms = new KeyService(clients, work.deadline());
        KeyFacts facts = found(kms.describe(key));
        KeyPolicy policy = KeyPolicy.read(found(kms.policy(facts.arn())));
        found(kms.grants(key));
        RoleReader roles = new RoleReader(clients, work.deadline());
        for (String role : request.properties().texts("Roles"))
            found(roles.arn(Arn.parse(ROLE_PREFIX + role)));
        found(kms.putPolicy(key, changed(policy.text())));
        putAlarm(clients, work.deadline());
        return Outcome.success(request.id(), Map.of("KeyArn", facts.arn().toString()));
    }

    private static String changed(String policy) {
        int end = policy.lastIndexOf(']');
        return policy.substring(0, end)
                + ",{\"Sid\":\"Logs\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"logs.us-east-1.amazonaws.com\"},\"Action\":[\"kms:Encrypt\",\"kms:Decrypt\"],\"Resource\":\"*\"}"
                + policy.substring(end);
    }

    private static void putAlarm(AwsClients clients, Deadline deadline) {
        clients.cloudWatch()
                .putMetricAlarm(
                        PutMetricAlarmRequest.builder()
                                .alarmName("usage")
                                .metrics(
                                        List.of(
                                                MetricDataQuery.builder()
                                                        .id("total")
                                                        .label("Requests")
                                                        .expression("SUM(METRICS())")
                                                        .returnData(true)
                                                        .build()))
                                .evaluationPeriods(1)
                                .threshold(10_000.0)
                                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                                .overrideConfiguration(AwsClients.limits(deadline))
                                .build());
    }

    private static <T> T found(Reply<T> reply) {
        return reply.found()
                .orElseThrow(() ->
                        new IllegalStateException(
                                reply.trouble().map(Object::toString).orElse("no answer")));
    }
}
