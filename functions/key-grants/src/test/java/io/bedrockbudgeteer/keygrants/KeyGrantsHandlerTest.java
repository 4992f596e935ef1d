package io.bedrockbudgeteer.keygrants;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Answer;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.CustomResourceEvents;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import io.bedrockbudgeteer.keyguard.testing.Fault;
import io.bedrockbudgeteer.keyguard.testing.Invocations;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyGrantsHandlerTest {
    private static final int TWO_MINUTES = 120_000;
    private static final String KMS_FOR_EVERYBODY =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\"}]}";
    private static final String ROOT =
            "{\"Sid\":\"Root\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}";
    private static final String TRAIL =
            "arn:aws:cloudtrail:eu-central-1:111122223333:trail/bedrock-budgeteer-production-trail";
    private static final String LOG_GROUP =
            "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/bedrock/bedrock-budgeteer-production-invocation-logs";
    private static final List<String> ATTRIBUTES =
            List.of("KeyArn", "Sids", "PolicySha256", "Changed", "Findings");

    /// What a second stack on the same key has.
    private static final Map<String, Object> STAGING =
            Map.of(
                    "Environment", "staging",
                    "TrailArn", TRAIL.replace("production", "staging"),
                    "LogGroupArns", List.of(LOG_GROUP.replace("production", "staging")),
                    "AlarmArns",
                            List.of(
                                    "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:bedrock-budgeteer-staging-*"));

    private final Invocations guard = new Invocations("Custom::KmsKeyGrants", "KeyGrants");
    private final FakeAws aws = guard.aws;
    private final String key = aws.kms.newKey("1234abcd-12ab-34cd-56ef-1234567890ab");
    private final String otherKey = aws.kms.newKey("1234abcd-12ab-34cd-56ef-1234567890ac");
    private final String guardRole = role("bedrock-budgeteer-production-key-grants");
    private final KeyGrantsHandler handler =
            new KeyGrantsHandler(aws.environment(Map.of("GUARD_ROLE_ARN", guardRole)));

    @AfterEach
    void close() {
        guard.close();
    }

    private String role(String name) {
        String arn = aws.iam.newRole(name);
        aws.iam.inline(arn, "key", KMS_FOR_EVERYBODY);
        return arn;
    }

    private Map<String, Object> properties(Map<String, ?> more) {
        Map<String, Object> all =
                new LinkedHashMap<>(
                        Map.of(
                                "KeyArn",
                                key,
                                "Environment",
                                "production",
                                "TrailArn",
                                TRAIL,
                                "LogGroupArns",
                                List.of(LOG_GROUP),
                                "AlarmArns",
                                List.of(
                                        "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:bedrock-budgeteer-production-*")));
        all.putAll(more);
        return all;
    }

    private Answer create(Map<String, ?> more) {
        return guard.run(handler, guard.events.create(properties(more)), TWO_MINUTES);
    }

    private List<String> sids(String keyArn) {
        return KeyPolicy.read(aws.kms.policy(keyArn)).statements().stream()
                .map(Statement::label)
                .toList();
    }

    private List<String> ours(String keyArn) {
        return sids(keyArn).stream().filter(sid -> sid.startsWith("BedrockBudgeteer")).toList();
    }

    @Test
    void what_is_missing_is_added_once_and_read_back() {
        String before = aws.kms.policy(key);
        Answer answer = create(Map.of());
        assertThat(answer.reason()).isEmpty();
        assertThat(answer.data())
                .containsOnlyKeys(ATTRIBUTES.toArray(new String[0]))
                .containsEntry("KeyArn", key)
                .containsEntry("Changed", "true");
        assertThat(ours(key))
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(sid -> sid.matches("BedrockBudgeteer[A-Za-z]+[0-9a-f]{20}"));
        assertThat(answer.data().get("Sids")).isEqualTo(String.join(" ", ours(key)));
        assertThat(answer.data().get("PolicySha256"))
                .isEqualTo(KeyPolicy.read(aws.kms.policy(key)).sha256());
        assertThat(sids(key)).startsWith("Enable IAM User Permissions");
        assertThat(KeyPolicy.read(aws.kms.policy(key)).statements().get(0).text())
                .isEqualTo(pretty(KeyPolicy.read(before).statements().get(0).text()));
        assertThat(aws.count("kms:PutKeyPolicy")).isEqualTo(1);
        assertThat(aws.count("kms:GetKeyPolicy"))
                .as("plan, before the put, five times after")
                .isGreaterThanOrEqualTo(7);
    }

    // As KMS wrote it out before we read it.
    private static String pretty(String statement) {
        return KeyPolicy.read(
                        "{\n  \"Statement\": [\n    "
                                + io.bedrockbudgeteer.keyguard.json.JsonText.pretty(
                                                JsonReader.read(statement))
                                        .replace("\n", "\n    ")
                                + "\n  ]\n}")
                .statements()
                .get(0)
                .text();
    }

    @Test
    void a_repeated_create_writes_nothing_and_answers_the_same() {
        String event = guard.events.create(properties(Map.of()));
        Answer first = guard.run(handler, event, TWO_MINUTES);
        Answer second = guard.run(handler, event, TWO_MINUTES);
        assertThat(second.physicalId()).isEqualTo(first.physicalId());
        assertThat(second.data())
                .containsEntry("Changed", "false")
                .containsEntry("Sids", first.data().get("Sids"));
        assertThat(second.data()).containsOnlyKeys(ATTRIBUTES.toArray(new String[0]));
        assertThat(aws.count("kms:PutKeyPolicy")).isEqualTo(1);
    }

    @Test
    void two_concurrent_creates_on_one_key_end_with_both_sets_of_statements() throws Exception {
        KeyGrantsHandler second =
                new KeyGrantsHandler(aws.environment(Map.of("GUARD_ROLE_ARN", guardRole)));
        String one = guard.events.create(properties(Map.of()));
        String two =
                new CustomResourceEvents(guard.endpoint, "Custom::KmsKeyGrants", "OtherGrants")
                        .create(properties(STAGING));
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            Future<?> a = pool.submit(() -> invoke(handler, one));
            Future<?> b = pool.submit(() -> invoke(second, two));
            a.get();
            b.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
        assertThat(guard.endpoint.answers()).allMatch(Answer::isSuccess).hasSize(2);
        long owners =
                ours(key).stream()
                        .map(sid -> sid.substring(sid.length() - 20, sid.length() - 12))
                        .distinct()
                        .count();
        assertThat(owners).as("owners with statements").isEqualTo(2);
        assertThat(ours(key).size() % 2).isZero();
    }

    private static void invoke(KeyGrantsHandler handler, String event) {
        try {
            handler.handleRequest(
                    new java.io.ByteArrayInputStream(
                            event.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                    java.io.OutputStream.nullOutputStream(),
                    new io.bedrockbudgeteer.keyguard.testing.FakeContext(TWO_MINUTES));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_role_whose_iam_policy_suffices_gets_no_statement() {
        String lambda = role("bedrock-budgeteer-production-lambda-execution");
        Answer answer = create(Map.of("RoleArns", Map.of("LambdaExecution", lambda)));
        assertThat(answer.isSuccess()).isTrue();
        assertThat(aws.kms.policy(key)).doesNotContain("lambda-execution");
    }

    @Test
    void a_role_gets_its_statement_where_that_is_asked_for() {
        String lambda = role("bedrock-budgeteer-production-lambda-execution");
        assertThat(
                        create(
                                        Map.of(
                                                "RoleArns",
                                                Map.of("LambdaExecution", lambda),
                                                "RoleStatements",
                                                "Always"))
                                .isSuccess())
                .isTrue();
        assertThat(aws.kms.policy(key)).contains(lambda);
    }

    @Test
    void a_role_without_permission_is_named_after_some_patience() {
        String lambda = aws.iam.newRole("bedrock-budgeteer-production-lambda-execution");
        Answer answer = create(Map.of("RoleArns", Map.of("LambdaExecution", lambda)));
        assertThat(answer.reason()).contains("IAM003 error").contains("lambda-execution");
        assertThat(aws.kms.puts()).isEmpty();
        assertThat(guard.log()).contains("roles-read-again");
    }

    @Test
    void a_role_policy_that_shows_up_a_moment_later_is_waited_for() {
        String lambda = aws.iam.newRole("bedrock-budgeteer-production-lambda-execution");
        aws.iam.inline(lambda, "key", KMS_FOR_EVERYBODY);
        aws.fail("iam:GetRole", 1, new AwsError(404, "NoSuchEntity", "not yet"));
        assertThat(create(Map.of("RoleArns", Map.of("LambdaExecution", lambda))).isSuccess())
                .isTrue();
    }

    @Test
    void a_role_that_does_not_exist_is_named() {
        Answer answer =
                create(
                        Map.of(
                                "RoleArns",
                                Map.of(
                                        "LambdaExecution",
                                        "arn:aws:iam::111122223333:role/nobody")));
        assertThat(answer.reason()).startsWith("IAM001 error").contains("role/nobody");
    }

    @Test
    void a_brand_new_role_is_waited_for_until_kms_knows_it() {
        String lambda =
                aws.iam.newRole(
                        "bedrock-budgeteer-production-lambda-execution",
                        Instant.now().minusSeconds(5));
        aws.iam.inline(lambda, "key", KMS_FOR_EVERYBODY);
        aws.iam.hideFromKms(lambda, 3);
        Answer answer =
                create(
                        Map.of(
                                "RoleArns",
                                Map.of("LambdaExecution", lambda),
                                "RoleStatements",
                                "Always"));
        assertThat(answer.reason()).isEmpty();
        assertThat(aws.count("kms:PutKeyPolicy")).isEqualTo(4);
        assertThat(aws.kms.policy(key)).contains(lambda);
    }

    @Test
    void invalid_principals_of_an_old_role_are_not_waited_for() {
        String lambda = role("bedrock-budgeteer-production-lambda-execution");
        aws.iam.hideFromKms(lambda, 1000);
        Answer answer =
                create(
                        Map.of(
                                "RoleArns",
                                Map.of("LambdaExecution", lambda),
                                "RoleStatements",
                                "Always"));
        assertThat(answer.reason()).startsWith("POL013 error").contains("invalid principals");
        assertThat(aws.count("kms:PutKeyPolicy")).isEqualTo(1);
    }

    @Test
    void another_writer_between_read_and_put_is_merged_with() {
        String foreign =
                "{\"Version\":\"2012-10-17\",\"Statement\":["
                        + ROOT
                        + ",{\"Sid\":\"Theirs\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ses.amazonaws.com\"},"
                        + "\"Action\":\"kms:Decrypt\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:SourceAccount\":\"111122223333\"}}}]}";
        // The plan is made on the first text; directly before the put the policy reads differently.
        aws.kms.staleReads(aws.kms.policy(key), aws.kms.policy(key));
        aws.kms.policy(key, foreign);
        assertThat(create(Map.of()).isSuccess()).isTrue();
        assertThat(sids(key)).startsWith("Root", "Theirs");
        assertThat(ours(key)).isNotEmpty();
    }

    @Test
    void another_writer_after_the_put_is_merged_with() {
        String foreign = "{\"Version\":\"2012-10-17\",\"Statement\":[" + ROOT + "]}";
        aws.kms.afterPut(_ -> foreign); // a lost update: theirs was read before ours was put
        Answer answer = create(Map.of());
        assertThat(answer.reason()).isEmpty();
        assertThat(sids(key)).startsWith("Root");
        assertThat(ours(key)).isNotEmpty();
        assertThat(aws.kms.puts()).hasSize(2);
    }

    @Test
    void a_writer_who_never_stops_ends_in_a_failure() {
        for (int i = 0; i < 20; i++) {
            String theirs =
                    "{\"Version\":\"2012-10-17\",\"Id\":\"edit-"
                            + i
                            + "\",\"Statement\":["
                            + ROOT
                            + "]}";
            aws.kms.afterPut(_ -> theirs);
        }
        Answer answer = create(Map.of());
        assertThat(answer.reason()).startsWith("POL012 error");
        assertThat(aws.kms.puts()).hasSize(12);
    }

    @Test
    void stale_reads_after_the_put_are_waited_out() {
        String old = aws.kms.policy(key);
        String event = guard.events.create(properties(Map.of()));
        aws.kms.beforePut(() -> aws.kms.staleReads(old, old, old));
        assertThat(guard.run(handler, event, TWO_MINUTES).isSuccess()).isTrue();
        assertThat(aws.kms.puts()).hasSize(1);
    }

    @Test
    void throttling_and_errors_of_kms_are_repeated() {
        aws.fail("kms:PutKeyPolicy", 6, new AwsError(400, "ThrottlingException", "Rate exceeded"));
        assertThat(create(Map.of()).isSuccess()).isTrue();
    }

    @Test
    void the_lock_out_check_is_never_bypassed_and_its_refusal_is_passed_on() {
        aws.fail(
                "kms:PutKeyPolicy",
                1,
                new AwsError(
                        400,
                        "MalformedPolicyDocumentException",
                        "The new key policy will not allow you to update the key policy in the future."));
        Answer answer = create(Map.of());
        assertThat(answer.reason())
                .startsWith("POL013 error")
                .contains("will not allow you to update")
                .contains("never bypassed");
        assertThat(ours(key)).isEmpty();
    }

    @Test
    void a_refused_put_names_who_may_not_do_what() {
        String words =
                "User: arn:aws:sts::111122223333:assumed-role/x/y is not authorized to perform: kms:PutKeyPolicy on resource: "
                        + key;
        aws.fail("kms:PutKeyPolicy", 1, AwsError.accessDenied(words));
        assertThat(create(Map.of()).reason()).startsWith("POL013 error").contains(words);
    }

    @Test
    void a_guard_that_could_not_write_again_does_not_write() {
        aws.iam.inline(
                guardRole,
                "key",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:GetKeyPolicy\",\"Resource\":\"*\"}]}");
        assertThat(create(Map.of()).reason()).contains("POL008 error");
        assertThat(aws.kms.puts()).isEmpty();
    }

    @Test
    void check_only_fails_with_the_statements_to_add_and_writes_nothing() {
        Answer answer = create(Map.of("Mode", "CheckOnly"));
        assertThat(answer.status()).isEqualTo("FAILED");
        assertThat(answer.reason())
                .startsWith("POL009 error")
                .contains("TrailDataKeys")
                .contains("\"cloudtrail.amazonaws.com\"")
                .contains("Fix: add");
        assertThat(answer.body().length()).isLessThanOrEqualTo(4096);
        assertThat(aws.kms.puts()).isEmpty();
    }

    @Test
    void check_only_names_what_is_missing_even_where_a_write_would_be_blocked() {
        aws.kms.policy(
                key,
                "{\"Version\":\"2012-10-17\",\"Statement\":["
                        + ROOT
                        + ",{\"Sid\":\"Gone\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"AROAABCDEFGHIJKLMNOPQ\"},\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}]}");
        assertThat(create(Map.of("Mode", "CheckOnly")).reason()).startsWith("POL009 error");
        assertThat(create(Map.of()).reason()).startsWith("POL003 error");
        assertThat(aws.kms.puts()).isEmpty();
    }

    @Test
    void dead_entries_of_others_go_in_the_same_put_when_that_is_asked_for() {
        String healthy = "{\"Version\":\"2012-10-17\",\"Statement\":[" + ROOT + "]}";
        String blocked =
                healthy.replace(
                        "]}",
                        ",{\"Sid\":\"Gone\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"AROAABCDEFGHIJKLMNOPQ\"},\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}]}");
        aws.kms.policy(key, blocked);
        Answer answer = create(Map.of("RepairPolicy", "true"));
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.data().get("Findings"))
                .contains("POL023 info: Statement \"Gone\" was taken out");
        assertThat(aws.kms.puts()).hasSize(1);
        assertThat(KeyPolicy.read(aws.kms.policy(key)).orphanIds()).isEmpty();
        assertThat(ours(key)).isNotEmpty();
    }

    @Test
    void a_role_that_vanishes_after_the_put_fails_and_leaves_no_orphan_behind() {
        String lambda = role("bedrock-budgeteer-production-lambda-execution");
        aws.kms.afterPut(text -> {
            aws.iam.remove(lambda);
            return text.replace(lambda, "AROAABCDEFGHIJKLMNOPQ");
        });
        Answer answer =
                create(
                        Map.of(
                                "RoleArns",
                                Map.of("LambdaExecution", lambda),
                                "RoleStatements",
                                "Always"));
        assertThat(answer.status()).isEqualTo("FAILED");
        assertThat(answer.reason()).contains("IAM001");
        assertThat(aws.kms.policy(key)).doesNotContain("AROAABCDEFGHIJKLMNOPQ");
        assertThat(ours(key)).isEmpty();
    }

    @Test
    void check_only_succeeds_when_nothing_is_missing() {
        create(Map.of());
        Answer answer =
                guard.run(
                        handler,
                        guard.events.update(
                                "id",
                                properties(Map.of("Mode", "CheckOnly")),
                                properties(Map.of())),
                        TWO_MINUTES);
        assertThat(answer.isSuccess()).isTrue();
        assertThat(answer.data()).containsEntry("Changed", "false");
    }

    @Test
    void properties_are_strict() {
        assertThat(create(Map.of("Patch", "true")).reason()).startsWith("Unknown property Patch");
        assertThat(create(Map.of("OnKeyChange", "Maybe")).reason())
                .startsWith("OnKeyChange is 'Maybe', allowed: KeepDecrypt or Remove");
        assertThat(create(Map.of("SettleSeconds", "1.5")).reason())
                .startsWith("SettleSeconds is '1.5'");
        assertThat(create(Map.of("KeyArn", "alias/x")).reason()).startsWith("KEY001 error");
        assertThat(create(Map.of("KeyArn", aws.kms.newAlias("x", key))).reason())
                .contains("take the KeyArn of Custom::KmsKeyCheck");
        assertThat(aws.kms.puts()).isEmpty();
    }

    @Test
    void additional_statements_are_written_as_ours() {
        Answer answer =
                create(
                        Map.of(
                                "AdditionalStatements",
                                List.of(
                                        Map.of(
                                                "Effect", "Allow",
                                                "Principal",
                                                        Map.of("Service", "events.amazonaws.com"),
                                                "Action", List.of("kms:Decrypt"),
                                                "Resource", "*",
                                                "Condition",
                                                        Map.of(
                                                                "StringEquals",
                                                                Map.of(
                                                                        "aws:SourceAccount",
                                                                        "111122223333"))))));
        assertThat(answer.reason()).isEmpty();
        assertThat(aws.kms.policy(key)).contains("events.amazonaws.com");
    }

    // Delete

    private Answer delete(String status, Map<String, ?> more) {
        aws.cloudFormation.status(status);
        return guard.run(handler, guard.events.delete("any-id", properties(more)), TWO_MINUTES);
    }

    @Test
    void deleting_the_stack_takes_exactly_our_statements_out() {
        aws.kms.policy(key, pretty("{\"Statement\":[" + ROOT + "]}", 0));
        String before = KeyPolicy.read(aws.kms.policy(key)).sha256();
        create(Map.of());
        assertThat(delete("DELETE_IN_PROGRESS", Map.of()).isSuccess()).isTrue();
        assertThat(KeyPolicy.read(aws.kms.policy(key)).sha256()).isEqualTo(before);
        assertThat(delete("DELETE_IN_PROGRESS", Map.of()).isSuccess())
                .as("a second Delete")
                .isTrue();
    }

    private static String pretty(String document, int ignored) {
        return io.bedrockbudgeteer.keyguard.json.JsonText.pretty(JsonReader.read(document));
    }

    @Test
    void deleting_the_stack_may_keep_the_statements() {
        create(Map.of());
        assertThat(delete("DELETE_IN_PROGRESS", Map.of("OnDelete", "Keep")).isSuccess()).isTrue();
        assertThat(ours(key)).isNotEmpty();
    }

    @Test
    void the_clean_up_of_an_update_keeps_decrypt_for_old_data() {
        create(Map.of());
        assertThat(delete("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", Map.of()).isSuccess()).isTrue();
        KeyPolicy policy = KeyPolicy.read(aws.kms.policy(key));
        assertThat(ours(key)).isNotEmpty();
        assertThat(
                        policy.statements().stream()
                                .filter(s -> s.label().startsWith("BedrockBudgeteer"))
                                .map(s -> s.actions().orElseThrow().patterns()))
                .allMatch(actions -> actions.equals(List.of("kms:Decrypt")));
    }

    @Test
    void the_clean_up_of_an_update_may_take_everything_out() {
        create(Map.of());
        assertThat(
                        delete(
                                        "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                                        Map.of("OnKeyChange", "Remove"))
                                .isSuccess())
                .isTrue();
        assertThat(ours(key)).isEmpty();
    }

    @Test
    void a_roll_back_leaves_the_key_as_it_was() {
        create(Map.of());
        assertThat(delete("ROLLBACK_IN_PROGRESS", Map.of("OnDelete", "Keep")).isSuccess()).isTrue();
        assertThat(ours(key)).isEmpty();
    }

    @Test
    void an_unknown_stack_status_never_takes_away_what_data_may_need() {
        create(Map.of());
        aws.fail("cloudformation:DescribeStacks", 1, new AwsError(403, "AccessDenied", "no"));
        assertThat(delete("DELETE_IN_PROGRESS", Map.of()).isSuccess()).isTrue();
        assertThat(ours(key)).isNotEmpty();
        assertThat(guard.log()).contains("stack-status-unknown");
    }

    @Test
    void a_key_that_is_gone_or_going_needs_nothing() {
        create(Map.of());
        aws.kms.set(key, "KeyState", "PendingDeletion");
        int puts = aws.kms.puts().size();
        assertThat(delete("DELETE_IN_PROGRESS", Map.of()).isSuccess()).isTrue();
        assertThat(aws.kms.puts()).hasSize(puts);
        aws.kms.remove(key);
        assertThat(delete("DELETE_IN_PROGRESS", Map.of()).isSuccess()).isTrue();
    }

    @Test
    void a_delete_that_cannot_locate_anything_succeeds_without_a_call() {
        for (Map<String, String> lost :
                List.of(
                        Map.<String, String>of(),
                        Map.of("KeyArn", "rubbish"),
                        Map.of("KeyArn", key.replace("eu-central-1", "us-east-1")),
                        Map.of("KmsKeyArn", key))) {
            aws.forgetCalls();
            assertThat(guard.delete(handler, "made-up", lost).isSuccess()).isTrue();
            assertThat(aws.calls()).isEmpty();
        }
        assertThat(guard.log()).contains("nothing-located");
    }

    @Test
    void a_refused_delete_fails_and_names_the_manual_step() {
        create(Map.of());
        aws.fail(
                "kms:PutKeyPolicy",
                1,
                AwsError.accessDenied("User: x is not authorized to perform: kms:PutKeyPolicy"));
        Answer answer = delete("DELETE_IN_PROGRESS", Map.of());
        assertThat(answer.status()).isEqualTo("FAILED");
        assertThat(answer.reason())
                .contains("By hand")
                .contains("not authorized to perform: kms:PutKeyPolicy")
                .contains(key);
    }

    @Test
    void a_delete_works_on_a_disabled_key_and_leaves_other_stacks_alone() {
        create(Map.of());
        Invocations other = new Invocations("Custom::KmsKeyGrants", "OtherGrants");
        try (other) {
            String event = other.events.create(properties(STAGING));
            assertThat(other.run(handler, event, TWO_MINUTES).isSuccess()).isTrue();
            int both = ours(key).size();
            aws.kms.set(key, "KeyState", "Disabled");
            assertThat(delete("DELETE_IN_PROGRESS", Map.of()).isSuccess()).isTrue();
            assertThat(ours(key)).hasSize(both / 2);
        }
    }

    @Test
    void a_delete_of_a_create_that_failed_on_validation_writes_nothing() {
        Answer failed = create(Map.of("Mode", "Nonsense"));
        aws.cloudFormation.status("ROLLBACK_IN_PROGRESS");
        assertThat(
                        guard.run(
                                        handler,
                                        guard.events.delete(
                                                failed.physicalId(),
                                                properties(Map.of("Mode", "Nonsense"))),
                                        TWO_MINUTES)
                                .isSuccess())
                .isTrue();
        assertThat(aws.kms.puts()).isEmpty();
    }

    // Update

    private Answer update(String id, String newKey, String oldKey) {
        return guard.run(
                handler,
                guard.events.update(
                        id,
                        properties(Map.of("KeyArn", newKey)),
                        properties(Map.of("KeyArn", oldKey))),
                TWO_MINUTES);
    }

    @Test
    void a_new_key_is_a_replacement_that_does_not_touch_the_old_key() {
        Answer first = create(Map.of());
        String old = aws.kms.policy(key);
        Answer second = update(first.physicalId(), otherKey, key);
        assertThat(second.physicalId()).isNotEqualTo(first.physicalId());
        assertThat(aws.kms.policy(key)).isEqualTo(old);
        assertThat(ours(otherKey)).isNotEmpty();
    }

    @Test
    void the_way_back_on_the_new_id_leaves_the_new_key_to_the_delete_that_follows() {
        Answer first = create(Map.of());
        Answer second = update(first.physicalId(), otherKey, key);
        aws.cloudFormation.status("UPDATE_ROLLBACK_IN_PROGRESS");
        Answer back = update(second.physicalId(), key, otherKey);
        assertThat(back.physicalId()).isEqualTo(first.physicalId());
        assertThat(ours(otherKey)).isNotEmpty();
        aws.cloudFormation.status("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS");
        assertThat(
                        guard.run(
                                        handler,
                                        guard.events.delete(
                                                second.physicalId(),
                                                properties(Map.of("KeyArn", otherKey))),
                                        TWO_MINUTES)
                                .isSuccess())
                .isTrue();
        assertThat(ours(otherKey)).isEmpty();
        assertThat(ours(key)).isNotEmpty();
    }

    @Test
    void the_way_back_on_the_old_id_takes_ours_out_of_the_other_key_because_no_delete_comes() {
        Answer first = create(Map.of());
        update(first.physicalId(), otherKey, key);
        assertThat(ours(otherKey)).isNotEmpty();
        aws.cloudFormation.status("UPDATE_ROLLBACK_IN_PROGRESS");
        Answer back = update(first.physicalId(), key, otherKey);
        assertThat(back.isSuccess()).isTrue();
        assertThat(ours(otherKey)).isEmpty();
        assertThat(ours(key)).isNotEmpty();
    }

    @Test
    void a_failed_update_keeps_the_id_and_the_policy() {
        Answer first = create(Map.of());
        aws.kms.remove(otherKey);
        Answer failed = update(first.physicalId(), otherKey, key);
        assertThat(failed.status()).isEqualTo("FAILED");
        assertThat(failed.physicalId()).isEqualTo(first.physicalId());
    }

    @Test
    void a_roll_back_to_a_key_that_is_gone_succeeds_with_all_attributes() {
        Answer first = create(Map.of());
        aws.kms.remove(key);
        aws.cloudFormation.status("UPDATE_ROLLBACK_IN_PROGRESS");
        Answer back = update(first.physicalId(), key, key);
        assertThat(back.isSuccess()).isTrue();
        assertThat(back.data())
                .containsOnlyKeys(ATTRIBUTES.toArray(new String[0]))
                .containsEntry("KeyArn", key);
        assertThat(Objects.requireNonNull(back.data().get("Findings")))
                .contains("ignored in the roll-back");
    }

    @Test
    void a_create_that_was_cancelled_takes_out_what_it_wrote() {
        aws.kms.beforePut(() -> aws.cloudFormation.status("ROLLBACK_IN_PROGRESS"));
        Answer answer = create(Map.of());
        assertThat(answer.status()).isEqualTo("FAILED");
        assertThat(ours(key)).isEmpty();
    }

    @Test
    void a_drifted_statement_is_written_again_when_a_recheck_is_asked_for() {
        create(Map.of());
        aws.kms.policy(key, "{\"Version\":\"2012-10-17\",\"Statement\":[" + ROOT + "]}");
        Answer again =
                guard.run(
                        handler,
                        guard.events.update(
                                "id",
                                properties(Map.of("Recheck", "2")),
                                properties(Map.of("Recheck", "1"))),
                        TWO_MINUTES);
        assertThat(again.data()).containsEntry("Changed", "true");
        assertThat(ours(key)).isNotEmpty();
    }

    @Test
    void the_settle_time_is_waited_only_after_a_change() {
        long start = System.nanoTime();
        // 90 s are 90 ms where time is a thousand times faster.
        create(Map.of("SettleSeconds", "90"));
        long changed = System.nanoTime() - start;
        assertThat(changed).isGreaterThan(90_000_000L);
    }

    // Who had read an old policy and put it after our reads cannot know, and nobody else looks.
    @Test
    void what_another_writer_takes_out_during_the_settle_time_is_written_again() {
        String before = aws.kms.policy(key);
        AtomicInteger asked = new AtomicInteger();
        aws.faults(call -> {
            if (call.operation().equals("cloudformation:DescribeStacks")
                    && asked.getAndIncrement() == 0) aws.kms.policy(key, before);
            return Optional.empty();
        });
        assertThat(create(Map.of()).data()).containsEntry("Changed", "true");
        assertThat(aws.kms.puts()).hasSize(2);
        assertThat(ours(key)).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void a_look_after_the_settle_time_that_fails_takes_nothing_back() {
        AtomicInteger asked = new AtomicInteger();
        aws.faults(call -> {
            if (call.operation().equals("cloudformation:DescribeStacks")) asked.incrementAndGet();
            return asked.get() > 0 && call.operation().equals("kms:GetKeyPolicy")
                    ? Optional.of(new Fault.Refused(AwsError.accessDenied("not now")))
                    : Optional.empty();
        });
        assertThat(create(Map.of()).reason()).isEmpty();
        assertThat(ours(key)).hasSizeGreaterThanOrEqualTo(4);
    }

    // As after a Create that failed while it wrote, with a replica that has not heard of it.
    @Test
    void a_delete_that_sees_nothing_of_ours_at_first_looks_again() {
        String before = aws.kms.policy(key);
        create(Map.of());
        aws.cloudFormation.status("ROLLBACK_IN_PROGRESS");
        aws.kms.staleReads(before, before);
        assertThat(guard.delete(handler, "id", properties(Map.of())).isSuccess()).isTrue();
        assertThat(ours(key)).isEmpty();
    }

    @Test
    void the_sample_event_works() {
        for (String name :
                List.of(
                        "lambda-execution",
                        "step-functions",
                        "firehose-delivery",
                        "secure-parameter")) role("bedrock-budgeteer-production-" + name);
        Answer answer = guard.run(handler, guard.sample("key-grants-create.json"), TWO_MINUTES);
        assertThat(answer.reason()).isEmpty();
        assertThat(answer.isSuccess()).isTrue();
    }
}
