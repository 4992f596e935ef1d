package io.bedrockbudgeteer.local;

import io.bedrockbudgeteer.local.report.RunReport;
import io.bedrockbudgeteer.local.report.TextReport;
import java.io.IOException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Deploys and keeps the account up, so that the AWS CLI can look inside.
@Command(
        name = "serve",
        description =
                "Deploys the stack and keeps the simulated account up until it is told to stop.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {
    private final Screen screen;

    @Mixin private RunOptions run = new RunOptions();

    ServeCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        TextReport text = new TextReport(screen.ink(), ZoneId.systemDefault());
        try (LocalStack stack =
                        run.builder().listener(event -> screen.progress(text.event(event))).open();
                Ending _ = Ending.of(stack)) {
            screen.progress(text.head("create", stack.stackName(), run.region(), run.timeScale()));
            RunReport report = stack.deploy();
            screen.progress(text.tail(report, true));
            if (!report.success()) {
                return Main.FAILED;
            }
            screen.print(exports(stack));
            screen.progress(
                    List.of("Serving until Ctrl-C. For another terminal: the lines above."));
            new CountDownLatch(1).await();
            return Main.DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Main.DONE;
        }
    }

    /// Credentials of the deploying administrator; they are worth nothing outside this process.
    private static List<String> exports(LocalStack stack) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("AWS_ENDPOINT_URL", stack.account().endpoint().toString());
        variables.put("AWS_REGION", stack.account().region());
        variables.put("AWS_DEFAULT_REGION", stack.account().region());
        variables.putAll(stack.account().deployerKeys().environment());
        return variables.entrySet().stream()
                .map(entry -> "export " + entry.getKey() + "=" + entry.getValue())
                .toList();
    }
}
