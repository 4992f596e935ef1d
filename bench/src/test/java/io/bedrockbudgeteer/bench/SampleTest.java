package io.bedrockbudgeteer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SampleTest {

    record Size(Sample sample, int bytes, int statements) {}

    static final List<Size> SIZES =
            List.of(
                    new Size(Sample.DEFAULT, 280, 1),
                    new Size(Sample.TYPICAL, 4_564, 10),
                    new Size(Sample.KB2, 1_990, 5),
                    new Size(Sample.KB4, 3_874, 9),
                    new Size(Sample.KB8, 8_049, 18),
                    new Size(Sample.KB16, 16_330, 36),
                    new Size(Sample.KB20, 20_069, 44),
                    new Size(Sample.KB32, 32_530, 71),
                    new Size(Sample.KB32_NAMED, 32_532, 70));

    static List<Size> sizes() {
        return SIZES;
    }

    @Test
    void every_sample_has_a_size_here() {
        assertThat(SIZES).extracting(Size::sample).containsExactly(Sample.values());
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void samples_are_as_long_as_the_tables_say(Size size) {
        assertThat(size.sample().bytes()).isEqualTo(size.bytes());
        assertThat(KeyPolicy.read(size.sample().text()).statements()).hasSize(size.statements());
    }

    @ParameterizedTest
    @EnumSource
    void samples_are_policies_that_KMS_takes_and_that_are_understood(Sample sample) {
        KeyPolicy policy = KeyPolicy.read(sample.text());

        assertThat(policy.length()).isLessThanOrEqualTo(KeyPolicy.MAX_LENGTH);
        assertThat(policy.problems()).isEmpty();
        assertThat(policy.statements()).allMatch(statement -> statement.problems().isEmpty());
        assertThat(policy.statements()).noneMatch(Statement::isIneffective);
        assertThat(policy.repeatedSids()).isEmpty();
        assertThat(policy.sendable().text()).isEqualTo(sample.text());
    }

    /// Sizes at least 94 % of what they are called: a shorter one would look faster than it is.
    @ParameterizedTest
    @EnumSource(value = Sample.class, mode = EnumSource.Mode.MATCH_ALL, names = "KB.*")
    void samples_named_by_a_size_nearly_fill_it(Sample sample) {
        int size = Integer.parseInt(sample.name().replaceAll("\\D", "")) * 1024;

        assertThat(sample.bytes()).isBetween(size * 94 / 100, size);
    }
}
