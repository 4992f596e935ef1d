package io.bedrockbudgeteer.local.service.sqs;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.account.Queues;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.access.Attempt;
import io.bedrockbudgeteer.local.service.access.CallLog;
import io.bedrockbudgeteer.local.service.access.Contexts;
import io.bedrockbudgeteer.local.service.access.Decision;
import io.bedrockbudgeteer.local.service.access.Evaluation;
import io.bedrockbudgeteer.local.service.access.Policy;
import io.bedrockbudgeteer.local.service.access.Who;
import io.bedrockbudgeteer.local.service.cloudwatch.AlarmStore;
import io.bedrockbudgeteer.local.service.iam.RoleStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The queues of the account. Alarms hear how many messages wait. Thread-safe.
public final class QueueStore implements Queues {
    private static final String SEND = "sqs:SendMessage";

    private final String region;
    private final String account;
    private final RoleStore roles;
    private final AlarmStore alarms;
    private final CallLog log;
    private final InstantSource clock;
    private final Map<String, Queue> queues = new HashMap<>();

    /// @param policy its text; empty when there is none
    private record Queue(Optional<String> key, String policy, List<Message> messages) {}

    public QueueStore(
            String region,
            String account,
            RoleStore roles,
            AlarmStore alarms,
            CallLog log,
            InstantSource clock) {
        this.region = region;
        this.account = account;
        this.roles = roles;
        this.alarms = alarms;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public synchronized void put(String queueArn, Optional<String> key) {
        Queue before = queues.get(queueArn);
        queues.put(
                queueArn,
                before == null
                        ? new Queue(key, "", new ArrayList<>())
                        : new Queue(key, before.policy(), before.messages()));
        tellAlarms(queueArn);
    }

    @Override
    public synchronized void policy(String queueArn, String document) {
        queues.computeIfPresent(
                queueArn, (arn, queue) -> new Queue(queue.key(), document, queue.messages()));
    }

    @Override
    public synchronized void remove(String queueArn) {
        if (queues.remove(queueArn) != null) alarms.noMore(waiting(queueArn));
    }

    @Override
    public synchronized void checkSend(Principal sender, String queueArn) {
        Who who = roles.who(sender);
        refuseUnless(decide(who, queueArn), who, queueArn);
    }

    @Override
    public synchronized void send(Principal sender, String queueArn, String body) {
        Who who = roles.who(sender);
        Decision decision = decide(who, queueArn);
        log.add(sender.name(), SEND, queueArn, decision.allowed(), decision.by());
        refuseUnless(decision, who, queueArn);
        queue(queueArn)
                .messages()
                .add(new Message(UUID.randomUUID().toString(), clock.instant(), body));
        tellAlarms(queueArn);
    }

    @Override
    public synchronized List<Message> messages(String queueArn) {
        return List.copyOf(queue(queueArn).messages());
    }

    private Decision decide(Who who, String queueArn) {
        Queue queue = queue(queueArn);
        if (queue.key().isPresent()) {
            throw new NotModelledException("sending to " + queueArn + ", which is under a KMS key");
        }
        Policy policy =
                queue.policy().isEmpty() ? new Policy(true, List.of()) : Policy.of(queue.policy());
        return new Evaluation(
                        who,
                        SEND,
                        queueArn,
                        Contexts.global(who, region, account, false, clock.instant()).build())
                .byIdentityOr(policy);
    }

    private static void refuseUnless(Decision decision, Who who, String queueArn) {
        if (decision.allowed()) return;
        throw new Refusal("AccessDenied", 403, new Attempt(who).denial(SEND, queueArn, decision));
    }

    private Queue queue(String queueArn) {
        Queue queue = queues.get(queueArn);
        if (queue == null) {
            throw new Refusal(
                    "AWS.SimpleQueueService.NonExistentQueue",
                    400,
                    "The specified queue does not exist: " + queueArn);
        }
        return queue;
    }

    /// Source: Amazon SQS Developer Guide, "Available CloudWatch metrics for Amazon SQS". A queue
    /// that was just made or used is active and reports a number, be it zero.
    private void tellAlarms(String queueArn) {
        alarms.datapoint(waiting(queueArn), queue(queueArn).messages().size());
    }

    private static AlarmStore.Metric waiting(String queueArn) {
        return new AlarmStore.Metric(
                "AWS/SQS",
                "ApproximateNumberOfMessagesVisible",
                Map.of("QueueName", queueArn.substring(queueArn.lastIndexOf(':') + 1)));
    }
}
