package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.aws.OutOfTime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// What the thread that writes and the thread that is told of Ctrl-C must agree on: whether
/// something may have been sent, and who says what came of it. Thread-safe.
final class Gate {
    /// After Ctrl-C: how long a write may take to show before it is taken back.
    static final Duration PATIENCE = Duration.ofSeconds(8);

    /// After Ctrl-C: when the last call is given up.
    static final Duration END = Duration.ofSeconds(15);

    // For a last look, and for the last words.
    private static final Duration TO_SAY_SO = Duration.ofSeconds(8);

    enum Stage {
        /// Nothing that changes anything was sent, or all of it was refused.
        NOTHING_SENT,
        /// Something was sent.
        SENT,
        /// What came of it was said.
        OVER
    }

    private final LongSupplier nanoClock;
    private final CountDownLatch over = new CountDownLatch(1);
    private Stage stage = Stage.NOTHING_SENT;
    private boolean kept;
    private boolean interrupted;
    private long interruptedAt;
    private boolean told;

    Gate(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /// Directly before something is sent that changes something.
    ///
    /// @throws OutOfTime when there was a Ctrl-C: it must not be sent
    synchronized void sending() {
        if (interrupted) throw new OutOfTime("it was interrupted");
        stage = Stage.SENT;
    }

    /// What was sent was surely refused.
    synchronized void refused() {
        if (!kept && stage == Stage.SENT) stage = Stage.NOTHING_SENT;
    }

    /// What was sent was taken, or may have been.
    synchronized void kept() {
        kept = true;
    }

    synchronized boolean mayHaveSent() {
        return stage != Stage.NOTHING_SENT;
    }

    synchronized boolean isInterrupted() {
        return interrupted;
    }

    synchronized boolean isPatient() {
        return !interrupted || since().compareTo(PATIENCE) < 0;
    }

    synchronized boolean isCalledOff() {
        return interrupted && since().compareTo(END) >= 0;
    }

    private Duration since() {
        return Duration.ofNanos(nanoClock.getAsLong() - interruptedAt);
    }

    /// From now on nothing new is sent.
    synchronized Stage interrupt() {
        if (!interrupted) {
            interrupted = true;
            interruptedAt = nanoClock.getAsLong();
        }
        return stage;
    }

    /// Whoever gets true says what came of it; once.
    synchronized boolean mayTell() {
        boolean may = !told;
        told = true;
        return may;
    }

    /// Everything was said.
    void over() {
        synchronized (this) {
            stage = Stage.OVER;
            told = true;
        }
        over.countDown();
    }

    /// Waits until the writing thread has said what came of it.
    ///
    /// @return whether it has
    boolean awaitOver() {
        try {
            return over.await(END.plus(TO_SAY_SO).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
