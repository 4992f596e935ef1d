package io.bedrockbudgeteer.lifecycle;

import io.bedrockbudgeteer.keyguard.aws.Pace;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A simulated time in which several functions call AWS at once. A call is let through when no
/// function can make an earlier one any more, so that the order of all calls follows from the
/// random numbers alone, however fast the machine is. In milliseconds. Thread-safe.
final class Turns {
    // What one call takes, on its way and in the service.
    private static final int SHORTEST_CALL = 20;
    private static final int LONGEST_CALL = 150;

    private final RandomGenerator random;
    private final Map<String, Seat> seats = new TreeMap<>();
    private long now;

    /// @param random used by one call at a time, in their order
    Turns(RandomGenerator random) {
        this.random = random;
    }

    /// A function that is at work.
    private static final class Seat {
        private long time;
        private boolean waits;
        private boolean called;

        Seat(long time) {
            this.time = time;
        }
    }

    synchronized long now() {
        return now;
    }

    /// Lets time go by while nobody is at work.
    synchronized void pass(long time) {
        now += time;
    }

    /// From now on everybody waits for the calls of this one. Those who begin together take their
    /// seats before the first of them calls.
    ///
    /// @param delay when it begins
    synchronized void take(String caller, long delay) {
        seats.put(caller, new Seat(now + delay));
    }

    /// Nobody waits for this one any more.
    synchronized void leave(String caller) {
        seats.remove(caller);
        callNext();
    }

    /// Returns when it is the turn of this one's next call.
    synchronized void await(String caller) {
        Seat seat = seat(caller);
        seat.waits = true;
        callNext();
        try {
            while (!seat.called) wait();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        seat.called = false;
        seat.time += random.nextInt(SHORTEST_CALL, LONGEST_CALL);
    }

    private Seat seat(String caller) {
        Seat seat = seats.get(caller);
        if (seat == null) throw new AssertionError(caller + " calls and has no seat");
        return seat;
    }

    private void callNext() {
        Seat first = null;
        for (Seat seat : seats.values()) {
            if (!seat.waits) return; // it may still make an earlier call
            if (first == null || seat.time < first.time) first = seat;
        }
        if (first == null) return;
        now = Math.max(now, first.time);
        first.waits = false;
        first.called = true;
        notifyAll();
    }

    /// The waits of one function: none of them in earnest, each in the simulated time.
    Pace paceOf(String caller, long seed) {
        Random own = new Random(seed);
        return new Pace(1_000_000) {
            @Override
            public Duration of(Duration real) {
                pass(caller, real);
                return super.of(real);
            }

            @Override
            public Duration upTo(Duration most) {
                long half = most.toMillis() / 2;
                return of(Duration.ofMillis(half + own.nextLong(half + 1)));
            }
        };
    }

    private synchronized void pass(String caller, Duration time) {
        seat(caller).time += time.toMillis();
    }
}
