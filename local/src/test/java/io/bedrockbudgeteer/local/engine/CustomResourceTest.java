package io.bedrockbudgeteer.local.engine;

import static io.bedrockbudgeteer.local.engine.Engines.deployment;
import static io.bedrockbudgeteer.local.engine.Engines.lines;
import static io.bedrockbudgeteer.local.engine.Engines.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of custom resources, each against a function that answers what the test says.
class CustomResourceTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "arn:aws:lambda:us-east-1:111122223333:function:guard";
    private static final String GUARD =
            """
              Guard:
                Type: Custom::Guard
                Properties: {ServiceToken: '%s', ServiceTimeout: 5, Key: k1, Count: 3, Active: true, List: [1, false]}
            """
                    .formatted(TOKEN);

    private final FakeAccount account = new FakeAccount();
    private final List<JsonNode> events = Collections.synchronizedList(new ArrayList<>());
    private final FakeProviders world =
            new FakeProviders(type -> new CustomResource(account, new PhysicalIds(new Random(7))));
    private UnaryOperator<JsonNode> function =
            event -> ok(event, "guard-" + event.at("/ResourceProperties/Key").asText());
    private StackEngine engine = new StackEngine(Engines.PLACE, world, Options.standard());

    CustomResourceTest() {
        account.code.put(
                TOKEN,
                text -> {
                    JsonNode event = read(text);
                    events.add(event);
                    JsonNode answer = function.apply(event);
                    if (!answer.isMissingNode()) {
                        account.answer(
                                event.path("RequestId").asText(),
                                answer.isTextual() ? answer.asText() : answer.toString());
                    }
                });
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static JsonNode answer(JsonNode event, String status, String id, String more) {
        return read(
                "{\"Status\":\""
                        + status
                        + "\",\"PhysicalResourceId\":\""
                        + id
                        + "\",\"StackId\":"
                        + event.get("StackId")
                        + ",\"RequestId\":"
                        + event.get("RequestId")
                        + ",\"LogicalResourceId\":"
                        + event.get("LogicalResourceId")
                        + more
                        + "}");
    }

    private static JsonNode ok(JsonNode event, String id) {
        return answer(event, "SUCCESS", id, ",\"Data\":{\"KeyArn\":\"arn-of-key\",\"Number\":4}");
    }

    private List<String> story() {
        return events.stream()
                .map(event ->
                        event.path("RequestType").asText()
                                + " "
                                + event.path("PhysicalResourceId").asText("-")
                                + " "
                                + event.at("/ResourceProperties/Key").asText())
                .toList();
    }

    @Test
    void properties_arrive_as_strings_with_token_and_timeout_among_them() throws Exception {
        engine.create(deployment(GUARD));

        JsonNode event = events.getFirst();
        assertThat(event.get("ResourceProperties"))
                .isEqualTo(
                        read(
                                "{\"ServiceToken\":\""
                                        + TOKEN
                                        + "\",\"ServiceTimeout\":\"5\",\"Key\":\"k1\",\"Count\":\"3\",\"Active\":\"true\",\"List\":[\"1\",\"false\"]}"));
        assertThat(event.path("ServiceToken").asText()).isEqualTo(TOKEN);
        assertThat(event.path("ResourceType").asText()).isEqualTo("Custom::Guard");
        assertThat(event.has("PhysicalResourceId")).isFalse();
        assertThat(event.has("OldResourceProperties")).isFalse();
    }

    @Test
    void ref_is_the_answered_id_and_attributes_are_the_answered_data() throws Exception {
        engine.create(
                deployment(
                        GUARD
                                + "  User: {Type: Fake::Thing, Properties: {Name: !Ref Guard, Uses: !GetAtt Guard.KeyArn}}\n"));

        assertThat(engine.resource("User").properties())
                .containsEntry("Name", "guard-k1")
                .containsEntry("Uses", "arn-of-key");
    }

    @Test
    void custom_resources_come_last_among_the_ready_ones() throws Exception {
        StackResult result = engine.create(deployment(GUARD + "  Other: {Type: Fake::Role}\n"));

        assertThat(lines(result))
                .containsSubsequence("Other CREATE_COMPLETE", "Guard CREATE_IN_PROGRESS");
    }

    @Test
    void custom_resources_are_deleted_last() throws Exception {
        engine.create(deployment(GUARD + "  Other: {Type: Fake::Role}\n"));

        assertThat(lines(engine.delete()))
                .containsSubsequence("Other DELETE_COMPLETE", "Guard DELETE_IN_PROGRESS");
    }

    @Test
    void a_missing_attribute_fails_the_stack_although_the_answer_was_a_success() throws Exception {
        StackResult result =
                engine.create(
                        deployment(
                                GUARD
                                        + "  User: {Type: Fake::Thing, Properties: {Uses: !GetAtt Guard.Missing}}\n"));

        assertThat(result.status()).isEqualTo(Status.ROLLBACK_COMPLETE);
        assertThat(reasons(result, "User").getFirst())
                .startsWith(
                        "CustomResource attribute error: Vendor response doesn't contain Missing key");
    }

    record Bad(String what, UnaryOperator<JsonNode> function, String reason, String deletedId) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Bad> badAnswers() {
        String made = "shop-Guard-[A-Z0-9]{12}";
        return Stream.of(
                new Bad(
                        "FAILED with a reason",
                        event ->
                                answer(
                                        event,
                                        "FAILED",
                                        "half-made",
                                        ",\"Reason\":\"key is disabled\""),
                        "Received response status \\[FAILED] from custom resource. Message returned: key is disabled .*",
                        "half-made"),
                new Bad(
                        "FAILED without a reason",
                        event -> answer(event, "FAILED", "half-made", ""),
                        "Custom resource failed without a Reason.*",
                        "half-made"),
                new Bad(
                        "unknown status",
                        event -> answer(event, "OK", "half-made", ""),
                        "Invalid Status in response.*",
                        "half-made"),
                new Bad(
                        "no id",
                        event -> answer(event, "SUCCESS", "", ""),
                        "Invalid PhysicalResourceId.",
                        made),
                new Bad(
                        "id of 1025 bytes",
                        event -> answer(event, "SUCCESS", "x".repeat(1025), ""),
                        "Invalid PhysicalResourceId.",
                        made),
                new Bad(
                        "4097 bytes",
                        event ->
                                answer(
                                        event,
                                        "SUCCESS",
                                        "id",
                                        ",\"Reason\":\"" + "x".repeat(4096) + "\""),
                        "Response object is too long.",
                        made),
                new Bad(
                        "data is a list",
                        event -> answer(event, "SUCCESS", "id", ",\"Data\":[1]"),
                        "Invalid Data in response.*",
                        "id"),
                new Bad(
                        "data is nested",
                        event -> answer(event, "SUCCESS", "id", ",\"Data\":{\"a\":{}}"),
                        "Invalid Data in response: the value of a is not a simple type.",
                        "id"),
                new Bad(
                        "another request id",
                        event ->
                                read(
                                        "{\"Status\":\"SUCCESS\",\"PhysicalResourceId\":\"id\",\"StackId\":"
                                                + event.get("StackId")
                                                + ",\"RequestId\":\"other\",\"LogicalResourceId\":\"Guard\"}"),
                        "CloudFormation did not receive a response.*does not echo.*",
                        made),
                new Bad(
                        "not JSON",
                        event -> TextNode.valueOf("sorry"),
                        "Response is not valid JSON.",
                        made),
                new Bad(
                        "no answer at all",
                        event -> MissingNode.getInstance(),
                        "CloudFormation did not receive a response.*",
                        made));
    }

    @Test
    void the_table_of_bad_answers_is_complete() {
        assertThat(badAnswers()).hasSize(11);
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void a_bad_answer_to_a_creation_fails_it_and_is_followed_by_a_delete(Bad bad) throws Exception {
        account.timeScale = 50;
        function =
                event ->
                        event.path("RequestType").asText().equals("Create")
                                ? bad.function().apply(event)
                                : ok(event, event.path("PhysicalResourceId").asText());

        StackResult result = engine.create(deployment(GUARD));

        assertThat(result.status()).isEqualTo(Status.ROLLBACK_COMPLETE);
        assertThat(reasons(result, "Guard").getFirst()).matches("(?s)" + bad.reason());
        assertThat(events).hasSize(2);
        assertThat(events.get(1).path("RequestType").asText()).isEqualTo("Delete");
        assertThat(events.get(1).path("PhysicalResourceId").asText()).matches(bad.deletedId());
    }

    @Test
    void service_timeout_is_scaled_and_the_reason_says_so() throws Exception {
        account.timeScale = 100;
        function = event -> MissingNode.getInstance();

        StackResult result = engine.create(deployment(GUARD));

        assertThat(result.status()).isEqualTo(Status.ROLLBACK_FAILED);
        assertThat(reasons(result, "Guard").getFirst())
                .endsWith("(waiting times are divided by 100 here)");
    }

    @Test
    void an_update_with_equal_properties_sends_nothing() throws Exception {
        engine.create(deployment(GUARD));
        engine.update(deployment(GUARD.replace("Count: 3", "Count: '3'")));

        assertThat(story()).containsExactly("Create - k1");
    }

    @Test
    void an_update_carries_the_old_properties_and_a_kept_id_ends_it() throws Exception {
        engine.create(deployment(GUARD));
        StackResult result = engine.update(deployment(GUARD.replace("Count: 3", "Count: 4")));

        assertThat(result.status()).isEqualTo(Status.UPDATE_COMPLETE);
        assertThat(story()).containsExactly("Create - k1", "Update guard-k1 k1");
        assertThat(events.get(1).at("/OldResourceProperties/Count").asText()).isEqualTo("3");
        assertThat(events.get(1).at("/ResourceProperties/Count").asText()).isEqualTo("4");
    }

    @Test
    void a_new_id_deletes_the_old_one_with_the_old_properties_in_the_clean_up() throws Exception {
        engine.create(deployment(GUARD));
        StackResult result = engine.update(deployment(GUARD.replace("Key: k1", "Key: k2")));

        assertThat(story())
                .containsExactly("Create - k1", "Update guard-k1 k2", "Delete guard-k1 k1");
        assertThat(lines(result))
                .containsSubsequence(
                        "shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                        "Guard DELETE_IN_PROGRESS",
                        "shop UPDATE_COMPLETE");
    }

    @Test
    void a_clean_up_delete_that_fails_is_tried_three_times_and_abandoned() throws Exception {
        engine.create(deployment(GUARD));
        function =
                event ->
                        event.path("RequestType").asText().equals("Delete")
                                ? answer(event, "FAILED", "x", ",\"Reason\":\"no\"")
                                : ok(event, "guard-k2");

        StackResult result = engine.update(deployment(GUARD.replace("Key: k1", "Key: k2")));

        assertThat(result.status()).isEqualTo(Status.UPDATE_COMPLETE);
        assertThat(story().stream().filter(line -> line.startsWith("Delete"))).hasSize(3);
        assertThat(engine.resource("Guard").physicalId()).isEqualTo("guard-k2");
    }

    @ParameterizedTest
    @EnumSource(Reversal.class)
    void a_replacement_is_taken_back_in_either_way(Reversal reversal) throws Exception {
        engine = new StackEngine(Engines.PLACE, world, Options.standard().withReversal(reversal));
        String sibling =
                "  Sibling: {Type: Fake::Thing, Properties: {Size: 1, Uses: !Ref Guard}}\n";
        engine.create(deployment(GUARD + sibling));
        world.failing("Sibling", "update", "no");

        StackResult result =
                engine.update(deployment(GUARD.replace("Key: k1", "Key: k2") + sibling));

        assertThat(result.status()).isEqualTo(Status.UPDATE_ROLLBACK_COMPLETE);
        switch (reversal) {
            case REVERSE_UPDATE ->
                    assertThat(story())
                            .containsExactly(
                                    "Create - k1",
                                    "Update guard-k1 k2",
                                    "Update guard-k2 k1",
                                    "Delete guard-k2 k2");
            case DELETE_NEW ->
                    assertThat(story())
                            .containsExactly(
                                    "Create - k1", "Update guard-k1 k2", "Delete guard-k2 k2");
        }
        assertThat(engine.resource("Guard").physicalId()).isEqualTo("guard-k1");
    }

    @Test
    void an_update_of_the_same_id_is_taken_back_by_an_update() throws Exception {
        String sibling =
                "  Sibling: {Type: Fake::Thing, DependsOn: Guard, Properties: {Size: 1}}\n";
        engine.create(deployment(GUARD + sibling));
        world.failing("Sibling", "update", "no");

        engine.update(
                deployment(
                        GUARD.replace("Count: 3", "Count: 4")
                                + sibling.replace("Size: 1", "Size: 2")));

        assertThat(story())
                .containsExactly("Create - k1", "Update guard-k1 k1", "Update guard-k1 k1");
        assertThat(events.get(2).at("/ResourceProperties/Count").asText()).isEqualTo("3");
        assertThat(events.get(2).at("/OldResourceProperties/Count").asText()).isEqualTo("4");
    }

    @Test
    void a_failed_update_with_the_old_id_is_followed_by_a_reverse_update_only() throws Exception {
        engine.create(deployment(GUARD));
        function =
                event ->
                        event.at("/ResourceProperties/Key").asText().equals("k2")
                                ? answer(event, "FAILED", "guard-k1", ",\"Reason\":\"no\"")
                                : ok(event, "guard-k1");

        StackResult result = engine.update(deployment(GUARD.replace("Key: k1", "Key: k2")));

        assertThat(result.status()).isEqualTo(Status.UPDATE_ROLLBACK_COMPLETE);
        assertThat(story())
                .containsExactly("Create - k1", "Update guard-k1 k2", "Update guard-k1 k1");
    }

    @Test
    void a_failed_update_with_another_id_also_deletes_that_id() throws Exception {
        engine.create(deployment(GUARD));
        function =
                event ->
                        event.at("/ResourceProperties/Key").asText().equals("k2")
                                        && event.path("RequestType").asText().equals("Update")
                                ? answer(event, "FAILED", "guard-k2", ",\"Reason\":\"no\"")
                                : ok(event, event.path("PhysicalResourceId").asText());

        engine.update(deployment(GUARD.replace("Key: k1", "Key: k2")));

        assertThat(story())
                .containsExactly(
                        "Create - k1",
                        "Update guard-k1 k2",
                        "Update guard-k1 k1",
                        "Delete guard-k2 k2");
    }

    @Test
    void a_changed_service_token_is_refused_without_an_event() throws Exception {
        engine.create(deployment(GUARD));
        StackResult result =
                engine.update(deployment(GUARD.replace("function:guard", "function:other")));

        assertThat(result.status()).isEqualTo(Status.UPDATE_ROLLBACK_COMPLETE);
        assertThat(reasons(result, "Guard")).contains("Modifying service token is not allowed.");
        assertThat(story()).containsExactly("Create - k1");
    }

    @Test
    void retain_sends_no_delete() throws Exception {
        engine.create(
                deployment(
                        GUARD.replace(
                                "Type: Custom::Guard",
                                "Type: Custom::Guard\n    DeletionPolicy: Retain")));
        engine.delete();

        assertThat(story()).containsExactly("Create - k1");
    }

    @Test
    void a_failed_delete_keeps_the_stack() throws Exception {
        engine.create(deployment(GUARD + "  Role: {Type: Fake::Role}\n"));
        function = event -> answer(event, "FAILED", "guard-k1", ",\"Reason\":\"refused\"");

        StackResult result = engine.delete();

        assertThat(result.status()).isEqualTo(Status.DELETE_FAILED);
        assertThat(engine.resources()).containsOnlyKeys("Guard");
    }

    @Test
    void a_running_creation_is_cancelled_when_another_resource_fails() throws Exception {
        engine =
                new StackEngine(
                        Engines.PLACE, world, Options.standard().withOrder(new Order.Seeded(3)));
        CountDownLatch guardRuns = new CountDownLatch(1);
        function =
                event -> {
                    if (event.path("RequestType").asText().equals("Create")) {
                        guardRuns.countDown();
                        return MissingNode.getInstance();
                    }
                    return ok(event, event.path("PhysicalResourceId").asText());
                };
        world.scripts.put(
                "Sibling",
                (operation, target, id) -> {
                    try {
                        guardRuns.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    throw new ResourceFailed("no");
                });

        StackResult result = engine.create(deployment(GUARD + "  Sibling: {Type: Fake::Thing}\n"));

        assertThat(result.status()).isEqualTo(Status.ROLLBACK_COMPLETE);
        assertThat(reasons(result, "Guard")).containsExactly("Resource creation cancelled");
        assertThat(events.get(1).path("RequestType").asText()).isEqualTo("Delete");
        assertThat(events.get(1).path("PhysicalResourceId").asText())
                .matches("shop-Guard-[A-Z0-9]{12}");
    }

    @Test
    void no_echo_data_is_masked_in_outputs_but_works_in_properties() throws Exception {
        function =
                event ->
                        answer(
                                event,
                                "SUCCESS",
                                "id",
                                ",\"NoEcho\":true,\"Data\":{\"Secret\":\"s3cret\"}");

        StackResult result =
                engine.create(
                        Engines.whole(
                                "Resources:\n"
                                        + GUARD
                                        + "  User: {Type: Fake::Thing, Properties: {Uses: !GetAtt Guard.Secret}}\n"
                                        + "Outputs:\n  Shown: {Value: !GetAtt Guard.Secret}\n",
                                Map.of()));

        assertThat(engine.resource("User").properties()).containsEntry("Uses", "s3cret");
        assertThat(result.outputs()).containsEntry("Shown", "****");
    }
}
