package io.bedrockbudgeteer.keyguard.customresource;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.aws.OutOfTime;
import io.bedrockbudgeteer.keyguard.aws.Rehearsal;
import io.bedrockbudgeteer.keyguard.customresource.OutcomeMetric.Ending;
import io.bedrockbudgeteer.keyguard.start.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The entry of a Lambda function behind a custom resource. Every request that can be answered is
/// answered exactly once, delivered with retries, before the function's own time-out; whatever is
/// thrown becomes FAILED. Returns normally when the answer was delivered and throws when it was
/// not, so that Lambda runs the event again.
///
/// Subclasses have a constructor that cannot fail, keep nothing of a request in fields, and build
/// their clients inside [#handle]: what fails there is answered, what fails in a constructor hangs
/// the stack. Source: CloudFormation User Guide, Custom resources.
public abstract class CustomResourceHandler implements RequestStreamHandler {
    // Kept for answering: two full attempts of the PUT, wait included (see Delivery), and two
    // seconds.
    static final Duration RESERVE = Duration.ofSeconds(15);
    // Kept for ending the invocation itself: the last log line, the return to the runtime.
    static final Duration LAST_SECOND = Duration.ofSeconds(1);

    /// Stack and logical id of the made-up request of [#rehearse].
    protected static final String REHEARSED_STACK =
            "arn:aws:cloudformation:us-east-1:111122223333:stack/rehearsal/0";

    protected static final String REHEARSED_LOGICAL_ID = "Rehearsal";

    private final Environment environment;
    private final AtomicReference<Rehearsal.@Nullable Report> rehearsal = new AtomicReference<>();
    private final AtomicReference<@Nullable Prepared> prepared = new AtomicReference<>();

    protected CustomResourceHandler() {
        this(Environment.ofProcess());
    }

    /// For tests, which cannot set variables of their own process.
    protected CustomResourceHandler(Environment environment) {
        this.environment = environment;
    }

    /// To be called by the constructor that Lambda uses: handles a made-up Create while the
    /// function starts. Cannot fail; the first request logs what became of it.
    ///
    /// @param variables of the environment that are made up too
    /// @param properties of the resource
    protected final void rehearse(
            Rehearsal.Script script, Map<String, String> variables, Map<String, ?> properties) {
        rehearse(script, variables, properties, _ -> {});
    }

    /// As [#rehearse(Rehearsal.Script, Map, Map)].
    ///
    /// @param beside calls of a second service, made meanwhile
    protected final void rehearse(
            Rehearsal.Script script,
            Map<String, String> variables,
            Map<String, ?> properties,
            Consumer<AwsClients> beside) {
        DryRun run = new DryRun(this, properties);
        rehearsal.set(Rehearsal.play(environment, variables, script, beside, run::play));
    }

    /// Clients for the first request, built while the function started.
    private record Prepared(AwsClients clients, AtomicReference<@Nullable Journal> journal) {}

    /// Builds the clients that the rehearsal had to build: real ones, with which nothing is asked
    /// yet. The first event, which has less processor time than the start, finds them ready.
    void prepare(AwsClients rehearsed) {
        AtomicReference<@Nullable Journal> journal = new AtomicReference<>();
        AwsClients clients =
                AwsClients.of(
                        environment,
                        call -> {
                            Journal about = journal.get();
                            if (about != null) about.awsCall(call);
                        });
        clients.buildLike(rehearsed);
        prepared.set(new Prepared(clients, journal));
    }

    private AwsClients clients(Journal journal) {
        Prepared first = prepared.getAndSet(null);
        if (first == null) return AwsClients.of(environment, journal::awsCall);
        first.journal().set(journal);
        return first.clients();
    }

    /// The resource type in templates, such as `Custom::KmsKeyCheck`.
    protected abstract String resourceType();

    /// Prefix of physical ids, for people, such as `key-check`.
    protected abstract String idPrefix();

    /// What the physical id depends on besides stack and logical id, such as the key ARN. Must not
    /// fail, whatever the properties are.
    protected abstract String thing(Properties properties);

    /// Does what is asked. Runs on a thread of its own and may be left behind when it takes too
    /// long; therefore it asks [Deadline#beforeWriting] before every call that changes something.
    protected abstract Outcome handle(Request request, Work work) throws Exception;

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context)
            throws IOException {
        // The runtime counts from the delivery of the event, and so does the deadline.
        Duration left = Duration.ofMillis(context.getRemainingTimeInMillis());
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        Journal journal =
                new Journal(
                        context.getLogger(),
                        Map.of("AWSRequestId", String.valueOf(context.getAwsRequestId())));
        logStart(journal);
        Ending ending = Ending.UNANSWERABLE;
        try {
            Ready ready = ready(event, context, journal, left);
            ending = Ending.UNDELIVERED;
            ending = answer(ready.invocation(), ready.url());
        } finally {
            long millis = left.toMillis() - context.getRemainingTimeInMillis();
            journal.metric(
                    new OutcomeMetric(
                            resourceType(), EventReader.requestType(event), ending, millis));
        }
    }

    private void logStart(Journal journal) {
        Rehearsal.Report report = rehearsal.getAndSet(null);
        if (report == null) return;
        Map<String, Object> details = new TreeMap<>();
        details.put("rehearsal", report.result());
        details.put("connections", report.connections());
        details.put("millis", report.millis());
        String cache = System.getProperty(StartCache.PROPERTY);
        String state = cache == null ? "" : StartCache.state(cache);
        if (!state.isEmpty()) details.put("cache", state);
        String loader = System.getProperty(Entry.PROPERTY, "");
        if (!loader.isEmpty()) details.put("classLoader", loader);
        if (report.isIncomplete()
                || state.equals(StartCache.NOT_USED)
                || loader.startsWith(Entry.FAILED)) journal.warn("start", details);
        else journal.info("start", details);
    }

    /// A request that can be answered.
    private record Ready(Invocation invocation, ResponseUrl url) {}

    private Ready ready(String event, Context context, Journal journal, Duration left) {
        RequestIdentity identity;
        ResponseUrl url;
        try {
            identity = EventReader.identity(event);
            url = ResponseUrl.of(identity.responseUrl(), environment.isLocal());
        } catch (CannotAnswer e) {
            journal.error("request-unanswerable", Map.of("reason", String.valueOf(e.getMessage())));
            throw e;
        }
        Journal about =
                journal.with(
                        Map.of(
                                "stackId",
                                identity.stackId(),
                                "logicalResourceId",
                                identity.logicalId(),
                                "requestId",
                                identity.requestId()));
        return new Ready(
                new Invocation(event, identity, context, about, left, environment, this::clients),
                url);
    }

    /// One request and what it is handled with.
    record Invocation(
            String event,
            RequestIdentity identity,
            Context context,
            Journal journal,
            Duration left,
            Environment environment,
            Function<Journal, AwsClients> clients) {
        Reason reason(String text) {
            return Reason.of(text, context.getLogStreamName(), context.getAwsRequestId());
        }
    }

    /// Returns when the answer is delivered.
    private Ending answer(Invocation invocation, ResponseUrl url) {
        Journal journal = invocation.journal();
        Deadline answerBy = Deadline.in(invocation.left().minus(LAST_SECOND));
        Delivery delivery = delivery(url, answerBy, journal);
        // Made before the work begins: should the work use up the memory or break a class, this
        // answer exists already.
        Answer fallback =
                failed(invocation, unread(invocation), "The function ended without a result.");
        Answer answer;
        try {
            answer = decide(invocation, answerBy);
        } catch (Throwable e) { // an answer is owed, whatever happened
            answer = broken(invocation, fallback, e);
        }
        journal.info(
                "answer", Map.of("status", answer.status(), "physicalId", answer.id().value()));
        delivery.put(answer.body().getBytes(StandardCharsets.UTF_8));
        return answer.status().equals("SUCCESS") ? Ending.SUCCESS : Ending.FAILED;
    }

    /// Tests put one that does not wait between attempts in its place.
    Delivery delivery(ResponseUrl url, Deadline answerBy, Journal journal) {
        return new Delivery(url, answerBy, journal);
    }

    private static Answer broken(Invocation invocation, Answer fallback, Throwable e) {
        try {
            invocation.journal().trace(e);
            return failed(invocation, fallback.id(), text(e));
        } catch (Throwable _) { // no memory even for a text
            return fallback;
        }
    }

    Answer decide(Invocation invocation, Deadline answerBy) throws Exception {
        CloudFormationCustomResourceEvent event;
        try {
            event = EventReader.read(invocation.event());
        } catch (IllegalArgumentException e) {
            return failed(invocation, unread(invocation), text(e));
        }
        Properties properties = new Properties(event.getResourceProperties());
        Properties old = new Properties(event.getOldResourceProperties());
        Optional<RequestType> type = RequestType.of(event.getRequestType());
        Ids ids = new Ids(invocation.identity(), this, type, properties, old);
        if (type.isEmpty())
            return failed(
                    invocation,
                    ids.whenFailed(Optional.empty()),
                    "The event's RequestType is none of Create, Update, Delete");
        if (!resourceType().equals(event.getResourceType()))
            return failed(
                    invocation,
                    ids.whenFailed(Optional.empty()),
                    "This function serves " + resourceType() + ", not the type it was asked for");
        Optional<StackId> stack = StackId.of(invocation.identity().stackId());
        if (stack.isEmpty())
            return failed(
                    invocation,
                    ids.whenFailed(Optional.empty()),
                    "The event's StackId is not a stack ARN");
        Request request =
                new Request(
                        type.get(),
                        stack.get(),
                        invocation.identity().requestId(),
                        invocation.identity().logicalId(),
                        ids.event(),
                        properties,
                        old,
                        ids.wanted());
        invocation
                .journal()
                .info(
                        "request",
                        Map.of(
                                "type",
                                request.type().toString(),
                                "physicalId",
                                request.id().value()));
        return work(invocation, request, ids, answerBy);
    }

    // Runs the work aside and answers for it when it takes too long.
    private Answer work(Invocation invocation, Request request, Ids ids, Deadline answerBy)
            throws Exception {
        AtomicBoolean claimed = new AtomicBoolean();
        Deadline workBy = answerBy.earlierBy(RESERVE).unless(claimed::get);
        if (workBy.isOver())
            return failed(
                    invocation,
                    ids.whenFailed(Optional.empty()),
                    "The function has too little time left to begin; nothing was changed");
        Work work =
                new Work(
                        invocation.identity(),
                        workBy,
                        invocation.journal(),
                        invocation.environment(),
                        invocation.clients());
        FutureTask<Outcome> task = new FutureTask<>(() -> handle(request, work));
        Thread worker = new Thread(task, "custom-resource-work");
        worker.setDaemon(true);
        worker.start();
        Optional<Outcome> outcome;
        try {
            outcome =
                    Optional.ofNullable(
                            task.get(workBy.remaining().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            // From here on the worker's fence is shut.
            claimed.set(true);
            worker.interrupt();
            return failed(
                    invocation,
                    ids.whenFailed(Optional.empty()),
                    "The function did not finish in time and was stopped; repeat the operation");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (!isExpected(cause)) invocation.journal().trace(cause);
            return failed(invocation, ids.whenFailed(Optional.empty()), text(cause));
        } finally {
            claimed.set(true);
        }
        if (outcome.isEmpty())
            return failed(
                    invocation,
                    ids.whenFailed(Optional.empty()),
                    "The function ended without a result");
        return answerTo(outcome.get(), invocation, request, ids);
    }

    private static Answer answerTo(
            Outcome outcome, Invocation invocation, Request request, Ids ids) {
        return switch (outcome) {
            case Outcome.Failure(Optional<PhysicalId> id, String reason) ->
                    failed(invocation, ids.whenFailed(id), reason);
            case Outcome.Success success when request.type() == RequestType.DELETE ->
                    Answer.success(
                            invocation.identity(),
                            ids.whenFailed(Optional.empty()),
                            Map.of(),
                            false);
            case Outcome.Success success -> {
                PhysicalId id = ids.whenDone(success.id());
                try {
                    yield Answer.success(
                            invocation.identity(), id, success.data(), success.noEcho());
                } catch (AnswerTooLong e) {
                    yield failed(invocation, ids.whenFailed(success.id()), text(e));
                }
            }
        };
    }

    // The event could not be read, so what the id would depend on is not known.
    private PhysicalId unread(Invocation invocation) {
        return new Ids(
                        invocation.identity(),
                        this,
                        Optional.empty(),
                        new Properties(null),
                        new Properties(null))
                .whenFailed(Optional.empty());
    }

    private static Answer failed(Invocation invocation, PhysicalId id, String reason) {
        return Answer.failed(invocation.identity(), id, invocation.reason(reason));
    }

    private static boolean isExpected(Throwable e) {
        return e instanceof PropertyException
                || e instanceof OutOfTime
                || e instanceof AnswerTooLong;
    }

    private static String text(Throwable e) {
        String message = e.getMessage();
        if (message == null || message.isBlank())
            return "The function failed: " + e.getClass().getSimpleName();
        if (e instanceof OutOfTime) return message + "; repeat the operation";
        return isExpected(e) || e instanceof IllegalArgumentException
                ? message
                : e.getClass().getSimpleName() + ": " + message;
    }
}
