package io.bedrockbudgeteer.keyguard.aws;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// A point in time after which no work may be begun, and a fence: work can also be called off
/// before. Thread-safe.
///
/// Waits and AWS calls are bounded by it, and everything that changes something asks
/// [#beforeWriting] first, so that a thread that was left behind (a frozen Lambda environment thaws
/// in the next invocation) cannot change anything any more.
public final class Deadline {
    private final LongSupplier nanoClock;
    private final long end;
    private final BooleanSupplier calledOff;

    private Deadline(LongSupplier nanoClock, long end, BooleanSupplier calledOff) {
        this.nanoClock = nanoClock;
        this.end = end;
        this.calledOff = calledOff;
    }

    public static Deadline in(Duration time) {
        return in(time, System::nanoTime);
    }

    /// @param nanoClock a monotonic clock, for tests
    public static Deadline in(Duration time, LongSupplier nanoClock) {
        return new Deadline(nanoClock, nanoClock.getAsLong() + time.toNanos(), () -> false);
    }

    /// The same point in time, or as soon as `calledOff` says so.
    public Deadline unless(BooleanSupplier also) {
        return new Deadline(nanoClock, end, () -> calledOff.getAsBoolean() || also.getAsBoolean());
    }

    /// A point earlier by `time`, with the same fence.
    public Deadline earlierBy(Duration time) {
        return new Deadline(nanoClock, end - time.toNanos(), calledOff);
    }

    /// The earlier of this and `limit` from now.
    public Deadline within(Duration limit) {
        long candidate = nanoClock.getAsLong() + limit.toNanos();
        return new Deadline(nanoClock, candidate - end < 0 ? candidate : end, calledOff);
    }

    /// What is left; zero when it is over or called off.
    public Duration remaining() {
        if (calledOff.getAsBoolean()) return Duration.ZERO;
        return Duration.ofNanos(Math.max(0, end - nanoClock.getAsLong()));
    }

    public boolean isOver() {
        return remaining().isZero();
    }

    /// To be called directly before every call that changes something.
    ///
    /// @throws OutOfTime when no work may be begun any more
    public void beforeWriting(String what) {
        if (isOver())
            throw new OutOfTime(what + " was not begun: the time for this request is over");
    }

    /// Waits, but not beyond the deadline.
    ///
    /// @return whether the whole time was waited
    public boolean pause(Duration time) {
        Deadline until = within(time);
        while (!until.isOver()) {
            if (Thread.currentThread().isInterrupted())
                throw new OutOfTime("a wait was interrupted");
            LockSupport.parkNanos(Math.min(until.remaining().toNanos(), SLICE.toNanos()));
        }
        return !isOver();
    }

    // Short enough to notice soon that the work was called off.
    private static final Duration SLICE = Duration.ofMillis(100);
}
