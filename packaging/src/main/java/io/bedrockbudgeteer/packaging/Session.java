package io.bedrockbudgeteer.packaging;

import io.bedrockbudgeteer.packaging.Loopback.Answer;
import io.bedrockbudgeteer.packaging.Loopback.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The life of one process of a function, from its start over one event to an orderly end. Lambda,
/// the AWS services and the place of the answer are on loopback: no credentials are used and
/// nothing outside is asked. Every AWS request is refused with AccessDenied, so the event ends as
/// FAILED; how it succeeds is what the function rehearses by itself while it starts.
///
/// @param answer what the function answered CloudFormation
/// @param log what the process wrote
/// @param exitCode of the process
public record Session(String answer, String log, int exitCode) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern RESPONSE_URL =
            Pattern.compile("(\"ResponseURL\"\\s*:\\s*)\"[^\"]*\"");
    private static final Pattern REGION =
            Pattern.compile("\"StackId\"\\s*:\\s*\"arn:[^:]*:cloudformation:([^:]*):");
    private static final String ID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
    private static final String ARN = "arn:aws:lambda:us-east-1:111122223333:function:training";

    /// @param command that starts the process, main class included
    /// @param options for its JVM, beside those of the command
    /// @param handler as Lambda is told it
    /// @param event of a custom resource; the place of its answer is replaced
    /// @param certificate of what the process talks to
    /// @param work folder for files of this session and of the process
    /// @throws IOException when the process does not answer, with what it wrote
    public static Session run(
            List<String> command,
            List<String> options,
            String handler,
            String event,
            Certificate certificate,
            Path work)
            throws IOException, InterruptedException {
        return new Stage(certificate, event, work).play(command, options, handler);
    }

    /// Everything around the process.
    private static final class Stage {
        private final Certificate certificate;
        private final String event;
        private final Path work;
        private final CompletableFuture<String> answer = new CompletableFuture<>();
        private final CompletableFuture<Boolean> over = new CompletableFuture<>();
        private final CountDownLatch closed = new CountDownLatch(1);
        private final AtomicInteger asked = new AtomicInteger();

        Stage(Certificate certificate, String event, Path work) {
            this.certificate = certificate;
            this.event = event;
            this.work = work;
        }

        Session play(List<String> command, List<String> options, String handler)
                throws IOException, InterruptedException {
            Path log = work.resolve("session.log");
            try (Loopback services = Loopback.https(certificate, this::service);
                    Loopback runtime = Loopback.http(request -> runtime(request, services))) {
                Process process = begun(command, options, handler, log, services, runtime);
                try {
                    await(process, log);
                    // An end as Lambda's own; the JVM writes the cache when it shuts down.
                    process.destroy();
                    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        throw failure("the process did not end", log);
                    return new Session(answer.join(), Files.readString(log), process.exitValue());
                } finally {
                    closed.countDown();
                    process.destroyForcibly().waitFor();
                }
            }
        }

        private Process begun(
                List<String> command,
                List<String> options,
                String handler,
                Path log,
                Loopback services,
                Loopback runtime)
                throws IOException {
            List<String> forJvm = new ArrayList<>(certificate.javaOptions());
            forJvm.addAll(options);
            List<String> words = new ArrayList<>(command);
            words.add(handler);
            ProcessBuilder builder =
                    new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile());
            Map<String, String> variables = builder.environment();
            variables.keySet().retainAll(List.of("PATH"));
            variables.putAll(environment(handler, services, runtime));
            if (command.getFirst().endsWith("java")) {
                words.addAll(1, forJvm);
            } else {
                variables.put("JAVA_HOME", System.getProperty("java.home"));
                variables.put("JAVA_TOOL_OPTIONS", String.join(" ", forJvm));
            }
            return builder.command(words).start();
        }

        private Map<String, String> environment(String handler, Loopback services, Loopback runtime)
                throws IOException {
            String region = region();
            return Map.ofEntries(
                    Map.entry("LANG", "C.UTF-8"),
                    Map.entry("TMPDIR", work.toString()),
                    Map.entry("AWS_REGION", region),
                    Map.entry("AWS_DEFAULT_REGION", region),
                    Map.entry("AWS_ACCESS_KEY_ID", "training"),
                    Map.entry("AWS_SECRET_ACCESS_KEY", "training"),
                    Map.entry("AWS_SESSION_TOKEN", "training"),
                    Map.entry("AWS_ENDPOINT_URL", "https://" + services.authority()),
                    Map.entry("AWS_LAMBDA_RUNTIME_API", runtime.authority()),
                    Map.entry("AWS_LAMBDA_FUNCTION_NAME", "training"),
                    Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                    Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
                    Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "training"),
                    Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "training"),
                    Map.entry("AWS_LAMBDA_LOG_FORMAT", "JSON"),
                    Map.entry("AWS_LAMBDA_LOG_LEVEL", "INFO"),
                    Map.entry("LAMBDA_TASK_ROOT", "/var/task"),
                    Map.entry("_HANDLER", handler));
        }

        // A function refuses a key of another Region before it asks anything.
        private String region() throws IOException {
            Matcher matcher = REGION.matcher(event);
            if (!matcher.find()) throw new IOException("the event names no stack");
            return matcher.group(1);
        }

        private Answer service(Request request) {
            if (request.path().startsWith("/answer")) {
                answer.complete(request.body());
                return Answer.of(200, "");
            }
            return Answer.of(
                    400, "{\"__type\":\"AccessDeniedException\",\"message\":\"training\"}");
        }

        // Lambda Developer Guide, Using the Lambda runtime API for custom runtimes.
        private Answer runtime(Request request, Loopback services) throws InterruptedException {
            if (request.path().endsWith("/invocation/next")) {
                if (asked.getAndIncrement() > 0) {
                    over.complete(true);
                    closed.await();
                }
                return next(services);
            }
            if (request.path().endsWith("/error"))
                over.completeExceptionally(
                        new IOException("the function reported " + request.body()));
            return Answer.of(202, "");
        }

        private Answer next(Loopback services) {
            String url =
                    "$1\"https://" + services.authority() + "/answer?X-Amz-Signature=training\"";
            return new Answer(
                    200,
                    Map.of(
                            "Content-Type",
                            "application/json",
                            "Lambda-Runtime-Aws-Request-Id",
                            ID,
                            "Lambda-Runtime-Invoked-Function-Arn",
                            ARN,
                            "Lambda-Runtime-Deadline-Ms",
                            String.valueOf(System.currentTimeMillis() + PATIENCE.toMillis())),
                    RESPONSE_URL.matcher(event).replaceFirst(url));
        }

        private void await(Process process, Path log) throws IOException, InterruptedException {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < end) {
                try {
                    over.get(100, TimeUnit.MILLISECONDS);
                    if (!answer.isDone()) throw failure("the function gave no answer", log);
                    return;
                } catch (TimeoutException _) {
                    if (!process.isAlive())
                        throw failure("the process ended with " + process.exitValue(), log);
                } catch (ExecutionException e) {
                    throw failure(String.valueOf(e.getCause()), log);
                }
            }
            throw failure("the function did not answer within " + PATIENCE.toSeconds() + " s", log);
        }

        private static IOException failure(String what, Path log) throws IOException {
            return new IOException(what + "; it wrote:\n" + Files.readString(log));
        }
    }
}
