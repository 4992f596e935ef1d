package io.bedrockbudgeteer.local.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.local.KeyChoice;
import io.bedrockbudgeteer.local.LocalStack;
import io.bedrockbudgeteer.local.account.Parameters.Parameter;
import io.bedrockbudgeteer.local.engine.Reversal;
import io.bedrockbudgeteer.local.engine.Status;
import io.bedrockbudgeteer.local.report.RunReport;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Updates that move the stack from one key to another.
class KeyChangeIT {

    private static final String EDITED = "/bedrock-budgeteer/production/global/budget_tier_low_usd";

    @Test
    void a_new_key_is_patched_everything_moves_and_the_old_key_keeps_the_right_to_decrypt() {
        try (LocalStack stack = Stacks.withPolicy(Stacks.DEFAULT_POLICY)) {
            Stacks.succeeded(stack.deploy());
            String old = stack.keyArn().orElseThrow();
            edit(stack, "2.50");
            String next = stack.newKey(KeyChoice.standard());
            RunReport report = Stacks.succeeded(stack.update(Map.of("KmsKeyArn", next)));

            assertThat(DeploymentIT.services(policy(stack, next))).hasSize(6);
            assertThat(report.outputs()).containsEntry("KmsKeyArn", next);
            assertThat(report.parameters())
                    .allSatisfy((name, parameter) -> assertThat(parameter.keyId()).contains(next));
            assertThat(parameter(stack).value()).isEqualTo("2.50");
            String left = policy(stack, old);
            assertThat(left)
                    .contains("kms:Decrypt")
                    .doesNotContain("GenerateDataKey", "ReEncrypt", "kms:Encrypt\"", "DescribeKey");
            assertThat(left).contains("BedrockBudgeteer").contains("Enable IAM User Permissions");
        }
    }

    @Test
    void nothing_stays_on_the_old_key_when_removal_is_asked_for() {
        try (LocalStack stack = Stacks.withPolicy(Stacks.DEFAULT_POLICY)) {
            String old = stack.keyArn().orElseThrow();
            String original = policy(stack, old);
            Stacks.succeeded(stack.deploy());
            String next = stack.newKey(KeyChoice.standard());
            Stacks.succeeded(stack.update(Map.of("OnKeyChange", "Remove")));
            Stacks.succeeded(stack.update(Map.of("KmsKeyArn", next)));

            assertThat(policy(stack, old)).isEqualTo(original);
            assertThat(DeploymentIT.services(policy(stack, next))).hasSize(6);
        }
    }

    @Test
    void what_was_kept_on_the_old_key_can_be_taken_out_later() {
        try (LocalStack stack = Stacks.withPolicy(Stacks.DEFAULT_POLICY)) {
            String old = stack.keyArn().orElseThrow();
            String original = policy(stack, old);
            Stacks.succeeded(stack.deploy());
            String next = stack.newKey(KeyChoice.standard());
            Stacks.succeeded(stack.update(Map.of("KmsKeyArn", next)));
            assertThat(policy(stack, old)).contains("BedrockBudgeteer");
            Stacks.succeeded(
                    stack.update(Map.of("OnKeyChange", "Remove", "PreviousKmsKeyArn", old)));

            assertThat(policy(stack, old)).isEqualTo(original);
            assertThat(DeploymentIT.services(policy(stack, next))).hasSize(6);
        }
    }

    @ParameterizedTest
    @EnumSource(Reversal.class)
    void an_update_that_fails_later_leaves_both_keys_as_they_were(Reversal reversal) {
        try (LocalStack stack =
                Stacks.builder().key(KeyChoice.standard()).reversal(reversal).open()) {
            Stacks.succeeded(stack.deploy());
            String old = stack.keyArn().orElseThrow();
            String patched = policy(stack, old);
            String next = stack.newKey(KeyChoice.standard());
            String untouched = policy(stack, next);
            RunReport report =
                    Stacks.failed(
                            stack.update(Map.of("KmsKeyArn", next, "KmsUsagePeriodSeconds", "61")),
                            Status.UPDATE_ROLLBACK_COMPLETE);

            assertThat(Stacks.reasonOf(report, "KeyAlarms")).contains("ALM001");
            assertThat(policy(stack, old)).isEqualTo(patched);
            assertThat(policy(stack, next)).isEqualTo(untouched);
            assertThat(
                            Objects.requireNonNull(
                                            report.alarms().get("BedrockBudgeteer-KMS-HighUsage"))
                                    .toString())
                    .contains(old)
                    .doesNotContain(next);
            assertThat(report.parameters())
                    .allSatisfy((name, parameter) -> assertThat(parameter.keyId()).contains(old));
        }
    }

    @Test
    void a_new_key_that_cannot_work_changes_nothing() {
        try (LocalStack stack = Stacks.withKey(KeyChoice.standard())) {
            Stacks.succeeded(stack.deploy());
            String old = stack.keyArn().orElseThrow();
            String patched = policy(stack, old);
            String next = stack.newKey(KeyChoice.standard().withState("Disabled"));
            RunReport report =
                    Stacks.failed(
                            stack.update(Map.of("KmsKeyArn", next)),
                            Status.UPDATE_ROLLBACK_COMPLETE);

            assertThat(Stacks.reasonOf(report, "KeyCheck")).contains("KEY008");
            assertThat(policy(stack, old)).isEqualTo(patched);
            assertThat(policy(stack, next)).doesNotContain("BedrockBudgeteer");
        }
    }

    @Test
    void the_statements_leave_a_disabled_key_too() {
        try (LocalStack stack = Stacks.withKey(KeyChoice.standard())) {
            String key = stack.keyArn().orElseThrow();
            String original = policy(stack, key);
            Stacks.succeeded(stack.deploy());
            stack.account().keys().state(key, "Disabled");
            Stacks.succeeded(stack.delete());
            assertThat(policy(stack, key)).isEqualTo(original);
        }
    }

    @Test
    void the_stack_can_be_deleted_while_its_key_waits_for_deletion_and_takes_its_policy_along() {
        try (LocalStack stack = Stacks.withKey(KeyChoice.standard())) {
            Stacks.succeeded(stack.deploy());
            stack.account().keys().state(stack.keyArn().orElseThrow(), "PendingDeletion");
            Stacks.keyPolicyIsUntouched(Stacks.succeeded(stack.delete()));
        }
    }

    private static void edit(LocalStack stack, String value) {
        Parameter now = parameter(stack);
        stack.account()
                .parameters()
                .put(
                        new Parameter(
                                now.name(),
                                now.type(),
                                value,
                                now.keyId(),
                                now.version() + 1,
                                now.tags()));
    }

    private static Parameter parameter(LocalStack stack) {
        return Optional.ofNullable(stack.account().parameters().all().get(EDITED)).orElseThrow();
    }

    private static String policy(LocalStack stack, String key) {
        return stack.account().keys().policy(key);
    }
}
