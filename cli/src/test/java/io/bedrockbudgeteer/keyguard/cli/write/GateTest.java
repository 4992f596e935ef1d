package io.bedrockbudgeteer.keyguard.cli.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.keyguard.aws.OutOfTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GateTest {
    private final AtomicLong now = new AtomicLong();
    private final Gate gate = new Gate(now::get);

    @Test
    void after_an_interruption_nothing_is_sent_any_more() {
        assertThat(gate.interrupt()).isEqualTo(Gate.Stage.NOTHING_SENT);
        assertThatThrownBy(gate::sending).isInstanceOf(OutOfTime.class);
        assertThat(gate.mayHaveSent()).isFalse();
    }

    @Test
    void what_was_refused_was_not_sent() {
        gate.sending();
        gate.refused();
        assertThat(gate.interrupt()).isEqualTo(Gate.Stage.NOTHING_SENT);
    }

    @Test
    void what_may_have_been_taken_stays_sent_whatever_comes_later() {
        gate.sending();
        gate.kept();
        gate.refused();
        assertThat(gate.interrupt()).isEqualTo(Gate.Stage.SENT);
    }

    @Test
    void patience_ends_and_then_everything_is_called_off() {
        gate.sending();
        assertThat(gate.isPatient()).isTrue();
        gate.interrupt();
        assertThat(gate.isPatient()).isTrue();
        now.addAndGet(Gate.PATIENCE.toNanos());
        assertThat(gate.isPatient()).isFalse();
        assertThat(gate.isCalledOff()).isFalse();
        gate.interrupt(); // a second Ctrl-C gives no more time
        now.addAndGet(Gate.END.minus(Gate.PATIENCE).toNanos());
        assertThat(gate.isCalledOff()).isTrue();
    }

    @Test
    void without_an_interruption_time_does_not_matter() {
        now.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(gate.isPatient()).isTrue();
        assertThat(gate.isCalledOff()).isFalse();
    }

    @Test
    void only_one_says_what_came_of_it() {
        assertThat(gate.mayTell()).isTrue();
        assertThat(gate.mayTell()).isFalse();
        Gate other = new Gate(now::get);
        other.over();
        assertThat(other.mayTell()).isFalse();
        assertThat(other.interrupt()).isEqualTo(Gate.Stage.OVER);
        assertThat(other.awaitOver()).isTrue();
    }
}
