package io.bedrockbudgeteer.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockbudgeteer.local.account.ApiCall;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.account.Queues.Message;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.access.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may put a message into a queue, and which alarms hear of it.
class QueuesTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:111122223333:later";
    private static final String MAY = Scene.allow("\"sqs:SendMessage\"", QUEUE);
    private static final String TLS_ONLY =
            """
            {"Sid":"TlsOnly","Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"%s",
             "Condition":{"Bool":{"aws:SecureTransport":"false"}}}\
            """
                    .formatted(QUEUE);

    private final LocalAccount account = new LocalAccount(Scene.options());

    @BeforeEach
    void aQueueExists() {
        account.queues().put(QUEUE, Optional.empty());
    }

    @AfterEach
    void close() {
        account.close();
    }

    /// @param identity statement of the sender's role; empty for none
    /// @param resource statement of the queue policy; empty for none
    /// @param decidedBy empty when it is allowed
    record Row(String name, String identity, String resource, boolean allowed, String decidedBy) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Row> rows() {
        return List.of(
                new Row("the role's policy is enough", MAY, "", true, "identity policy inline"),
                new Row("a deny that does not hold", MAY, TLS_ONLY, true, "identity policy inline"),
                new Row(
                        "a deny that holds beats it",
                        MAY,
                        TLS_ONLY.replace("\"false\"", "\"true\""),
                        false,
                        "resource policy TlsOnly"),
                new Row(
                        "the queue policy is enough",
                        "",
                        """
                        {"Sid":"Letters","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/guard"},
                         "Action":"sqs:SendMessage","Resource":"%s"}\
                        """
                                .formatted(QUEUE),
                        true,
                        "resource policy Letters"),
                // A service in a queue policy says nothing about a role.
                new Row(
                        "a statement for somebody else",
                        "",
                        """
                        {"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},
                         "Action":"sqs:SendMessage","Resource":"%s"}\
                        """
                                .formatted(QUEUE),
                        false,
                        "no identity policy allows"),
                new Row(
                        "another queue",
                        Scene.allow("\"sqs:SendMessage\"", QUEUE + "2"),
                        "",
                        false,
                        "no identity policy allows"),
                new Row("nothing", "", "", false, "no identity policy allows"));
    }

    @Test
    void no_row_has_disappeared() {
        assertThat(rows()).hasSize(7);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void who_may_send(Row row) {
        Principal.Session guard =
                row.identity().isEmpty()
                        ? Scene.role(account, "guard")
                        : Scene.role(account, "guard", row.identity());
        if (!row.resource().isEmpty()) {
            account.queues()
                    .policy(
                            QUEUE,
                            "{\"Version\":\"2012-10-17\",\"Statement\":[" + row.resource() + "]}");
        }
        if (row.allowed()) {
            account.queues().checkSend(guard, QUEUE);
            account.queues().send(guard, QUEUE, "hello");
        } else {
            assertThatThrownBy(() -> account.queues().checkSend(guard, QUEUE))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("not authorized to perform: sqs:SendMessage");
            assertThatThrownBy(() -> account.queues().send(guard, QUEUE, "hello"))
                    .isInstanceOf(Refusal.class);
        }
        assertThat(account.queues().messages(QUEUE).stream().map(Message::body))
                .isEqualTo(row.allowed() ? List.of("hello") : List.of());
        assertThat(account.calls())
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.action()).isEqualTo("sqs:SendMessage");
                    assertThat(call.allowed()).isEqualTo(row.allowed());
                    assertThat(call.decidedBy()).contains(row.decidedBy());
                });
    }

    @Test
    void a_queue_that_is_gone_takes_nothing() {
        Principal.Session guard = Scene.role(account, "guard", MAY);
        account.queues().send(guard, QUEUE, "hello");
        account.queues().remove(QUEUE);

        assertThatThrownBy(() -> account.queues().checkSend(guard, QUEUE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("does not exist");
        account.queues().put(QUEUE, Optional.empty());
        assertThat(account.queues().messages(QUEUE)).isEmpty();
    }

    @Test
    void a_queue_under_a_key_is_not_modelled_for_senders() {
        account.queues().put(QUEUE, Optional.of("arn:aws:kms:us-east-1:111122223333:key/1"));

        assertThatThrownBy(
                        () -> account.queues().checkSend(Scene.role(account, "guard", MAY), QUEUE))
                .isInstanceOf(NotModelledException.class)
                .hasMessageContaining("under a KMS key");
    }

    @Test
    void the_alarm_on_waiting_messages_follows_the_queue_whichever_came_first() {
        Principal.Session guard = Scene.role(account, "guard", MAY);
        account.alarms().put("before", alarm("later"));
        account.alarms().put("elsewhere", alarm("other"));
        assertThat(account.alarms().states())
                .containsEntry("before", "OK")
                .containsEntry("elsewhere", "INSUFFICIENT_DATA");

        account.queues().send(guard, QUEUE, "hello");
        account.alarms().put("after", alarm("later"));

        assertThat(account.alarms().states())
                .containsEntry("before", "ALARM")
                .containsEntry("after", "ALARM")
                .containsEntry("elsewhere", "INSUFFICIENT_DATA");
        Client client = new Client(account, account.deployerKeys());
        assertThat(
                        client.cbor("DescribeAlarms", "{\"AlarmNames\":[\"before\"]}")
                                .json()
                                .at("/MetricAlarms/0/StateReason")
                                .asText())
                .isEqualTo("Threshold Crossed: 1 datapoint [1.0] was GreaterThanThreshold (0.0).");
        account.queues().remove(QUEUE);
        assertThat(account.alarms().states()).containsEntry("before", "ALARM");
        assertThat(account.calls()).extracting(ApiCall::allowed).containsOnly(true);
    }

    private static ObjectNode alarm(String queue) {
        ObjectNode alarm = AlarmsTest.alarm();
        alarm.put("Namespace", "AWS/SQS")
                .put("MetricName", "ApproximateNumberOfMessagesVisible")
                .put("Statistic", "Maximum")
                .put("Threshold", 0)
                .putArray("Dimensions")
                .add(Json.MAPPER.createObjectNode().put("Name", "QueueName").put("Value", queue));
        return alarm;
    }
}
