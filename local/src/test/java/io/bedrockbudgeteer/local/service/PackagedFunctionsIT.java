package io.bedrockbudgeteer.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.Functions.Function;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.lambda.AnswerFault;
import io.bedrockbudgeteer.local.lambda.RuntimeClient;
import io.bedrockbudgeteer.local.service.access.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The packaged functions in their processes, with both runtime clients, against the simulated
/// services. Without a stack engine: one event in, one answer out.
class PackagedFunctionsIT {
    private static final String STACK =
            "arn:aws:cloudformation:us-east-1:111122223333:stack/app/4ba7c5f0-0000-11f0-0000-0e0000000000";
    private static final Path LAYER =
            Path.of("..", "layers", "keyguard-layer", "target", "keyguard-layer.zip");

    @ParameterizedTest
    @EnumSource(RuntimeClient.class)
    void key_check_answers_with_the_key(RuntimeClient client) throws Exception {
        try (LocalAccount account =
                new LocalAccount(Scene.options().client(client).withoutClassData())) {
            String key = account.keys().create(Scene.key(Optional.empty()));
            String arn =
                    deploy(
                            account,
                            "key-check",
                            "io.bedrockbudgeteer.keycheck.KeyCheckFunction",
                            Scene.allow("\"kms:*\"", key));
            // The answer is refused twice before it is taken: the function has to send it again.
            account.answers().fail(new AnswerFault.Status(503), new AnswerFault.ResetBefore());

            JsonNode answer =
                    run(account, arn, "KeyCheck", "Custom::KmsKeyCheck", Map.of("KeyArn", key));

            assertThat(answer.path("Status").asText())
                    .as(answer + "\n" + account.functions().logs())
                    .isEqualTo("SUCCESS");
            assertThat(answer.path("Data").path("KeyArn").asText()).isEqualTo(key);
            assertThat(answer.path("Data").path("RotationEnabled").asText()).isEqualTo("true");
            assertThat(account.functions().logs().toString())
                    .contains(
                            "\"classLoader\":\""
                                    + (client == RuntimeClient.AWS ? "own" : "the JVM's")
                                    + "\"");
            assertThat(account.violations()).isEmpty();
            assertThat(account.functions().awaitQuiet(Duration.ofSeconds(10))).isTrue();
            assertThat(account.functions().discarded()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(RuntimeClient.class)
    void secure_parameter_is_written_under_the_key(RuntimeClient client) throws Exception {
        try (LocalAccount account =
                new LocalAccount(Scene.options().client(client).withoutClassData())) {
            String key = account.keys().create(Scene.key(Optional.empty()));
            String arn =
                    deploy(
                            account,
                            "secure-parameter",
                            "io.bedrockbudgeteer.secureparameter.SecureParameterFunction",
                            Scene.allow("\"kms:*\"", key),
                            Scene.allow("\"ssm:*\"", "*"));

            JsonNode answer =
                    run(
                            account,
                            arn,
                            "Secret",
                            "Custom::SecureParameter",
                            Map.of(
                                    "Name",
                                    "/bedrock-budgeteer/test/secret",
                                    "Value",
                                    "SENTINEL",
                                    "KeyArn",
                                    key));

            assertThat(answer.path("Status").asText())
                    .as(answer + "\n" + account.functions().logs())
                    .isEqualTo("SUCCESS");
            assertThat(account.parameters().all().get("/bedrock-budgeteer/test/secret"))
                    .isNotNull();
            assertThat(account.violations()).isEmpty();
            assertThat(account.functions().logs().toString() + account.calls() + answer)
                    .doesNotContain("SENTINEL");
        }
    }

    private static String deploy(
            LocalAccount account, String name, String handler, String... statements) {
        Path zip = Path.of("..", "functions", name, "target", name + ".zip");
        assumeTrue(
                Files.exists(zip) && Files.exists(LAYER),
                "SKIPPED: " + name + " is not packaged, run the package phase first");
        Principal.Session role = Scene.role(account, name, statements);
        String arn = "arn:aws:lambda:us-east-1:111122223333:function:" + name;
        account.functions()
                .put(
                        new Function(
                                arn,
                                name,
                                handler + "::handleRequest",
                                "java25",
                                512,
                                60,
                                zip,
                                List.of(LAYER),
                                Map.of("GUARD_ROLE_ARN", role.roleArn()),
                                role.roleArn(),
                                "/aws/lambda/" + name));
        return arn;
    }

    private static JsonNode run(
            LocalAccount account,
            String arn,
            String logicalId,
            String type,
            Map<String, String> properties)
            throws Exception {
        String url = account.answers().open(STACK, logicalId, "request-1");
        var event =
                Json.MAPPER
                        .createObjectNode()
                        .put("RequestType", "Create")
                        .put("ResponseURL", url)
                        .put("StackId", STACK)
                        .put("RequestId", "request-1")
                        .put("LogicalResourceId", logicalId)
                        .put("ResourceType", type)
                        .put("ServiceToken", arn);
        var all = event.putObject("ResourceProperties").put("ServiceToken", arn);
        properties.forEach((key, value) -> all.put(key, value));
        account.functions().invokeAsync(arn, Json.text(event));
        Optional<String> answer =
                account.answers().await(STACK, logicalId, "request-1", Duration.ofSeconds(40));
        assertThat(answer).as(account.functions().logs().toString()).isPresent();
        return Json.read(answer.orElseThrow());
    }
}
