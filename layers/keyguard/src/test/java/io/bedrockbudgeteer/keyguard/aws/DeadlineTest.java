package io.bedrockbudgeteer.keyguard.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private final AtomicLong clock =
            new AtomicLong(Long.MAX_VALUE - 5_000_000_000L); // System.nanoTime may overflow

    private Deadline in(int seconds) {
        return Deadline.in(Duration.ofSeconds(seconds), clock::get);
    }

    private void pass(int seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void what_remains_shrinks_to_zero_across_an_overflow_of_the_clock() {
        Deadline deadline = in(10);
        pass(4);
        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(6));
        pass(7);
        assertThat(deadline.remaining()).isZero();
        assertThat(deadline.isOver()).isTrue();
    }

    @Test
    void the_earlier_one_counts() {
        Deadline deadline = in(10);
        assertThat(deadline.within(Duration.ofSeconds(3)).remaining())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(deadline.within(Duration.ofSeconds(30)).remaining())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(deadline.earlierBy(Duration.ofSeconds(4)).remaining())
                .isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void nothing_is_written_after_it_or_when_called_off() {
        AtomicBoolean off = new AtomicBoolean();
        Deadline deadline = in(10).unless(off::get);
        assertThatCode(() -> deadline.beforeWriting("kms:PutKeyPolicy")).doesNotThrowAnyException();
        off.set(true);
        assertThatThrownBy(() -> deadline.beforeWriting("kms:PutKeyPolicy"))
                .isInstanceOf(OutOfTime.class)
                .hasMessageContaining("kms:PutKeyPolicy");
        assertThat(deadline.within(Duration.ofSeconds(1)).isOver())
                .as("what was derived from it")
                .isTrue();
        assertThat(deadline.earlierBy(Duration.ofSeconds(1)).isOver()).isTrue();
    }

    @Test
    void a_pause_ends_at_the_deadline() {
        long start = System.nanoTime();
        assertThat(Deadline.in(Duration.ofMillis(50)).pause(Duration.ofMinutes(1))).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(Deadline.in(Duration.ofMinutes(1)).pause(Duration.ofMillis(5))).isTrue();
    }

    @Test
    void a_pause_ends_when_the_work_is_called_off() {
        AtomicBoolean off = new AtomicBoolean();
        Deadline deadline = Deadline.in(Duration.ofMinutes(1)).unless(off::get);
        Thread.ofVirtual().start(() -> off.set(true));
        assertThat(deadline.pause(Duration.ofMinutes(1))).isFalse();
    }
}
