package io.bedrockbudgeteer.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.bench.growth.GrowthResults.Create;
import io.bedrockbudgeteer.bench.growth.GrowthResults.Shared;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a stack costs does not depend on how many share the key. No clock is looked at.
class GrowthTest {

    @ParameterizedTest
    @CsvSource({"WHOLE, 10", "WHOLE_NAMED, 5"})
    void every_stack_costs_the_same_calls_and_characters_and_the_last_writes_nothing(
            Kind kind, int atLeast) throws Exception {
        Shared filled = Growth.full(kind);

        List<Create> creates = filled.creates();
        assertThat(creates).hasSizeGreaterThanOrEqualTo(atLeast);
        assertThat(creates).extracting(Create::calls).containsOnly(creates.getFirst().calls());
        assertThat(creates).extracting(Create::added).containsOnly(creates.getFirst().added());
        assertThat(creates).allMatch(create -> create.put() <= KeyPolicy.MAX_LENGTH);
        assertThat(creates.getFirst().calls()).containsEntry("kms:PutKeyPolicy", 1);
        assertThat(filled.refusedWrites()).isZero();
    }
}
