package io.bedrockbudgeteer.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bedrockbudgeteer.local.account.Account;
import io.bedrockbudgeteer.local.account.ApiCall;
import io.bedrockbudgeteer.local.account.Functions.Function;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.lambda.AnswerFault;
import io.bedrockbudgeteer.local.service.Faults.Fault;
import io.bedrockbudgeteer.local.service.access.Json;
import io.bedrockbudgeteer.local.template.ProjectTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the protocol, the life cycle and the key demand of the functions, tried once more on what
/// is shipped: the zips, each in a process with the memory and the time-out of the template.
class PackagedScenariosIT {
    private static final String STACK =
            "arn:aws:cloudformation:us-east-1:111122223333:stack/app/4ba7c5f0-0000-11f0-0000-0e0000000000";
    private static final Path LAYER =
            Path.of("..", "layers", "keyguard-layer", "target", "keyguard-layer.zip");
    private static final int MEMORY_MB = 512;

    private final LocalAccount account = new LocalAccount(Scene.options().withoutClassData());
    private int requests;

    @AfterEach
    void close() {
        assertThat(account.violations()).isEmpty();
        account.close();
    }

    // Transport

    @Test
    void a_silent_kms_is_answered_for_before_the_time_out_of_the_function() throws Exception {
        String key = newKey();
        Guard check = guard("key-check", "io.bedrockbudgeteer.keycheck.KeyCheckFunction");
        Duration longerThanTheTimeOut = Duration.ofSeconds(check.timeoutSeconds() + 10);
        for (int attempt = 0; attempt < 10; attempt++)
            account.faults().add("kms:DescribeKey", new Fault.Delay(longerThanTheTimeOut));

        JsonNode answer =
                check.run(
                        "Create",
                        "Custom::KmsKeyCheck",
                        "",
                        Map.of("KeyArn", key),
                        Duration.ofSeconds(check.timeoutSeconds()));

        assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
        assertThat(answer.path("Reason").asText()).contains("DescribeKey");
        assertThat(account.functions().awaitQuiet(Duration.ofSeconds(20))).isTrue();
        assertThat(account.functions().logs().toString()).doesNotContain("Task timed out");
    }

    @Test
    void a_megabyte_of_properties_is_refused_without_a_call() throws Exception {
        Guard grants = grants();
        Map<String, Object> properties = properties(newKey());
        properties.put("AdditionalStatements", List.of("x".repeat(1_000_000)));
        int before = account.calls().size();

        JsonNode answer = grants.create(properties);

        assertThat(answer.path("Status").asText()).isEqualTo("FAILED");
        assertThat(answer.path("Reason").asText()).contains("Additional statement 1");
        assertThat(called(before, "kms:PutKeyPolicy")).isEmpty();
    }

    @Test
    void an_event_that_comes_twice_is_answered_twice_and_written_once() throws Exception {
        Guard grants = grants();
        String key = newKey();
        account.functions().duplicateNext(grants.arn());

        JsonNode answer = grants.create(properties(key));

        assertThat(answer.path("Status").asText()).as(answer.toString()).isEqualTo("SUCCESS");
        assertThat(account.functions().awaitQuiet(Duration.ofSeconds(60))).isTrue();
        assertThat(account.answers().requests(STACK, "KeyGrants", "request-1")).isEqualTo(2);
        assertThat(called(0, "kms:PutKeyPolicy")).hasSize(1);
    }

    @Test
    void an_answer_that_is_refused_for_good_is_given_again_by_the_next_run_which_writes_nothing()
            throws Exception {
        Guard grants = grants();
        String key = newKey();
        account.answers().fail(new AnswerFault.Status(403));

        JsonNode answer = grants.create(properties(key));

        assertThat(answer.path("Status").asText()).as(answer.toString()).isEqualTo("SUCCESS");
        assertThat(answer.path("Data").path("Changed").asText()).isEqualTo("false");
        assertThat(called(0, "kms:PutKeyPolicy")).hasSize(1);
        assertThat(account.functions().awaitQuiet(Duration.ofSeconds(20))).isTrue();
        assertThat(account.functions().discarded()).isEmpty();
    }

    // Life cycle

    @Test
    void a_change_of_key_leaves_the_old_key_to_its_clean_up_and_both_are_as_before_in_the_end()
            throws Exception {
        Guard grants = grants();
        String first = newKey();
        String second = newKey();
        String firstBefore = account.keys().policy(first);
        String secondBefore = account.keys().policy(second);
        Map<String, Object> old = properties(first);
        old.put("OnKeyChange", "Remove");
        Map<String, Object> wanted = properties(second);
        wanted.put("OnKeyChange", "Remove");

        String oldId = grants.create(old).path("PhysicalResourceId").asText();
        String patched = account.keys().policy(first);
        JsonNode update = grants.update(oldId, wanted, old);
        String newId = update.path("PhysicalResourceId").asText();

        assertThat(update.path("Status").asText()).as(update.toString()).isEqualTo("SUCCESS");
        assertThat(newId).isNotEqualTo(oldId);
        assertThat(patched).isNotEqualTo(firstBefore);
        assertThat(account.keys().policy(first)).isEqualTo(patched);

        stackIs("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
        assertThat(grants.delete(oldId, old).path("Status").asText()).isEqualTo("SUCCESS");
        assertThat(account.keys().policy(first)).isEqualTo(firstBefore);
        assertThat(account.keys().policy(second)).isNotEqualTo(secondBefore);

        stackIs("DELETE_IN_PROGRESS");
        assertThat(grants.delete(newId, wanted).path("Status").asText()).isEqualTo("SUCCESS");
        assertThat(account.keys().policy(second)).isEqualTo(secondBefore);
    }

    @Test
    void a_delete_under_a_made_up_id_succeeds_and_writes_nothing() throws Exception {
        Guard grants = grants();
        String key = newKey();

        JsonNode answer = grants.delete("app-KeyGrants-1A2B3C4D5E6F", properties(key));

        assertThat(answer.path("Status").asText()).as(answer.toString()).isEqualTo("SUCCESS");
        assertThat(answer.path("PhysicalResourceId").asText())
                .isEqualTo("app-KeyGrants-1A2B3C4D5E6F");
        assertThat(called(0, "kms:PutKeyPolicy")).isEmpty();
    }

    // The key

    @Test
    void throttled_and_failing_calls_are_made_again() throws Exception {
        Guard grants = grants();
        String key = newKey();
        account.faults().add("kms:GetKeyPolicy", Fault.throttling(), Fault.internal());
        account.faults().add("kms:PutKeyPolicy", Fault.throttling(), Fault.internal());

        JsonNode answer = grants.create(properties(key));

        assertThat(answer.path("Status").asText()).as(answer.toString()).isEqualTo("SUCCESS");
        assertThat(account.keys().policy(key)).contains("BedrockBudgeteerTrailDecrypt");
    }

    @Test
    void what_another_writer_puts_at_the_same_time_is_kept() throws Exception {
        Guard grants = grants();
        String key = newKey();
        String theirs =
                Scene.policy(
                        "{\"Sid\":\"Theirs\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":\"kms:DescribeKey\",\"Resource\":\"*\"}");
        // Between the plan and the write, and once more between the write and the look at it.
        account.faults()
                .add(
                        "kms:GetKeyPolicy",
                        new Fault.Meanwhile(() -> {}),
                        new Fault.Meanwhile(
                                () -> account.keys().putPolicy(account.deployer(), key, theirs)));

        JsonNode answer = grants.create(properties(key));

        assertThat(answer.path("Status").asText()).as(answer.toString()).isEqualTo("SUCCESS");
        assertThat(account.keys().policy(key))
                .contains("\"Theirs\"", "BedrockBudgeteerTrailDecrypt");
    }

    @Test
    void a_role_that_kms_does_not_see_yet_is_waited_for() throws Exception {
        Guard grants = grants();
        String key = newKey();
        Principal.Session young = Scene.role(account, "bedrock-budgeteer-lambda-execution");
        Map<String, Object> properties = properties(key);
        properties.put("RoleArns", Map.of("LambdaExecution", young.roleArn()));
        properties.put("RoleStatements", "Always");
        Fault notYet =
                new Fault.Refused(
                        new Refusal(
                                "MalformedPolicyDocumentException",
                                400,
                                "Policy contains a statement with one or more invalid principals."));
        account.faults().add("kms:PutKeyPolicy", notYet, notYet);

        JsonNode answer = grants.create(properties);

        assertThat(answer.path("Status").asText()).as(answer.toString()).isEqualTo("SUCCESS");
        assertThat(account.keys().policy(key)).contains(young.roleArn());
    }

    private void stackIs(String status) {
        account.stacks(_ -> Optional.of(new Account.StackSummary("app", STACK, status, "")));
    }

    private String newKey() {
        return account.keys().create(Scene.key(Optional.empty()));
    }

    private List<ApiCall> called(int from, String action) {
        List<ApiCall> calls = account.calls();
        return calls.subList(from, calls.size()).stream()
                .filter(call -> call.action().equals(action))
                .toList();
    }

    private static Map<String, Object> properties(String key) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("KeyArn", key);
        properties.put("Environment", "test");
        properties.put("TrailArn", "arn:aws:cloudtrail:us-east-1:111122223333:trail/test");
        return properties;
    }

    private Guard grants() throws IOException {
        return guard("key-grants", "io.bedrockbudgeteer.keygrants.KeyGrantsFunction");
    }

    /// Deploys one function as the template has it; only its role may do more.
    private Guard guard(String name, String handler) throws IOException {
        Path zip = Path.of("..", "functions", name, "target", name + ".zip");
        assumeTrue(
                Files.exists(zip) && Files.exists(LAYER),
                "SKIPPED: " + name + " is not packaged, run the package phase first");
        Principal.Session role =
                Scene.role(
                        account,
                        name,
                        Scene.allow("[\"kms:*\",\"iam:*\",\"cloudformation:*\"]", "*"));
        String arn = "arn:aws:lambda:us-east-1:111122223333:function:" + name;
        int timeout = timeoutOf(handler);
        account.functions()
                .put(
                        new Function(
                                arn,
                                name,
                                handler + "::handleRequest",
                                "java25",
                                MEMORY_MB,
                                timeout,
                                zip,
                                List.of(LAYER),
                                Map.of("GUARD_ROLE_ARN", role.roleArn()),
                                role.roleArn(),
                                "/aws/lambda/" + name));
        return new Guard(arn, timeout);
    }

    /// From the shipped template.
    private static int timeoutOf(String handler) throws IOException {
        String template = Files.readString(ProjectTemplate.file());
        assertThat(template).contains("MemorySize: " + MEMORY_MB + "\n");
        Matcher found =
                Pattern.compile(
                                Pattern.quote(handler) + "::handleRequest.*?\\bTimeout: (\\d+)",
                                Pattern.DOTALL)
                        .matcher(template);
        assertThat(found.find()).as("time-out of " + handler).isTrue();
        return Integer.parseInt(found.group(1));
    }

    /// A deployed function and the events that are sent to it.
    private final class Guard {
        private final String arn;
        private final int timeoutSeconds;

        Guard(String arn, int timeoutSeconds) {
            this.arn = arn;
            this.timeoutSeconds = timeoutSeconds;
        }

        String arn() {
            return arn;
        }

        int timeoutSeconds() {
            return timeoutSeconds;
        }

        JsonNode create(Map<String, Object> properties) throws Exception {
            return run("Create", "Custom::KmsKeyGrants", "", properties, Duration.ofSeconds(100));
        }

        JsonNode delete(String physicalId, Map<String, Object> properties) throws Exception {
            return run(
                    "Delete",
                    "Custom::KmsKeyGrants",
                    physicalId,
                    properties,
                    Duration.ofSeconds(100));
        }

        JsonNode update(String physicalId, Map<String, Object> wanted, Map<String, Object> old)
                throws Exception {
            ObjectNode event = event("Update", "Custom::KmsKeyGrants", physicalId, wanted);
            event.set("OldResourceProperties", Json.MAPPER.valueToTree(old));
            return send(event, Duration.ofSeconds(100));
        }

        JsonNode run(
                String request,
                String type,
                String physicalId,
                Map<String, Object> properties,
                Duration within)
                throws Exception {
            return send(event(request, type, physicalId, properties), within);
        }

        private ObjectNode event(
                String request, String type, String physicalId, Map<String, Object> properties) {
            String requestId = "request-" + ++requests;
            String logicalId = type.replace("Custom::Kms", "");
            ObjectNode event =
                    Json.MAPPER
                            .createObjectNode()
                            .put("RequestType", request)
                            .put("ResponseURL", account.answers().open(STACK, logicalId, requestId))
                            .put("StackId", STACK)
                            .put("RequestId", requestId)
                            .put("LogicalResourceId", logicalId)
                            .put("ResourceType", type)
                            .put("ServiceToken", arn);
            if (!request.equals("Create")) event.put("PhysicalResourceId", physicalId);
            ObjectNode all = Json.MAPPER.valueToTree(properties);
            event.set("ResourceProperties", all.put("ServiceToken", arn));
            return event;
        }

        private JsonNode send(ObjectNode event, Duration within) throws Exception {
            account.functions().invokeAsync(arn, Json.text(event));
            Optional<String> answer =
                    account.answers()
                            .await(
                                    STACK,
                                    event.path("LogicalResourceId").asText(),
                                    event.path("RequestId").asText(),
                                    within);
            assertThat(answer).as(account.functions().logs().toString()).isPresent();
            return Json.read(answer.orElseThrow());
        }
    }
}
