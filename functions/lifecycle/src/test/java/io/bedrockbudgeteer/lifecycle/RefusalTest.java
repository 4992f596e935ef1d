package io.bedrockbudgeteer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.Fault;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import io.bedrockbudgeteer.lifecycle.KeyState.Holding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Keys and policies that do not allow what is asked for: refused with one sentence, before
/// anything is written.
class RefusalTest {
    private static final String ROOT =
            "{\"Sid\":\"Root\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}";

    private final Account account = new Account();
    private final String key = account.newKey();
    private final Stack stack = account.newStack("app");
    private final Template grants = Template.grants(key, "app");

    @AfterEach
    void close() {
        account.close();
    }

    private String reason() {
        return stack.sent(Guard.GRANTS).get(0).answer().reason();
    }

    private void policy(String statements) {
        account.aws.kms.policy(
                key, "{\"Version\":\"2012-10-17\",\"Statement\":[" + ROOT + statements + "]}");
    }

    private Template withRole(String role) {
        return grants.with(
                Guard.GRANTS,
                Map.of("RoleArns", Map.of("LambdaExecution", role), "RoleStatements", "Always"));
    }

    @Test
    @Scenario("K5")
    void a_brand_new_role_is_waited_for_and_one_that_stays_unknown_is_not_for_ever() {
        String role = account.aws.iam.newRole("app-lambda", Instant.now().minusSeconds(5));
        account.aws.iam.inline(role, "key", Account.KMS_FOR_EVERYBODY);
        account.aws.iam.hideFromKms(role, 3);
        assertThat(stack.create(withRole(role))).isTrue();
        assertThat(account.aws.kms.policy(key)).contains(role);
        assertThat(account.aws.count("kms:PutKeyPolicy")).isEqualTo(4);
        stack.delete();

        account.aws.iam.hideFromKms(role, 10_000);
        account.aws.forgetCalls();
        Stack second = account.newStack("app");
        assertThat(second.create(withRole(role))).isFalse();
        assertThat(second.sent(Guard.GRANTS).get(0).answer().reason())
                .startsWith("POL013 error")
                .contains("MalformedPolicyDocumentException");
        assertThat(account.aws.count("kms:PutKeyPolicy")).isLessThanOrEqualTo(24);
        assertThat(account.isAsBefore(key)).isTrue();
    }

    @Test
    @Scenario("K6")
    void a_policy_that_would_be_too_long_is_not_put() {
        policy(statementsOf(32_000));
        assertThat(stack.create(grants)).isFalse();
        assertThat(reason()).startsWith("POL005 error");
        assertThat(account.aws.kms.puts()).isEmpty();
    }

    // Escaped, the text means the same and is one that KMS takes.
    @Test
    @Scenario("K6")
    void characters_that_kms_does_not_take_are_sent_as_escapes() {
        policy("," + ROOT.replace("\"Root\"", "\"\u4e2d\u6587 \u00e9\""));
        List<String> before = account.key(key).foreign();
        assertThat(stack.create(grants)).isTrue();
        assertThat(account.aws.kms.puts()).hasSize(1);
        assertThat(account.aws.kms.puts().getFirst())
                .matches("[\\t\\n\\r\\u0020-\\u007e\\u00a0-\\u00ff]+")
                .contains("\\u4e2d");
        assertThat(account.key(key).foreign()).isEqualTo(before);
    }

    /// Statements that fill about so many characters, without blanks that could be saved.
    private static String statementsOf(int characters) {
        StringBuilder all = new StringBuilder();
        while (all.length() < characters)
            all.append(',').append(ROOT.replace("Root", "Root" + all.length()));
        return all.toString();
    }

    @Test
    @Scenario("K7")
    void the_guard_does_not_lock_itself_out_and_passes_on_what_kms_says_about_it() {
        account.aws.fail(
                "kms:PutKeyPolicy",
                1,
                new AwsError(
                        400,
                        "MalformedPolicyDocumentException",
                        "The new key policy will not allow you to update the key policy in the future."));
        assertThat(stack.create(grants)).isFalse();
        assertThat(reason())
                .startsWith("POL013 error")
                .contains("will not allow you to update")
                .contains("never bypassed");
        assertThat(account.isAsBefore(key)).isTrue();

        account.aws.iam.inline(
                account.guardRole(),
                "key",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:GetKeyPolicy\",\"Resource\":\"*\"}]}");
        Stack second = account.newStack("app");
        assertThat(second.create(grants)).isFalse();
        assertThat(second.sent(Guard.GRANTS).get(0).answer().reason()).contains("POL008 error");
        assertThat(account.aws.kms.puts()).isEmpty();
    }

    /// @param value what the template gives; empty for the account's key
    /// @param member of the key's metadata, set to `state`
    record Unfit(String value, String member, String state, String rule, String sentence) {
        @Override
        public String toString() {
            return value + member + " " + state;
        }
    }

    static List<Unfit> unfit() {
        String id = "1234abcd-12ab-34cd-56ef-000000000001";
        return List.of(
                new Unfit("", "KeyManager", "AWS", "KEY005", "create-key"),
                new Unfit(
                        "arn:aws:kms:us-east-1:111122223333:key/" + id,
                        "",
                        "",
                        "KEY003",
                        "Use a key in eu-central-1"),
                new Unfit("", "KeyState", "Disabled", "KEY008", "enable-key"),
                new Unfit("", "KeyState", "PendingDeletion", "KEY009", "cancel-key-deletion"),
                new Unfit("", "KeyState", "PendingImport", "KEY010", "import-key-material"),
                new Unfit("", "KeySpec", "RSA_4096", "KEY012", "create-key"),
                new Unfit("", "KeySpec", "HMAC_256", "KEY012", "create-key"),
                new Unfit("alias/budget", "", "", "KEY001", "alias"),
                new Unfit(id, "", "", "KEY001", "Give the whole ARN of the key"),
                new Unfit(
                        "arn:aws:kms:eu-central-1:444455556666:key/" + id,
                        "",
                        "",
                        "KEY004",
                        "Use a key of the account 111122223333"));
    }

    @Test
    void the_table_of_unfit_keys_is_complete() {
        assertThat(unfit()).hasSize(10);
    }

    @ParameterizedTest
    @MethodSource("unfit")
    @Scenario("K8")
    void a_key_that_cannot_work_fails_the_stack_at_once_with_what_to_do(Unfit unfit) {
        if (!unfit.member().isEmpty()) account.aws.kms.set(key, unfit.member(), unfit.state());
        String value = unfit.value().isEmpty() ? key : unfit.value();
        assertThat(stack.create(Template.all(value, "app"))).isFalse();
        assertThat(stack.status()).isEqualTo("ROLLBACK_COMPLETE");
        assertThat(stack.sent(Guard.CHECK).get(0).answer().reason())
                .startsWith(unfit.rule() + " error: ")
                .contains(" Fix: ")
                .contains(unfit.sentence());
        assertThat(stack.sent(Guard.GRANTS)).isEmpty();
        assertThat(account.aws.kms.puts()).isEmpty();
    }

    @Test
    @Scenario("K10")
    void a_policy_with_a_repeated_member_is_refused_not_rewritten() {
        String twice =
                "!{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}]}";
        account.aws.kms.policy(key, twice);
        assertThat(stack.create(grants)).isFalse();
        assertThat(reason()).startsWith("POL002 error").contains("Effect");
        assertThat(account.aws.kms.policy(key)).isEqualTo(twice);
        assertThat(account.aws.kms.puts()).isEmpty();
    }

    @Test
    @Scenario("K11")
    void a_deny_that_no_allow_can_lift_is_named_and_nothing_is_claimed() {
        policy(
                ",{\"Sid\":\"NoTrail\",\"Effect\":\"Deny\",\"Principal\":{\"Service\":\"cloudtrail.amazonaws.com\"},\"Action\":\"kms:GenerateDataKey*\",\"Resource\":\"*\"}");
        assertThat(stack.create(grants)).isFalse();
        assertThat(reason()).contains("POL007 error").contains("NoTrail");
        assertThat(account.aws.kms.puts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ThrottlingException, Rate exceeded",
        "LimitExceededException, The request was rejected because a quota was exceeded"
    })
    @Scenario("K13")
    void a_limit_that_lasts_is_named_when_the_time_is_over(String code, String words) {
        // Of this, 15 seconds are kept for the answer, 1 for the end, and 10 for reading back.
        try (Account hurried = new Account(1_000_000, 26_500)) {
            String theirKey = hurried.newKey();
            Stack hasty = hurried.newStack("app");
            AwsError limit = new AwsError(400, code, words);
            hurried.aws.faults(call ->
                    Optional.of(limit)
                            .filter(_ -> call.operation().equals("kms:PutKeyPolicy"))
                            .map(Fault.Refused::new));
            long start = System.nanoTime();
            assertThat(hasty.create(Template.grants(theirKey, "app"))).isFalse();
            assertThat(hasty.sent(Guard.GRANTS).get(0).answer().reason())
                    .contains("kms:PutKeyPolicy")
                    .contains(code);
            assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
            assertThat(hurried.key(theirKey).holdingOf(hasty)).isEqualTo(Holding.NONE);
        }
    }

    @Test
    @Scenario("K14")
    void an_alarm_that_exists_is_taken_over_and_one_that_is_gone_is_made_again_or_not_missed() {
        String name = "BedrockBudgeteer-KMS-HighUsage-app";
        account.aws.cloudWatch.alarm(name, Map.of("AlarmName", name, "Threshold", 1.0));
        Template all = Template.all(key, "app");
        assertThat(stack.create(all)).isTrue();
        assertThat(account.aws.cloudWatch.alarms().get(name)).containsEntry("Threshold", 5000L);

        account.aws.cloudWatch.remove(name);
        assertThat(stack.update(all.with(Guard.ALARM, Map.of("Recheck", "2")))).isTrue();
        assertThat(account.aws.cloudWatch.alarms()).containsKey(name);

        account.aws.cloudWatch.remove(name);
        assertThat(stack.delete()).isTrue();
    }
}
