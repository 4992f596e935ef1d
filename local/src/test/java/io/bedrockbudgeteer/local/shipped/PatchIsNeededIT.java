package io.bedrockbudgeteer.local.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.local.KeyChoice;
import io.bedrockbudgeteer.local.LocalStack;
import io.bedrockbudgeteer.local.engine.Status;
import io.bedrockbudgeteer.local.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Without the key grants the same resources are refused: the patch is needed, and each statement
/// of it.
class PatchIsNeededIT {

    @TempDir private Path folder;

    @Test
    void without_the_patch_the_log_group_is_refused() throws IOException {
        assertThat(
                        refused(
                                List.of(
                                        "cloudtrail.amazonaws.com",
                                        "cloudwatch.amazonaws.com",
                                        "sns.amazonaws.com")))
                .contains("LogGroup")
                .contains("logs.us-east-1.amazonaws.com");
    }

    @Test
    void without_the_patch_the_trail_is_refused() throws IOException {
        assertThat(
                        refused(
                                List.of(
                                        "logs.us-east-1.amazonaws.com",
                                        "cloudwatch.amazonaws.com",
                                        "sns.amazonaws.com")))
                .startsWith("Trail");
    }

    @Test
    void with_all_services_named_by_hand_the_stack_without_the_patch_deploys() throws IOException {
        assertThat(
                        refused(
                                List.of(
                                        "logs.us-east-1.amazonaws.com",
                                        "cloudtrail.amazonaws.com",
                                        "cloudwatch.amazonaws.com",
                                        "sns.amazonaws.com")))
                .isEmpty();
    }

    /// Deploys without the grants on a key that allows only these services.
    ///
    /// @return the first failed resource with its reason; empty when the deployment worked
    private String refused(List<String> services) throws IOException {
        StringBuilder policy = new StringBuilder(Stacks.DEFAULT_POLICY);
        String allow =
                ",\n    {\"Sid\": \"Hand\", \"Effect\": \"Allow\", \"Principal\": {\"Service\": [\""
                        + String.join("\", \"", services)
                        + "\"]}, \"Action\": [\"kms:Encrypt\", \"kms:Decrypt\", \"kms:ReEncrypt*\", \"kms:GenerateDataKey*\", \"kms:DescribeKey\"], \"Resource\": \"*\"}";
        policy.insert(policy.indexOf("\n  ]"), allow);
        try (LocalStack stack =
                Stacks.builder()
                        .template(withoutGrants())
                        .key(KeyChoice.standard().withPolicy(policy.toString()))
                        .open()) {
            RunReport report = stack.deploy();
            if (report.success()) return "";
            Stacks.failed(report, Status.ROLLBACK_COMPLETE);
            return report.events().stream()
                    .filter(event -> event.status() == Status.CREATE_FAILED)
                    .map(event -> event.logicalId() + ": " + event.reason())
                    .findFirst()
                    .orElseThrow();
        }
    }

    /// The shipped template with the grants cut out of the chain and nothing else changed.
    private Path withoutGrants() throws IOException {
        String text = ShippedTemplate.text();
        int from = text.indexOf("\n  KeyGrants:\n");
        int to = text.indexOf("\n  # ----", from);
        String cut = text.substring(0, from) + text.substring(to);
        cut = cut.replace("KeyArn: !GetAtt KeyGrants.KeyArn", "KeyArn: !GetAtt KeyCheck.KeyArn");
        int output = cut.indexOf("\n  KeyPolicyFindings:\n");
        cut = cut.substring(0, output) + cut.substring(cut.indexOf("\n  KeyUsageAlarmName:\n"));
        assertThat(cut).doesNotContain("Custom::KmsKeyGrants", "GetAtt KeyGrants.");
        cut = cut.replaceAll("(CodeUri|ContentUri): ", "$1: " + ShippedTemplate.root() + "/");
        return Files.writeString(folder.resolve("template.yaml"), cut);
    }
}
