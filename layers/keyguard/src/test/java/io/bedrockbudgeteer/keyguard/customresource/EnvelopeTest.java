package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/// Events that are whole and events that are not: answered where an answer is possible, and no work
/// before the event is understood.
class EnvelopeTest {
    private final Rig rig = new Rig();
    private final AtomicInteger worked = new AtomicInteger();
    private final GuardUnderTest guard =
            new GuardUnderTest((request, _) -> {
                worked.incrementAndGet();
                return Outcome.success(request.id(), Map.of("KeyArn", "k"));
            });

    @AfterEach
    void close() {
        rig.close();
    }

    static final List<String> UNDERSTOOD =
            List.of(
                    "create.json",
                    "create-booleans-as-strings.json",
                    "delete.json",
                    "delete-after-invalid-create.json",
                    "delete-of-never-created-made-up-id.json",
                    "delete-without-properties.json",
                    "unknown-fields.json",
                    "update-new-key.json",
                    "update-old-property-format.json",
                    "update-rollback.json",
                    "update-same-key.json",
                    "update-service-timeout-only.json");
    static final List<String> FAILED =
            List.of(
                    "unknown-request-type.json",
                    "missing-request-type.json",
                    "malformed-properties.json",
                    "duplicate-key.json",
                    "wrong-resource-type.json");
    static final List<String> UNANSWERABLE =
            List.of("missing-response-url.json", "missing-logical-id.json", "not-json.txt");

    @Test
    void every_event_file_has_its_place() throws IOException, URISyntaxException {
        Path folder =
                Path.of(Objects.requireNonNull(EnvelopeTest.class.getResource("events")).toURI());
        Set<String> expected = new HashSet<>(UNDERSTOOD);
        expected.addAll(FAILED);
        expected.addAll(UNANSWERABLE);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
                    .hasSize(20)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @FieldSource("UNDERSTOOD")
    void a_whole_envelope_reaches_the_work_once(String file) {
        assertThat(rig.run(guard, rig.fixture(file)).isSuccess()).isTrue();
        assertThat(worked).hasValue(1);
        assertThat(rig.endpoint.puts()).isEqualTo(1);
    }

    private AnswerEndpoint.Answer failed(String file) {
        AnswerEndpoint.Answer answer = rig.run(guard, rig.fixture(file));
        assertThat(answer.status()).isEqualTo("FAILED");
        assertThat(worked).as("work done").hasValue(0);
        assertThat(rig.endpoint.puts()).isEqualTo(1);
        return answer;
    }

    @ParameterizedTest
    @CsvSource({"unknown-request-type.json,PID", "missing-request-type.json,key-guard-"})
    @Scenario("T27")
    void an_unknown_or_missing_request_type_fails(String file, String idStart) {
        AnswerEndpoint.Answer answer = failed(file);
        assertThat(answer.reason()).contains("RequestType is none of Create, Update, Delete");
        assertThat(answer.physicalId()).startsWith(idStart);
    }

    @ParameterizedTest
    @CsvSource({
        "malformed-properties.json,ResourceProperties is a string",
        "duplicate-key.json,not valid JSON without repeated names",
        "wrong-resource-type.json,This function serves Custom::KeyGuard"
    })
    @Scenario("T28")
    void an_envelope_that_is_wrong_somewhere_fails_naming_what(String file, String reason) {
        assertThat(failed(file).reason()).contains(reason);
    }

    @Test
    @Scenario("T28")
    void unknown_fields_are_ignored() {
        assertThat(rig.run(guard, rig.fixture("unknown-fields.json")).isSuccess()).isTrue();
    }

    private void unanswerable(String file, String field) {
        assertThat(rig.refused(guard, Table.text("events/" + file))).hasMessageContaining(field);
        assertThat(rig.log()).contains("request-unanswerable").contains(field);
        assertThat(worked).as("work done").hasValue(0);
        assertThat(rig.endpoint.puts()).isZero();
    }

    @Test
    @Scenario("T10")
    void an_event_without_a_response_url_is_thrown_naming_the_field() {
        unanswerable("missing-response-url.json", "ResponseURL");
    }

    @Test
    @Scenario("X3")
    void an_event_without_a_logical_id_is_thrown_naming_the_field() {
        unanswerable("missing-logical-id.json", "LogicalResourceId");
    }

    @Test
    @Scenario("T29")
    void an_event_that_is_not_json_is_thrown() {
        unanswerable("not-json.txt", "not a JSON object");
    }

    @Test
    @Scenario("T25")
    void a_malformed_second_event_never_answers_to_the_first_url() {
        rig.run(guard, rig.fixture("create.json"));
        for (String file : UNANSWERABLE) rig.refused(guard, Table.text("events/" + file));
        assertThat(rig.endpoint.puts()).isEqualTo(1);
        // And one that can be answered answers to its own.
        assertThat(rig.run(guard, rig.fixture("malformed-properties.json")).body())
                .contains("rid-14");
        assertThat(worked).hasValue(1);
    }

    @Test
    void an_event_cut_off_behind_the_ids_is_still_answered() {
        String whole = rig.create();
        String event = whole.substring(0, whole.indexOf("\"ResourceProperties\""));
        assertThat(rig.run(guard, event).reason()).contains("not valid JSON");
        assertThat(worked).hasValue(0);
    }

    @Test
    void the_event_type_of_the_lambda_library_is_filled() {
        var event = EventReader.read(Table.text("events/update-new-key.json"));
        assertThat(event.getRequestType()).isEqualTo("Update");
        assertThat(event.getPhysicalResourceId()).isEqualTo("PID");
        assertThat(event.getResourceProperties()).containsEntry("PatchKeyPolicy", "true");
        assertThat(event.getOldResourceProperties()).containsKey("KmsKeyArn");
    }
}
