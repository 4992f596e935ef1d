package io.bedrockbudgeteer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One stack after the other on one key, until its policy is full.
class FullKeyTest {
    private final Account account = new Account();
    private final String key = account.newKey();
    private final List<String> foreign = account.key(key).foreign();

    @AfterEach
    void close() {
        account.close();
    }

    /// Two statements, so that more than twenty stacks fit.
    private Template small(Stack stack) {
        return Template.logsAndAlarms(key, stack.environment(), "");
    }

    private Stack stack(int number) {
        return account.newStack("app%02d".formatted(number));
    }

    private void assertHolds(Stack stack) {
        assertThat(account.key(key).of(stack)).as(stack.toString()).hasSize(2);
    }

    @Test
    void stacks_fit_until_the_guard_refuses_the_next_one_before_it_writes() {
        List<Stack> standing = new ArrayList<>();
        List<List<String>> calls = new ArrayList<>();
        Stack next = stack(1);
        while (true) {
            account.aws.forgetCalls();
            if (!next.create(small(next))) break;
            calls.add(account.aws.calls());
            standing.add(next);
            String put = account.aws.kms.puts().getLast();
            assertThat(put).hasSizeLessThanOrEqualTo(KeyPolicy.MAX_LENGTH);
            next = stack(standing.size() + 1);
        }
        assertThat(standing).hasSizeGreaterThan(20);

        // The last one fails with what to do, nothing is put for it, and nobody else is touched.
        assertThat(next.sent(Guard.GRANTS).getFirst().answer().reason())
                .startsWith("POL005 error")
                .contains("KmsKeyArn=<ARN of the other key>")
                .contains("Statements of " + (standing.size() + 1) + " stacks take ");
        assertThat(account.aws.count("kms:PutKeyPolicy")).isZero();
        assertThat(account.key(key).of(next)).isEmpty();
        standing.forEach(this::assertHolds);
        assertThat(account.key(key).foreign()).isEqualTo(foreign);

        // What a stack costs does not depend on how many there are.
        assertThat(calls).allMatch(calls.getFirst()::equals);

        // When one goes there is room again.
        assertThat(standing.removeFirst().delete()).isTrue();
        Stack late = stack(standing.size() + 3);
        assertThat(late.create(small(late))).isTrue();
        standing.add(late);
        standing.forEach(this::assertHolds);

        for (Stack each : standing) assertThat(each.delete()).isTrue();
        assertThat(account.key(key).foreign()).isEqualTo(foreign);
        assertThat(account.key(key).ours()).isZero();
    }
}
