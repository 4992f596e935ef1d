package io.bedrockbudgeteer.keyguard.testing;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A Lambda context with a given remaining time, which keeps what is logged.
public final class FakeContext implements Context {
    private final int remainingMillis;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public FakeContext(int remainingMillis) {
        this.remainingMillis = remainingMillis;
    }

    /// Everything that was logged.
    public String log() {
        return String.join("\n", lines);
    }

    @Override
    public String getAwsRequestId() {
        return "8f5f7e6c-0000-4a4a-8b8b-000000000001";
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/guard";
    }

    @Override
    public String getLogStreamName() {
        return "2026/11/24/[$LATEST]abcdef0123456789";
    }

    @Override
    public String getFunctionName() {
        return "guard";
    }

    @Override
    public String getFunctionVersion() {
        return "$LATEST";
    }

    @Override
    public String getInvokedFunctionArn() {
        return "arn:aws:lambda:eu-central-1:111122223333:function:guard";
    }

    @Override
    @SuppressWarnings("NullAway") // as the runtime does for invocations without a mobile client
    public CognitoIdentity getIdentity() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    public ClientContext getClientContext() {
        return null;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return remainingMillis;
    }

    @Override
    public int getMemoryLimitInMB() {
        return 512;
    }

    @Override
    public LambdaLogger getLogger() {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                lines.add(message);
            }

            @Override
            public void log(byte[] message) {
                lines.add(new String(message, StandardCharsets.UTF_8));
            }
        };
    }
}
