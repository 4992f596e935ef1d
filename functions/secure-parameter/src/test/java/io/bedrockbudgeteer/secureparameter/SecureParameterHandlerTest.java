package io.bedrockbudgeteer.secureparameter;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Answer;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.CustomResourceEvents;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import io.bedrockbudgeteer.keyguard.testing.FakeSsm;
import io.bedrockbudgeteer.keyguard.testing.Fault;
import io.bedrockbudgeteer.keyguard.testing.Invocations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecureParameterHandlerTest {
    private static final String NAME = "/bedrock-budgeteer/production/tiers";
    private static final String COPY = NAME + ".bedrock-budgeteer-moving";
    private static final String SECRET = "hunter2-tiers";
    private static final String KEY =
            "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final String OTHER_KEY =
            "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ac";

    private final Invocations guard = new Invocations("Custom::SecureParameter", "Tiers");
    private final FakeAws aws = guard.aws;
    private final SecureParameterHandler handler = new SecureParameterHandler(aws.environment());

    @AfterEach
    void close() {
        guard.close();
        assertThat(guard.log()).as("the log").doesNotContain("hunter2");
        assertThat(guard.endpoint.bodies())
                .as("the answers")
                .noneMatch(body -> body.contains("hunter2"));
    }

    private static Map<String, Object> properties(Map<String, ?> more) {
        Map<String, Object> all =
                new LinkedHashMap<>(
                        Map.of(
                                "Name",
                                NAME,
                                "Value",
                                SECRET,
                                "KeyArn",
                                KEY,
                                "Description",
                                "Tiers",
                                "Tags",
                                Map.of("App", "bedrock-budgeteer")));
        all.putAll(more);
        return all;
    }

    private FakeSsm.Parameter stored() {
        return aws.ssm.parameter(NAME).orElseThrow();
    }

    private Answer update(Map<String, ?> now, Map<String, ?> before) {
        return guard.update(handler, "id", properties(now), properties(before));
    }

    @Test
    void a_secure_string_is_made_under_the_key_with_the_tags_that_say_whose_it_is() {
        Answer answer = guard.create(handler, properties(Map.of()));
        assertThat(answer.reason()).isEmpty();
        assertThat(answer.data())
                .containsOnlyKeys("Name", "Version", "Arn")
                .containsEntry("Name", NAME)
                .containsEntry("Version", "1")
                .containsEntry("Arn", "arn:aws:ssm:eu-central-1:111122223333:parameter" + NAME);
        assertThat(stored().type()).isEqualTo("SecureString");
        assertThat(stored().key()).isEqualTo(KEY);
        assertThat(stored().value()).isEqualTo(SECRET);
        assertThat(stored().tags())
                .containsEntry("App", "bedrock-budgeteer")
                .containsEntry("bedrock-budgeteer:stack-id", CustomResourceEvents.STACK)
                .containsEntry("bedrock-budgeteer:logical-id", "Tiers");
    }

    @Test
    void without_a_key_it_is_a_plain_string() {
        guard.create(handler, properties(Map.of("KeyArn", "")));
        assertThat(stored().type()).isEqualTo("String");
        assertThat(stored().key()).isEmpty();
    }

    @Test
    void
            a_name_that_somebody_else_has_is_not_touched_neither_then_nor_by_the_delete_that_follows() {
        aws.ssm.put(NAME, new FakeSsm.Parameter("theirs", "String", "", 7, "", Map.of()));
        Answer answer = guard.create(handler, properties(Map.of()));
        assertThat(answer.reason()).startsWith("PAR001 error").contains(NAME);
        assertThat(guard.delete(handler, answer.physicalId(), properties(Map.of())).isSuccess())
                .isTrue();
        assertThat(stored().value()).isEqualTo("theirs");
    }

    @Test
    void another_resource_of_the_same_stack_is_somebody_else_too() {
        aws.ssm.put(
                NAME,
                new FakeSsm.Parameter(
                        "theirs",
                        "String",
                        "",
                        1,
                        "",
                        Map.of(
                                "bedrock-budgeteer:stack-id",
                                CustomResourceEvents.STACK,
                                "bedrock-budgeteer:logical-id",
                                "Other")));
        assertThat(guard.create(handler, properties(Map.of())).reason()).startsWith("PAR001 error");
    }

    @Test
    void a_repeated_create_succeeds() {
        String event = guard.events.create(properties(Map.of()));
        Answer first = guard.run(handler, event);
        Answer second = guard.run(handler, event);
        assertThat(second.isSuccess()).isTrue();
        assertThat(second.physicalId()).isEqualTo(first.physicalId());
        assertThat(stored().value()).isEqualTo(SECRET);
    }

    @Test
    void a_new_value_in_the_template_is_written() {
        guard.create(handler, properties(Map.of()));
        aws.ssm.edit(NAME, "hunter2-edited");
        assertThat(update(Map.of("Value", "hunter2-new"), Map.of()).isSuccess()).isTrue();
        assertThat(stored().value()).isEqualTo("hunter2-new");
    }

    @Test
    void a_new_key_re_encrypts_what_the_operator_wrote() {
        guard.create(handler, properties(Map.of()));
        aws.ssm.edit(NAME, "hunter2-edited");
        Answer answer = update(Map.of("KeyArn", OTHER_KEY), Map.of());
        assertThat(answer.data()).containsEntry("Version", "3");
        assertThat(stored().value()).isEqualTo("hunter2-edited");
        assertThat(stored().key()).isEqualTo(OTHER_KEY);
        assertThat(stored().tags()).containsKey("bedrock-budgeteer:stack-id");
    }

    @Test
    void an_update_that_changes_nothing_writes_nothing() {
        guard.create(handler, properties(Map.of()));
        aws.forgetCalls();
        Answer answer = update(Map.of("ServiceTimeout", "700"), Map.of());
        assertThat(answer.data())
                .containsEntry("Version", "1")
                .containsOnlyKeys("Name", "Version", "Arn");
        assertThat(aws.calls()).doesNotContain("ssm:PutParameter", "ssm:AddTagsToResource");
    }

    @Test
    void changed_tags_are_brought_up_to_date() {
        guard.create(handler, properties(Map.of()));
        update(Map.of("Tags", Map.of("Team", "spend")), Map.of());
        assertThat(stored().tags())
                .containsEntry("Team", "spend")
                .doesNotContainKey("App")
                .containsKey("bedrock-budgeteer:logical-id");
    }

    @Test
    void switching_to_the_key_and_back_keeps_the_operators_value_and_leaves_no_copy() {
        guard.create(handler, properties(Map.of("KeyArn", "")));
        aws.ssm.edit(NAME, "hunter2-edited");
        Answer secure = update(Map.of(), Map.of("KeyArn", ""));
        assertThat(secure.reason()).isEmpty();
        assertThat(stored().type()).isEqualTo("SecureString");
        assertThat(stored().value()).isEqualTo("hunter2-edited");
        Answer plain = update(Map.of("KeyArn", ""), Map.of());
        assertThat(plain.physicalId()).isEqualTo("id");
        assertThat(stored().type()).isEqualTo("String");
        assertThat(stored().value()).isEqualTo("hunter2-edited");
        assertThat(stored().tags()).containsKey("bedrock-budgeteer:stack-id");
        assertThat(aws.ssm.names()).containsExactly(NAME);
    }

    @Test
    void a_key_that_cannot_be_used_is_found_before_the_old_parameter_is_deleted() {
        guard.create(handler, properties(Map.of("KeyArn", "")));
        aws.fail(
                "ssm:PutParameter",
                1,
                new AwsError(
                        400, "AccessDeniedException", "not authorized to perform: kms:Encrypt"));
        Answer answer = update(Map.of(), Map.of("KeyArn", ""));
        assertThat(answer.reason()).startsWith("PAR002 error").contains("kms:Encrypt");
        assertThat(stored().type()).isEqualTo("String");
        assertThat(stored().value()).isEqualTo(SECRET);
    }

    @Test
    void a_put_that_fails_after_the_delete_is_compensated() {
        guard.create(handler, properties(Map.of("KeyArn", "")));
        aws.ssm.failPutsOf(NAME, 1);
        Answer answer = update(Map.of(), Map.of("KeyArn", ""));
        assertThat(answer.reason()).startsWith("PAR002 error").contains("put back as String");
        assertThat(stored().type()).isEqualTo("String");
        assertThat(stored().value()).isEqualTo(SECRET);
        assertThat(aws.ssm.names()).containsExactly(NAME);
    }

    @Test
    void a_put_that_keeps_failing_leaves_the_copy_and_the_next_attempt_continues_from_it() {
        guard.create(handler, properties(Map.of("KeyArn", "")));
        aws.ssm.edit(NAME, "hunter2-edited");
        aws.ssm.failPutsOf(NAME, 5);
        Answer answer = update(Map.of(), Map.of("KeyArn", ""));
        assertThat(answer.reason()).contains("its value is kept in " + COPY);
        assertThat(aws.ssm.names()).containsExactly(COPY);
        // CloudFormation goes back.
        Answer back = update(Map.of("KeyArn", ""), Map.of());
        assertThat(back.reason()).isEmpty();
        assertThat(stored().value()).isEqualTo("hunter2-edited");
        assertThat(stored().type()).isEqualTo("String");
        assertThat(aws.ssm.names()).containsExactly(NAME);
    }

    @Test
    void a_parameter_that_only_its_tags_show_ends_in_a_failure() {
        guard.create(handler, properties(Map.of()));
        aws.faults(call ->
                Optional.of(new AwsError(400, "ParameterNotFound", null))
                        .filter(_ -> call.operation().equals("ssm:GetParameter"))
                        .map(Fault.Refused::new));
        assertThat(update(Map.of("Value", SECRET + "-2"), Map.of()).reason())
                .startsWith("PAR002 error")
                .contains("ParameterAlreadyExists");
        assertThat(stored().value()).isEqualTo(SECRET);
    }

    @Test
    void a_parameter_that_is_seen_late_is_brought_up_to_date_with_its_tags() {
        guard.create(handler, properties(Map.of()));
        aws.fail("ssm:ListTagsForResource", 1, new AwsError(400, "InvalidResourceId", "not yet"));
        Answer answer =
                update(
                        Map.of("Value", SECRET + "-2", "Tags", Map.of("Owner", "b")),
                        Map.of("Tags", Map.of("App", "bedrock-budgeteer")));
        assertThat(answer.reason()).isEmpty();
        assertThat(stored().value()).isEqualTo(SECRET + "-2");
        assertThat(stored().tags()).containsEntry("Owner", "b").doesNotContainKey("App");
    }

    // The SDK sends the put again and hears that the name is taken.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void an_answer_that_gets_lost_does_not_stop_a_change_of_type(int put) {
        guard.create(handler, properties(Map.of("KeyArn", "")));
        AtomicInteger puts = new AtomicInteger();
        aws.faults(call ->
                call.operation().equals("ssm:PutParameter") && puts.incrementAndGet() == put
                        ? Optional.of(new Fault.Reset(true))
                        : Optional.empty());
        assertThat(update(Map.of(), Map.of("KeyArn", "")).reason()).isEmpty();
        assertThat(stored().type()).isEqualTo("SecureString");
        assertThat(stored().value()).isEqualTo(SECRET);
        assertThat(aws.ssm.names()).containsExactly(NAME);
    }

    @Test
    void a_new_name_is_a_replacement_that_takes_the_operators_value_along() {
        Answer first = guard.create(handler, properties(Map.of()));
        aws.ssm.edit(NAME, "hunter2-edited");
        Answer second =
                guard.update(
                        handler,
                        first.physicalId(),
                        properties(Map.of("Name", NAME + "2")),
                        properties(Map.of()));
        assertThat(second.physicalId()).isNotEqualTo(first.physicalId());
        assertThat(aws.ssm.parameter(NAME + "2").orElseThrow().value()).isEqualTo("hunter2-edited");
        assertThat(aws.ssm.names()).contains(NAME);
        guard.delete(handler, first.physicalId(), properties(Map.of()));
        assertThat(aws.ssm.names()).containsExactly(NAME + "2");
    }

    @Test
    void a_parameter_that_was_deleted_by_hand_is_made_again() {
        guard.create(handler, properties(Map.of()));
        aws.ssm.remove(NAME);
        assertThat(update(Map.of("Description", "Again"), Map.of()).isSuccess()).isTrue();
        assertThat(stored().value()).isEqualTo(SECRET);
    }

    @Test
    void delete_takes_ours_away_and_may_come_twice_or_without_properties() {
        guard.create(handler, properties(Map.of()));
        assertThat(guard.delete(handler, "made-up", properties(Map.of())).isSuccess()).isTrue();
        assertThat(aws.ssm.names()).isEmpty();
        assertThat(guard.delete(handler, "made-up", properties(Map.of())).isSuccess()).isTrue();
        assertThat(guard.delete(handler, "made-up", Map.of()).isSuccess()).isTrue();
    }

    @Test
    void a_refused_delete_names_the_manual_step() {
        guard.create(handler, properties(Map.of()));
        aws.fail(
                "ssm:DeleteParameter",
                1,
                AwsError.accessDenied("User: x is not authorized to perform: ssm:DeleteParameter"));
        assertThat(guard.delete(handler, "id", properties(Map.of())).reason())
                .contains("By hand: aws ssm delete-parameter --name " + NAME);
    }

    @Test
    void a_message_that_repeats_the_value_is_not_passed_on() {
        aws.fail(
                "ssm:PutParameter",
                1,
                new AwsError(
                        400,
                        "ValidationException",
                        "Value '" + SECRET + "' at 'value' failed to satisfy constraint"));
        Answer answer = guard.create(handler, properties(Map.of()));
        assertThat(answer.reason()).startsWith("PAR002 error").contains("ValidationException");
    }

    @Test
    void a_value_of_the_wrong_shape_is_refused_without_being_shown() {
        assertThat(guard.create(handler, properties(Map.of("Value", List.of(SECRET)))).reason())
                .startsWith("Value must be a text");
        assertThat(guard.create(handler, properties(Map.of("Value", ""))).reason())
                .startsWith("Value is required");
    }

    @Test
    void the_sample_event_works() {
        assertThat(guard.run(handler, guard.sample("secure-parameter-create.json")).isSuccess())
                .isTrue();
    }
}
