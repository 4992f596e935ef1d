package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.Fault;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C leaves the key as it was or as planned, and says which.
class InterruptTest {
    @TempDir private Path folder = Path.of(".");

    private Scene scene = new Scene(folder);

    @BeforeEach
    void open() {
        scene.close();
        scene = new Scene(folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /// Ctrl-C at the first call of an operation.
    private void interruptAt(String operation) {
        AtomicBoolean once = new AtomicBoolean();
        scene.aws.faults(call -> {
            if (call.operation().equals(operation) && once.compareAndSet(false, true))
                scene.interrupt();
            return Optional.empty();
        });
    }

    private boolean says(String old) {
        return KeyPolicy.read(scene.policy()).saysTheSameAs(KeyPolicy.read(old));
    }

    @Test
    void while_it_reads_nothing_was_written() {
        interruptAt("kms:ListGrants");
        Cli.Ended ended = scene.on("apply", "--yes");
        assertThat(ended.code()).isEqualTo(130);
        assertThat(ended.err())
                .endsWith(
                        "keyguard: interrupted; nothing was written, the key policy is unchanged\n");
        assertThat(scene.aws.kms.puts()).isEmpty();
    }

    @Test
    void at_the_question_nothing_was_written() {
        scene.typing(
                new ByteArrayInputStream(new byte[0]) {
                    @Override
                    public synchronized int read() {
                        scene.interrupt();
                        return super.read();
                    }

                    @Override
                    public synchronized int read(byte[] to, int at, int most) {
                        throw new AssertionError("a line is read byte by byte");
                    }
                });
        Cli.Ended ended = scene.on("apply");
        assertThat(ended.err())
                .contains(
                        "keyguard: interrupted; nothing was written, the key policy is unchanged\n");
        assertThat(scene.aws.kms.puts()).isEmpty();
        assertThat(scene.files()).isEmpty();
    }

    @Test
    void while_it_writes_it_is_finished_when_that_takes_no_time() {
        interruptAt("kms:PutKeyPolicy");
        Cli.Ended ended = scene.on("apply", "--yes");
        assertThat(ended.code()).isEqualTo(130);
        assertThat(ended.err())
                .contains("interrupted while the key policy is written")
                .endsWith("interrupted, and finished all the same: the key policy is as planned\n");
        assertThat(scene.policy()).contains("BedrockBudgeteer");
    }

    @Test
    void what_does_not_show_in_time_is_taken_back() {
        String old = scene.policy();
        AtomicInteger reads = new AtomicInteger();
        scene.aws.kms.beforePut(() -> {
            scene.interrupt();
            for (int i = 0; i < 3; i++) scene.aws.kms.staleReads(old);
        });
        scene.aws.faults(call -> {
            // The third read back finds that eight seconds are over.
            if (call.operation().equals("kms:GetKeyPolicy")
                    && scene.aws.kms.puts().size() == 1
                    && reads.incrementAndGet() == 3) later(Duration.ofSeconds(9));
            return Optional.empty();
        });
        Cli.Ended ended = scene.on("apply", "--yes");
        assertThat(ended.code()).as(ended.err()).isEqualTo(130);
        assertThat(ended.err())
                .contains("taking back what was written")
                .endsWith("keyguard: the key policy is unchanged\n");
        assertThat(says(old)).isTrue();
        assertThat(scene.aws.kms.puts()).hasSize(2);
    }

    private void later(Duration time) {
        scene.nanoTime.addAndGet(time.toNanos());
    }

    @Test
    void when_nothing_can_be_read_any_more_it_says_how_to_look_and_to_restore() {
        scene.aws.kms.beforePut(() -> scene.interrupt());
        scene.aws.faults(call ->
                scene.aws.kms.puts().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Fault.Refused(AwsError.accessDenied("the network is gone"))));
        AtomicInteger asked = new AtomicInteger();
        scene.aws.kms.afterPut(text -> {
            asked.incrementAndGet();
            later(Duration.ofSeconds(20)); // beyond the last patience
            return text;
        });
        Cli.Ended ended = scene.on("apply", "--yes");
        assertThat(asked).hasValue(1);
        assertThat(ended.code()).isEqualTo(130);
        assertThat(ended.err())
                .contains(
                        "whether the key policy is the old or the new one is not known; to see it:")
                .contains("aws kms get-key-policy \\\n    --key-id " + Scene.KEY_ID)
                .contains("and to put the old one back:")
                .contains("file://" + scene.backup());
    }

    @Test
    void a_throttled_put_that_was_refused_is_not_sent_again() {
        AtomicBoolean once = new AtomicBoolean();
        scene.aws.faults(call -> {
            if (!call.operation().equals("kms:PutKeyPolicy")) return Optional.empty();
            if (once.compareAndSet(false, true)) scene.interrupt();
            return Optional.of(new Fault.Refused(new AwsError(400, "ThrottlingException", "Rate")));
        });
        Cli.Ended ended = scene.on("apply", "--yes");
        assertThat(ended.code()).isEqualTo(130);
        assertThat(scene.aws.count("kms:PutKeyPolicy")).isEqualTo(1);
        assertThat(ended.err()).endsWith("keyguard: the key policy is unchanged\n");
        assertThat(scene.aws.kms.puts()).isEmpty();
    }
}
