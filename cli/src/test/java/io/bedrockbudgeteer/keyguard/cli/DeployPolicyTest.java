package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// keyguard deploy-policy: what the example shows, for any key.
class DeployPolicyTest {
    private static final String KEY =
            "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    private static String policy(String... arguments) {
        Cli.Ended ended = Cli.run(arguments);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        return ended.out();
    }

    @Test
    void for_the_key_of_the_documents_it_is_the_example() throws IOException {
        assertThat(policy("deploy-policy", "--key", KEY))
                .isEqualTo(Files.readString(Path.of("../examples/deployment-role-policy.json")));
    }

    @Test
    void grants_are_for_aws_resources_and_through_services_only() {
        String policy = policy("deploy-policy", "--key", KEY);
        int grants = policy.indexOf("\"kms:CreateGrant\"");
        assertThat(policy.substring(grants, policy.indexOf("\"Sid\"", grants)))
                .contains("\"kms:GrantIsForAWSResource\": \"true\"")
                .contains("\"kms:ViaService\"")
                .contains(KEY);
        assertThat(policy.indexOf("kms:CreateGrant", grants + 2)).isNegative();
    }

    @Test
    void partition_region_account_and_environment_are_those_of_the_key() {
        String key =
                "arn:aws-us-gov:kms:us-gov-west-1:999988887777:key/mrk-1234abcd12ab34cd56ef1234567890ab";
        String policy = policy("deploy-policy", "--key", key, "--environment", "staging");
        assertThat(JsonReader.read(policy)).isInstanceOf(Json.Obj.class);
        assertThat(policy)
                .contains(key)
                .contains("arn:aws-us-gov:iam::999988887777:role/bedrock-budgeteer-staging-*")
                .contains("BedrockBudgeteer-Guard-DeadLetters-staging*")
                .contains("\"aws:RequestedRegion\": \"us-gov-west-1\"")
                .doesNotContain("111122223333")
                .doesNotContain("arn:aws:")
                .doesNotContain("us-east-1")
                .doesNotContain("${");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alias/x",
                "arn:aws:kms:us-east-1:111122223333:alias/x",
                "arn:aws:s3:::bucket",
                "arn:aws:kms:us-east-1::key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "arn:aws:kms:us-east-1:111122223333:key/*"
            })
    void anything_but_the_arn_of_one_key_is_refused(String key) {
        Scene.oneLine(
                Cli.run("deploy-policy", "--key", key),
                2,
                "--key is \"" + key + "\"",
                "arn:aws:kms:REGION:ACCOUNT:key/ID");
    }

    @Test
    void without_a_key_or_for_no_environment_it_says_what_to_type() {
        Scene.oneLine(Cli.run("deploy-policy"), 2, "give --key");
        Scene.oneLine(
                Cli.run("deploy-policy", "--key", KEY, "--environment", "No!"),
                2,
                "--environment is");
    }
}
