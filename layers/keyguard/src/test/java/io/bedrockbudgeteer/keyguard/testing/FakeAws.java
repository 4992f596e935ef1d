package io.bedrockbudgeteer.keyguard.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bedrockbudgeteer.keyguard.aws.Environment;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// AWS on loopback: KMS, IAM and its Access Analyzer, STS, CloudWatch, CloudFormation and Systems
/// Manager in their wire formats, with just enough behaviour for the guards' tests. Routed by the
/// scope of the credentials, as AWS's own signatures have it. Unknown operations are errors.
public final class FakeAws implements AutoCloseable {
    static {
        // Without it each answer waits 40 ms for an acknowledgement. Read once, by the first server
        // of the process.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Pattern SCOPE =
            Pattern.compile("Credential=([^/]+)/\\d+/[^/]+/([^/]+)/aws4_request");

    public final FakeKms kms;
    public final FakeIam iam = new FakeIam();
    public final FakeCloudWatch cloudWatch = new FakeCloudWatch();
    public final FakeCloudFormation cloudFormation = new FakeCloudFormation();
    public final FakeSsm ssm = new FakeSsm();
    public final FakeSts sts = new FakeSts();
    public final FakeAccessAnalyzer accessAnalyzer = new FakeAccessAnalyzer();

    private final HttpServer server;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "fake-aws");
                thread.setDaemon(true);
                return thread;
            });
    private final List<String> calls = new ArrayList<>();
    private final List<String> accessKeys = new ArrayList<>();
    private final Map<String, Deque<AwsError>> failures = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Function<Fault.Call, Optional<Fault>> faults = _ -> Optional.empty();

    public FakeAws() {
        kms = new FakeKms(iam);
        server = LoopbackHttp.start(this::serve, threads);
    }

    /// The environment of a function that talks to this fake. Waits are a thousand times shorter.
    public Environment environment() {
        return environment(Map.of());
    }

    public Environment environment(Map<String, String> more) {
        Map<String, String> all =
                new LinkedHashMap<>(
                        Map.of(
                                "AWS_REGION", CustomResourceEvents.REGION,
                                "AWS_ACCESS_KEY_ID", "AKIAFAKEFAKEFAKEFAKE",
                                "AWS_SECRET_ACCESS_KEY", "secret",
                                "AWS_SESSION_TOKEN", "token",
                                "AWS_ENDPOINT_URL", url(),
                                "KEYGUARD_TIME_SCALE", "1000"));
        all.putAll(more);
        return name -> Optional.ofNullable(all.get(name));
    }

    /// The next `times` calls of an operation such as `kms:PutKeyPolicy` fail. The SDK repeats
    /// throttled calls and errors of 500 by itself.
    public void fail(String operation, int times, AwsError error) {
        synchronized (this) {
            for (int i = 0; i < times; i++)
                failures.computeIfAbsent(operation, _ -> new ArrayDeque<>()).add(error);
        }
    }

    /// Asked about every attempt of every call, from several threads; empty lets it pass.
    public void faults(Function<Fault.Call, Optional<Fault>> asked) {
        faults = asked;
    }

    /// What was called, in order, such as `kms:DescribeKey`.
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /// The access key id that signed each call, in order.
    public synchronized List<String> accessKeys() {
        return List.copyOf(accessKeys);
    }

    /// Where it listens.
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public synchronized void forgetCalls() {
        calls.clear();
    }

    public long count(String operation) {
        return calls().stream().filter(operation::equals).count();
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Matcher scope =
                SCOPE.matcher(
                        String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        boolean signed = scope.find();
        String service = signed ? scope.group(2) : "unsigned";
        String accessKey = signed ? scope.group(1) : "";
        Wire wire =
                switch (service) {
                    case "kms", "ssm" -> new JsonWire(service, exchange, body);
                    case "iam", "cloudformation", "sts" -> new QueryWire(service, body);
                    case "access-analyzer" -> new RestWire(service, exchange, body);
                    case "monitoring" -> new CborWire(exchange, body);
                    default -> throw new IOException("service " + service + " is not faked");
                };
        AwsError failure;
        synchronized (this) {
            calls.add(wire.operation());
            accessKeys.add(accessKey);
            Deque<AwsError> queue = failures.get(wire.operation());
            failure = queue == null ? null : queue.poll();
        }
        try {
            if (failure != null) throw failure;
            Optional<Fault> fault = faults.apply(call(exchange, wire, accessKey));
            if (fault.isPresent() && isLost(fault.get(), exchange, wire)) return;
            send(exchange, wire, 200, wire.answer(handle(wire)));
        } catch (AwsError e) {
            send(exchange, wire, e.status(), wire.error(e));
        } catch (RuntimeException e) {
            AwsError internal = new AwsError(501, "FakeAwsBug", String.valueOf(e));
            send(exchange, wire, 501, wire.error(internal));
        }
    }

    private static Fault.Call call(HttpExchange exchange, Wire wire, String accessKey) {
        return new Fault.Call(
                wire.operation(),
                String.valueOf(exchange.getRequestHeaders().getFirst("amz-sdk-invocation-id")),
                accessKey);
    }

    /// Does what the fault says.
    ///
    /// @return whether nothing more is to be answered
    private boolean isLost(Fault fault, HttpExchange exchange, Wire wire) throws IOException {
        return switch (fault) {
            case Fault.Refused(AwsError error) -> throw error;
            case Fault.Misreported(AwsError error) -> {
                handle(wire);
                throw error;
            }
            case Fault.Bare(int status) -> {
                send(exchange, wire, status, new byte[0]);
                yield true;
            }
            case Fault.Silence(boolean taken) -> {
                if (taken) handle(wire);
                try {
                    closed.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
                yield true;
            }
            case Fault.Reset(boolean taken) -> {
                if (taken) handle(wire);
                throw new IOException("hang up"); // the server closes the connection
            }
        };
    }

    private Map<String, Object> handle(Wire wire) {
        String operation = wire.operation();
        Map<String, Object> input = wire.input();
        return switch (operation.substring(0, operation.indexOf(':'))) {
            case "kms" -> kms.handle(operation, input);
            case "iam" -> iam.handle(operation, input);
            case "cloudwatch" -> cloudWatch.handle(operation, input);
            case "cloudformation" -> cloudFormation.handle(operation, input);
            case "sts" -> sts.handle(operation);
            case "access-analyzer" -> accessAnalyzer.handle(operation, input);
            default -> ssm.handle(operation, input);
        };
    }

    private static void send(HttpExchange exchange, Wire wire, int status, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", wire.contentType());
        exchange.getResponseHeaders().set("x-amzn-RequestId", "fake-request");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
