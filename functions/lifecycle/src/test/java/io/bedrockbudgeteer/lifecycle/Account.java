package io.bedrockbudgeteer.lifecycle;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.aws.Pace;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint;
import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Answer;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import io.bedrockbudgeteer.keyguard.testing.FakeContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// An AWS account on loopback with the four guard functions in it. What the functions log is looked
/// through after every invocation. Serves several threads.
final class Account implements AutoCloseable {
    /// Stands in the value of every parameter, and may stand nowhere else.
    static final String SECRET = "hunter2";

    static final String KMS_FOR_EVERYBODY =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\"}]}";

    /// What other people have in their key policy: one statement that lets IAM policies count, and
    /// two that are easily damaged by whoever writes them out again.
    static final String FOREIGN =
            JsonText.pretty(
                    JsonReader.read(
                            """
                            {"Version": "2012-10-17", "Id": "theirs", "Statement": [
                              {"Sid": "Enable IAM User Permissions", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"},
                              {"Effect": "Allow", "Sid": "Audit only with TLS", "Resource": ["*"], "Principal": {"AWS": ["arn:aws:iam::111122223333:root"]}, "Action": ["kms:DescribeKey"], "Condition": {"Bool": {"aws:SecureTransport": true}, "NumericLessThan": {"aws:MultiFactorAuthAge": 3600.0}}},
                              {"Sid": "BedrockBudgeteerByHand", "Effect": "Allow", "Principal": {"Service": "ses.amazonaws.com"}, "Action": "kms:Decrypt", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceAccount": ["111122223333"]}}}]}
                            """));

    private static final int TWO_MINUTES = 120_000;

    final FakeAws aws;
    final AnswerEndpoint endpoint;
    private final Map<Guard, RequestStreamHandler> handlers = new EnumMap<>(Guard.class);

    @SuppressWarnings("JdkObsolete") // handlers of several threads write to it
    private final StringBuffer log = new StringBuffer();

    private final String guardRole;
    private final Map<String, String> variables;
    private final int remainingMillis;
    private final String requestPrefix;
    private int keys;
    private int stacks;
    private int requests;

    Account() {
        this(1_000_000, TWO_MINUTES);
    }

    /// @param timeScale how many times shorter the guards wait
    /// @param remainingMillis the time that the functions have
    Account(int timeScale, int remainingMillis) {
        this.remainingMillis = remainingMillis;
        requestPrefix = "rid-";
        aws = new FakeAws();
        endpoint = new AnswerEndpoint();
        guardRole = role("bedrock-budgeteer-key-grants");
        variables =
                new LinkedHashMap<>(
                        Map.of(
                                "GUARD_ROLE_ARN",
                                guardRole,
                                "KEYGUARD_TIME_SCALE",
                                String.valueOf(timeScale)));
        open(environment());
    }

    private Account(Account shared, String accessKeyId, Pace pace) {
        remainingMillis = shared.remainingMillis;
        requestPrefix = accessKeyId + "-";
        aws = shared.aws;
        endpoint = shared.endpoint;
        guardRole = shared.guardRole;
        variables = new LinkedHashMap<>(shared.variables);
        variables.put("AWS_ACCESS_KEY_ID", accessKeyId);
        open(new Paced(environment(), pace));
    }

    private void open(Environment environment) {
        for (Guard guard : Guard.values()) handlers.put(guard, guard.handler(environment));
    }

    private record Paced(Environment variables, Pace pace) implements Environment {
        @Override
        public Optional<String> get(String name) {
            return variables.get(name);
        }
    }

    /// The same account with functions of their own, whose calls can be told from others by their
    /// access key. Closed together with this.
    Account withFunctionsOf(String accessKeyId, Pace pace) {
        return new Account(this, accessKeyId, pace);
    }

    /// The environment of a function in this account.
    Environment environment() {
        return aws.environment(variables);
    }

    String guardRole() {
        return guardRole;
    }

    /// A role that may use every key as far as IAM is concerned.
    String role(String name) {
        String arn = aws.iam.newRole(name);
        aws.iam.inline(arn, "key", KMS_FOR_EVERYBODY);
        return arn;
    }

    /// A key with the policy [#FOREIGN].
    synchronized String newKey() {
        String arn = aws.kms.newKey("1234abcd-12ab-34cd-56ef-%012d".formatted(++keys));
        aws.kms.policy(arn, FOREIGN);
        return arn;
    }

    /// A stack that does not exist yet.
    ///
    /// @param environment its environment, which keeps its names apart from those of other stacks
    synchronized Stack newStack(String environment) {
        String id =
                "arn:aws:cloudformation:eu-central-1:111122223333:stack/%s/0a1b2c3d-0000-1111-2222-%012d"
                        .formatted(environment, ++stacks);
        return new Stack(this, id, environment);
    }

    KeyState key(String arn) {
        return KeyState.of(aws.kms.policy(arn));
    }

    /// Whether a key policy is byte for byte what it was before any stack came, apart from the
    /// layout that KMS gives every policy.
    boolean isAsBefore(String keyArn) {
        return key(keyArn).policy().text().equals(FOREIGN);
    }

    synchronized String nextRequestId() {
        return requestPrefix + ++requests;
    }

    String responseUrl(Event event) {
        return endpoint.url(event.stackId(), event.requestId(), event.guard().logicalId());
    }

    /// Runs a file of the folder `events` once.
    ///
    /// @param physicalId takes the place of PID in the file
    Answer sample(String file, String physicalId) {
        String text = Samples.read(file).replace("\"PID\"", "\"" + physicalId + "\"");
        Json.Obj event = JsonReader.readObject(text);
        String requestId = event.string("RequestId").orElseThrow();
        String url =
                endpoint.url(
                        event.string("StackId").orElseThrow(),
                        requestId,
                        event.string("LogicalResourceId").orElseThrow());
        invoke(Guard.GRANTS, text.replace(event.string("ResponseURL").orElseThrow(), url));
        return answersTo(requestId).getLast();
    }

    /// Runs one event once. Returns normally exactly when the function did.
    void invoke(Guard guard, String event) {
        invoke(guard, event, remainingMillis);
    }

    /// As [#invoke(Guard, String)], where the function has another time than usual.
    void invoke(Guard guard, String event, int millis) {
        FakeContext context = new FakeContext(millis);
        try {
            Objects.requireNonNull(handlers.get(guard))
                    .handleRequest(
                            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                            OutputStream.nullOutputStream(),
                            context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            keep(context.log());
        }
    }

    private void keep(String lines) {
        log.append(lines).append('\n');
        for (String secret : List.of("SENTINEL", SECRET))
            if (lines.contains(secret)) throw new AssertionError(secret + " was logged: " + lines);
    }

    String log() {
        return log.toString();
    }

    /// What was accepted for one request, in the order of arrival.
    List<Answer> answersTo(String requestId) {
        String member = "\"RequestId\":\"" + requestId + "\"";
        List<Answer> found =
                endpoint.answers().stream()
                        .filter(answer -> answer.body().contains(member))
                        .toList();
        for (Answer answer : found)
            if (answer.body().contains(SECRET))
                throw new AssertionError("a parameter's value is in an answer");
        return found;
    }

    @Override
    public void close() {
        endpoint.close();
        aws.close();
    }
}
