package io.bedrockbudgeteer.keyguard.customresource;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.customresource.OutcomeMetric.Ending;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// One Create that nobody sent, from the event to the bytes of its answer, which go nowhere. Its
/// stack is in us-east-1, wherever the function runs.
///
/// @param handler whose work it is
/// @param properties of the resource
record DryRun(CustomResourceHandler handler, Map<String, ?> properties) {
    // The watchdog takes its reserve off this; a rehearsal is given up earlier.
    private static final Duration TIME = Duration.ofSeconds(25);

    /// @throws IllegalStateException when the answer is not SUCCESS: then not all of the work was
    ///   done
    void play(AwsClients clients, Environment environment) {
        String event =
                JsonText.write(
                        Map.of(
                                "RequestType",
                                "Create",
                                "ResponseURL",
                                "https://rehearsal.invalid/",
                                "StackId",
                                CustomResourceHandler.REHEARSED_STACK,
                                "RequestId",
                                "rehearsal",
                                "ResourceType",
                                handler.resourceType(),
                                "LogicalResourceId",
                                CustomResourceHandler.REHEARSED_LOGICAL_ID,
                                "ResourceProperties",
                                properties));
        CustomResourceHandler.Invocation invocation =
                new CustomResourceHandler.Invocation(
                        event,
                        EventReader.identity(event),
                        new NoContext(),
                        new Journal(new NoLogger(), Map.of("AWSRequestId", "rehearsal")),
                        TIME,
                        environment,
                        _ -> clients);
        Answer answer = decided(invocation);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (!answer.status().equals("SUCCESS"))
            throw new IllegalStateException(new String(body, StandardCharsets.UTF_8));
        deliver(body, invocation);
        handler.prepare(clients);
    }

    private void deliver(byte[] body, CustomResourceHandler.Invocation invocation) {
        ResponseUrl url = ResponseUrl.of(invocation.identity().responseUrl(), false);
        new Delivery(url, Deadline.in(TIME), invocation.journal()) {
            @Override
            HttpURLConnection connect() throws IOException {
                return new Taken(url.connection().getURL());
            }
        }.put(body);
        invocation
                .journal()
                .metric(new OutcomeMetric(handler.resourceType(), "Create", Ending.SUCCESS, 0));
    }

    /// Takes what it is sent, and sends it nowhere.
    private static final class Taken extends HttpURLConnection {
        Taken(URL url) {
            super(url);
        }

        @Override
        public void connect() {}

        @Override
        public void disconnect() {}

        @Override
        public boolean usingProxy() {
            return false;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public int getResponseCode() {
            return HTTP_OK;
        }
    }

    private Answer decided(CustomResourceHandler.Invocation invocation) {
        try {
            return handler.decide(invocation, Deadline.in(TIME));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class NoLogger implements LambdaLogger {
        @Override
        public void log(String message) {}

        @Override
        public void log(byte[] message) {}
    }

    private static final class NoContext implements Context {
        @Override
        public String getAwsRequestId() {
            return "rehearsal";
        }

        @Override
        public String getLogGroupName() {
            return "rehearsal";
        }

        @Override
        public String getLogStreamName() {
            return "rehearsal";
        }

        @Override
        public String getFunctionName() {
            return "rehearsal";
        }

        @Override
        public String getFunctionVersion() {
            return "rehearsal";
        }

        @Override
        public String getInvokedFunctionArn() {
            return "rehearsal";
        }

        @Override
        @SuppressWarnings("NullAway") // a function that no mobile application calls has none
        public CognitoIdentity getIdentity() {
            return null;
        }

        @Override
        @SuppressWarnings("NullAway") // as above
        public ClientContext getClientContext() {
            return null;
        }

        @Override
        public int getRemainingTimeInMillis() {
            return (int) TIME.toMillis();
        }

        @Override
        public int getMemoryLimitInMB() {
            return 0;
        }

        @Override
        public LambdaLogger getLogger() {
            return new NoLogger();
        }
    }
}
