package io.bedrockbudgeteer.bench.growth;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.sun.management.OperatingSystemMXBean;
import io.bedrockbudgeteer.bench.growth.GrowthResults.Create;
import io.bedrockbudgeteer.keygrants.MeasuredKeyGrants;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.local.account.ApiCall;
import io.bedrockbudgeteer.local.account.Keys.KeySpec;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.service.AccountOptions;
import io.bedrockbudgeteer.local.service.LocalAccount;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A simulated account on loopback with the function in this process.
final class Place implements AutoCloseable {
    // What the function waits between its looks at the key is documented, not measured.
    private static final int TIME_SCALE = 100_000;
    private static final String ALL =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"kms:*\",\"iam:*\",\"cloudformation:*\"],\"Resource\":\"*\"}]}";
    private static final String TRUST = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";

    private static final Pattern ROLE =
            Pattern.compile("arn:aws:iam::111122223333:role/([A-Za-z0-9_-]+)");

    private final OperatingSystemMXBean process =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final LocalAccount account =
            new LocalAccount(AccountOptions.in(Kind.REGION).visibility(Duration.ZERO).timeScale(1));
    private final String guard = role("key-grants");
    private final RequestStreamHandler handler;
    private int requests;

    Place() {
        Map<String, String> variables =
                new LinkedHashMap<>(
                        account.keysOf(new Principal.Session(guard, "key-grants")).environment());
        variables.put("AWS_REGION", Kind.REGION);
        variables.put("AWS_ENDPOINT_URL", account.endpoint().toString());
        variables.put("KEYGUARD_TIME_SCALE", String.valueOf(TIME_SCALE));
        variables.put("GUARD_ROLE_ARN", guard);
        handler = MeasuredKeyGrants.handler(name -> Optional.ofNullable(variables.get(name)));
    }

    String guardArn() {
        return guard;
    }

    /// A role that may use every key as far as IAM is concerned.
    String role(String name) {
        String arn =
                account.roles().create("/", "bedrock-budgeteer-" + name, TRUST, Optional.empty());
        account.roles().putPolicy("bedrock-budgeteer-" + name, "use", ALL);
        return arn;
    }

    /// A key with this policy. The roles that it names exist then, as KMS demands.
    String key(String policy) {
        ROLE.matcher(policy)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .filter(name -> !account.roles().exists(name))
                .forEach(name -> account.roles().create("/", name, TRUST, Optional.empty()));
        return account.keys()
                .create(
                        new KeySpec(
                                Optional.of(policy),
                                "Enabled",
                                "SYMMETRIC_DEFAULT",
                                "ENCRYPT_DECRYPT",
                                "CUSTOMER",
                                "AWS_KMS",
                                false,
                                account.accountId(),
                                Kind.REGION,
                                Optional.empty(),
                                true));
    }

    String deployer() {
        return account.deployer() instanceof Principal.Session session ? session.roleArn() : "";
    }

    int policyBytes(String key) {
        return KeyPolicy.read(account.keys().policyAsPut(key)).length();
    }

    /// Sends a Create event and takes the time from there to the answer.
    Create create(String key, String environment, Map<String, Object> properties)
            throws IOException, InterruptedException {
        String stack =
                "arn:aws:cloudformation:%s:%s:stack/%s/0a1b2c3d-0000-1111-2222-333344445555"
                        .formatted(Kind.REGION, account.accountId(), environment);
        String request = "request-" + ++requests;
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("RequestType", "Create");
        event.put("ServiceToken", "measured");
        event.put("ResponseURL", account.answers().open(stack, "KeyGrants", request));
        event.put("StackId", stack);
        event.put("RequestId", request);
        event.put("LogicalResourceId", "KeyGrants");
        event.put("ResourceType", "Custom::KmsKeyGrants");
        Map<String, Object> all = new LinkedHashMap<>(properties);
        all.put("ServiceToken", "measured");
        event.put("ResourceProperties", all);
        byte[] text = JsonText.object(event).getBytes(StandardCharsets.UTF_8);

        KeyPolicy before = KeyPolicy.read(account.keys().policyAsPut(key));
        int calls = account.calls().size();
        long processor = process.getProcessCpuTime();
        long start = System.nanoTime();
        handler.handleRequest(
                new ByteArrayInputStream(text),
                OutputStream.nullOutputStream(),
                new Quiet(request));
        double millis = (System.nanoTime() - start) / 1e6;
        double processorMillis = (process.getProcessCpuTime() - processor) / 1e6;

        String answer =
                account.answers()
                        .await(stack, "KeyGrants", request, Duration.ofSeconds(10))
                        .orElseThrow(() -> new IOException("no answer for " + environment));
        KeyPolicy after = KeyPolicy.read(account.keys().policyAsPut(key));
        boolean fits =
                JsonReader.readObject(answer)
                        .string("Status")
                        .filter("SUCCESS"::equals)
                        .isPresent();
        if (!fits && !answer.contains("POL005")) throw new IOException(environment + ": " + answer);
        return new Create(
                fits,
                counted(account.calls().subList(calls, account.calls().size())),
                after.shortestLength() - before.shortestLength(),
                fits ? after.length() : 0,
                List.of(rounded(millis)),
                List.of(rounded(processorMillis)));
    }

    private static double rounded(double millis) {
        return Math.round(millis * 10) / 10.0;
    }

    private static Map<String, Integer> counted(List<ApiCall> calls) {
        Map<String, Integer> counted = new TreeMap<>();
        for (ApiCall call : calls) counted.merge(call.action(), 1, Integer::sum);
        return counted;
    }

    @Override
    public void close() {
        account.close();
    }

    /// What Lambda tells a function about its call; the log goes nowhere.
    private record Quiet(String requestId) implements Context {
        private static final int TWO_MINUTES = 120_000;

        @Override
        public String getAwsRequestId() {
            return requestId;
        }

        @Override
        public String getLogGroupName() {
            return "/aws/lambda/key-grants";
        }

        @Override
        public String getLogStreamName() {
            return "measured";
        }

        @Override
        public String getFunctionName() {
            return "key-grants";
        }

        @Override
        public String getFunctionVersion() {
            return "$LATEST";
        }

        @Override
        public String getInvokedFunctionArn() {
            return "arn:aws:lambda:us-east-1:111122223333:function:key-grants";
        }

        @Override
        @SuppressWarnings("NullAway") // the interface knows no absence
        public CognitoIdentity getIdentity() {
            return null;
        }

        @Override
        @SuppressWarnings("NullAway") // the interface knows no absence
        public ClientContext getClientContext() {
            return null;
        }

        @Override
        public int getRemainingTimeInMillis() {
            return TWO_MINUTES;
        }

        @Override
        public int getMemoryLimitInMB() {
            return 512;
        }

        @Override
        public LambdaLogger getLogger() {
            return new LambdaLogger() {
                @Override
                public void log(String message) {}

                @Override
                public void log(byte[] message) {}
            };
        }
    }
}
