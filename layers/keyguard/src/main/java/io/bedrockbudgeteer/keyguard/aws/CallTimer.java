package io.bedrockbudgeteer.keyguard.aws;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/// Tells of each AWS call when it is over. Sees neither parameters nor answers.
final class CallTimer implements ExecutionInterceptor {
    private static final ExecutionAttribute<Long> START =
            new ExecutionAttribute<>("keyguard.start");
    private static final ExecutionAttribute<Integer> ATTEMPTS =
            new ExecutionAttribute<>("keyguard.attempts");

    private final Consumer<AwsCall> calls;

    CallTimer(Consumer<AwsCall> calls) {
        this.calls = calls;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        attributes.putAttribute(START, System.nanoTime());
    }

    @Override
    public void beforeTransmission(
            Context.BeforeTransmission context, ExecutionAttributes attributes) {
        Integer before = attributes.getAttribute(ATTEMPTS);
        attributes.putAttribute(ATTEMPTS, before == null ? 1 : before + 1);
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        tell("ok", attributes);
    }

    @Override
    public void onExecutionFailure(
            Context.FailedExecution context, ExecutionAttributes attributes) {
        tell(
                context.exception() instanceof SdkException e
                        ? Problem.of("", e).code()
                        : context.exception().getClass().getSimpleName(),
                attributes);
    }

    private void tell(String result, ExecutionAttributes attributes) {
        Long start = attributes.getAttribute(START);
        Integer attempts = attributes.getAttribute(ATTEMPTS);
        String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
        calls.accept(
                new AwsCall(
                        service.toLowerCase(Locale.ROOT).replace(" ", "")
                                + ":"
                                + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
                        result,
                        attempts == null ? 0 : attempts,
                        start == null
                                ? 0
                                : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)));
    }
}
