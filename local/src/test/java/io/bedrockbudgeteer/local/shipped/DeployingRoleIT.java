package io.bedrockbudgeteer.local.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.local.KeyChoice;
import io.bedrockbudgeteer.local.LocalStack;
import io.bedrockbudgeteer.local.engine.Status;
import io.bedrockbudgeteer.local.report.RunReport;
import org.junit.jupiter.api.Test;

/// What the documents tell people to write themselves works: the policy of the deploying role, and
/// the statement that lets the guards in where a key policy does not delegate to IAM.
class DeployingRoleIT {

    private static final String EXAMPLE =
            ShippedTemplate.text("examples/deployment-role-policy.json");

    @Test
    void the_example_policy_is_enough() {
        try (LocalStack stack = Stacks.withKey(KeyChoice.standard())) {
            deployWith(stack, EXAMPLE);
            Stacks.succeeded(stack.deploy());
        }
    }

    @Test
    void without_the_right_to_create_grants_the_tables_are_refused() {
        try (LocalStack stack = Stacks.withKey(KeyChoice.standard())) {
            deployWith(stack, EXAMPLE.replace("kms:CreateGrant", "kms:ListGrants"));
            RunReport report = Stacks.failed(stack.deploy(), Status.ROLLBACK_COMPLETE);
            assertThat(Stacks.reasonOf(report, "UserBudgetsTable")).contains("kms:CreateGrant");
        }
    }

    @Test
    void a_key_that_lets_no_guard_in_is_refused_with_the_way_to_mend_it() {
        try (LocalStack stack = Stacks.withPolicy(closed(""))) {
            RunReport report = Stacks.failed(stack.deploy(), Status.ROLLBACK_COMPLETE);
            assertThat(Stacks.reasonOf(report, "KeyCheck"))
                    .contains("KEY007")
                    .contains("bedrock-budgeteer-production-key-check");
            Stacks.nothingEncryptedWasCreated(report);
            Stacks.keyPolicyIsUntouched(report);
        }
    }

    @Test
    void the_statement_for_the_guards_that_the_documents_print_is_enough() {
        String page = ShippedTemplate.text("docs/kms-key-setup.md");
        int from = page.indexOf("{\n  \"Sid\": \"BedrockBudgeteerGuards\"");
        String door =
                page.substring(from, page.indexOf("```", from))
                        .replace("111122223333", Stacks.ACCOUNT);
        try (LocalStack stack = Stacks.withPolicy(closed(",\n" + door))) {
            Stacks.succeeded(stack.deploy());
            Stacks.succeeded(stack.delete());
        }
    }

    /// Only the deploying role is named; administration included, or KMS would not take the policy.
    private static String closed(String more) {
        return """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "DeployerOnly",
              "Effect": "Allow",
              "Principal": {"AWS": "arn:aws:iam::123456789012:role/deployer"},
              "Action": "kms:*",
              "Resource": "*"
            }%s
          ]
        }
        """
                .formatted(more);
    }

    private static void deployWith(LocalStack stack, String policy) {
        String key = stack.keyArn().orElseThrow();
        String own =
                policy.replaceAll("arn:aws:kms:[^\"]*", key)
                        .replace("111122223333", Stacks.ACCOUNT);
        stack.account().roles().deletePolicy("deployer", "administrator");
        stack.account().roles().putPolicy("deployer", "deployment", own);
    }
}
