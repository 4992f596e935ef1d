package io.bedrockbudgeteer.local.lambda;

import io.bedrockbudgeteer.local.account.Functions.Function;
import io.bedrockbudgeteer.local.account.Functions.InvokeConfig;
import io.bedrockbudgeteer.local.lambda.GivenUp.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The asynchronous queue of one function and its processes (Lambda Developer Guide, "Invoking a
/// function asynchronously"): an event that ends in an error or a time-out is tried again after one
/// and after two minutes, with the same request id.
final class Lane implements AutoCloseable {
    private static final List<Duration> WAITS =
            List.of(Duration.ofSeconds(60), Duration.ofSeconds(120));

    private final LambdaOptions options;
    private final Consumer<String> delivered;
    private final GiveUp givesUp;
    private final LinkedBlockingQueue<Invocation> queue = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService retries =
            Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    private final List<Thread> workers = new ArrayList<>();
    private final Semaphore permits;
    private final List<Warm> idle = new ArrayList<>();
    private final List<Child> busy = new ArrayList<>();
    private Deployed deployed;
    private InvokeConfig config = InvokeConfig.STANDARD;
    private boolean duplicate;
    private boolean closed;
    private int open;
    private @Nullable Invocation last;

    /// One version of the function.
    ///
    /// @param start starts a process of it
    /// @param lines takes log lines
    record Deployed(Function function, Supplier<Child> start, Consumer<String> lines) {}

    /// Takes an event that is given up.
    @FunctionalInterface
    interface GiveUp {
        void accept(Deployed version, InvokeConfig config, GivenUp event);
    }

    /// A process that waits for work.
    private record Warm(Deployed deployed, Child child) {}

    Lane(Deployed deployed, LambdaOptions options, Consumer<String> delivered, GiveUp givesUp) {
        this.deployed = deployed;
        this.options = options;
        this.delivered = delivered;
        this.givesUp = givesUp;
        this.permits = new Semaphore(options.environments());
        for (int i = 0; i < options.environments(); i++)
            workers.add(Thread.ofVirtual().start(this::work));
    }

    synchronized void config(InvokeConfig next) {
        config = next;
    }

    synchronized Function function() {
        return deployed.function();
    }

    /// Idle processes of the old version end now, a busy one after its event, as on AWS.
    synchronized void replace(Deployed next) {
        deployed = next;
        idle.forEach(warm -> warm.child().close());
        idle.clear();
    }

    synchronized void duplicateNext() {
        duplicate = true;
    }

    void redeliverLast() {
        Invocation event;
        synchronized (this) {
            event = last;
        }
        if (event == null) throw new IllegalStateException("no event has been delivered yet");
        add(event);
    }

    synchronized void add(Invocation invocation) {
        int copies = duplicate ? 2 : 1;
        duplicate = false;
        last = invocation;
        open += copies;
        for (int i = 0; i < copies; i++) queue.add(invocation);
    }

    synchronized boolean awaitQuiet(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (open > 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) return false;
            wait(left);
        }
        return true;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        workers.forEach(Thread::interrupt);
        retries.shutdownNow();
        synchronized (this) {
            idle.forEach(warm -> warm.child().close());
            idle.clear();
            busy.forEach(Child::close);
            open = 0;
            notifyAll();
        }
    }

    private void work() {
        try {
            while (true) {
                Invocation invocation = queue.take();
                if (isTooOld(invocation, Duration.ZERO)) {
                    giveUp(
                            new GivenUp(
                                    invocation,
                                    Condition.EVENT_AGE_EXCEEDED,
                                    invocation.attempt() - 1,
                                    invocation.before(),
                                    "it is older than the maximum event age"));
                    continue;
                }
                settle(invocation, run(invocation));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Runs one attempt in a warm or a new process.
    Outcome run(Invocation invocation) throws InterruptedException {
        permits.acquire();
        try {
            Deployed version = current();
            version.lines()
                    .accept("START RequestId: " + invocation.requestId() + " Version: $LATEST");
            Outcome outcome = attempt(version, invocation);
            if (!outcome.isDone())
                version.lines().accept(invocation.requestId() + " " + outcome.text());
            version.lines().accept("END RequestId: " + invocation.requestId());
            return outcome;
        } finally {
            permits.release();
        }
    }

    private Outcome attempt(Deployed version, Invocation invocation) throws InterruptedException {
        Child child;
        try {
            child = take(version);
        } catch (RuntimeException e) {
            return new Outcome.NotStarted(String.valueOf(e.getMessage()));
        }
        String problem = child.awaitReady();
        if (!problem.isEmpty()) {
            release(version, child, false);
            return new Outcome.NotStarted(problem);
        }
        delivered.accept(invocation.event());
        Outcome outcome = child.invoke(invocation);
        release(
                version,
                child,
                child.isAlive()
                        && (outcome instanceof Outcome.Returned
                                || outcome instanceof Outcome.Failed));
        return outcome;
    }

    private synchronized Deployed current() {
        return deployed;
    }

    private synchronized Child take(Deployed version) {
        if (closed) throw new IllegalStateException("the function is removed");
        while (!idle.isEmpty()) {
            Warm warm = idle.remove(idle.size() - 1);
            if (warm.child().isAlive()) {
                busy.add(warm.child());
                return warm.child();
            }
            warm.child().close();
        }
        Child child = version.start().get();
        busy.add(child);
        return child;
    }

    private synchronized void release(Deployed version, Child child, boolean usable) {
        busy.remove(child);
        if (usable && !closed && version.equals(deployed)) idle.add(new Warm(version, child));
        else child.close();
    }

    private void settle(Invocation invocation, Outcome outcome) {
        InvokeConfig rules;
        synchronized (this) {
            rules = config;
        }
        if (outcome.isDone()) {
            done();
        } else if (invocation.attempt() > Math.min(rules.maximumRetryAttempts(), WAITS.size())) {
            giveUp(
                    new GivenUp(
                            invocation,
                            Condition.RETRIES_EXHAUSTED,
                            invocation.attempt(),
                            Optional.of(outcome),
                            "attempt " + invocation.attempt() + " " + outcome.text()));
        } else {
            Duration wait = WAITS.get(invocation.attempt() - 1).dividedBy(options.timeScale());
            if (isTooOld(invocation, wait)) {
                giveUp(
                        new GivenUp(
                                invocation,
                                Condition.EVENT_AGE_EXCEEDED,
                                invocation.attempt(),
                                Optional.of(outcome),
                                "the next attempt would be later than the maximum event age, after "
                                        + outcome.text()));
            } else {
                var _ =
                        retries.schedule(
                                () -> queue.add(invocation.again(outcome)),
                                wait.toMillis(),
                                TimeUnit.MILLISECONDS);
            }
        }
    }

    private synchronized boolean isTooOld(Invocation invocation, Duration ahead) {
        Instant then = options.clock().instant().plus(ahead);
        Duration limit =
                Duration.ofSeconds(config.maximumEventAgeSeconds()).dividedBy(options.timeScale());
        return Duration.between(invocation.queued(), then).compareTo(limit) > 0;
    }

    private void giveUp(GivenUp event) {
        Deployed version;
        InvokeConfig rules;
        synchronized (this) {
            version = deployed;
            rules = config;
        }
        try {
            givesUp.accept(version, rules, event);
        } finally {
            done();
        }
    }

    private synchronized void done() {
        open = Math.max(0, open - 1);
        notifyAll();
    }
}
