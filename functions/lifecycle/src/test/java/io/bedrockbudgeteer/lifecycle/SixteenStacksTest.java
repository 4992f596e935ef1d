package io.bedrockbudgeteer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Sixteen stacks on one key, all at the same moment, on a KMS that is busy, answers from replicas
/// and at times does what it says it did not. The simulated time makes a seed repeat everything:
/// `-Dsixteen.seed=S`, and `-Dsixteen.rounds=N` for more than a short run.
class SixteenStacksTest {
    private static final long SEED = Long.getLong("sixteen.seed", 5);
    private static final int ROUNDS = Integer.getInteger("sixteen.rounds", 6);

    @Test
    void what_sixteen_stacks_write_at_once_is_there_in_the_end_and_nothing_else_is_touched()
            throws Exception {
        try (Crowd crowd = new Crowd(SEED)) {
            try {
                for (int round = 1; round <= ROUNDS; round++) crowd.round();
            } catch (Throwable e) {
                throw new AssertionError(
                        e.getMessage()
                                + "\n-Dsixteen.seed="
                                + SEED
                                + ", round "
                                + crowd.rounds()
                                + "\n"
                                + crowd.describe(),
                        e);
            }
            assertThat(crowd.requests()).isGreaterThanOrEqualTo(16 * ROUNDS);
            // A failure that rolls back is truthful, but a crowd must get along.
            assertThat(crowd.failures()).isLessThanOrEqualTo(crowd.requests() / 10);
        }
    }
}
