package io.bedrockbudgeteer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverridesTest {

    record Row(List<String> arguments, Map<String, String> values) {}

    static Stream<Row> rows() {
        return Stream.of(
                new Row(List.of(), Map.of()),
                new Row(List.of("A=1"), Map.of("A", "1")),
                new Row(List.of("A=1", "B=2"), Map.of("A", "1", "B", "2")),
                new Row(List.of("A=1 B=2"), Map.of("A", "1", "B", "2")),
                new Row(List.of("A="), Map.of("A", "")),
                new Row(List.of("A= B=2"), Map.of("A", "", "B", "2")),
                new Row(List.of("A=x=y"), Map.of("A", "x=y")),
                // The shell has taken the quotes away already.
                new Row(List.of("A=two words"), Map.of("A", "two words")),
                new Row(List.of("A=\"two words\" B=\"C=3\""), Map.of("A", "two words", "B", "C=3")),
                new Row(List.of("A=\"say \\\"hi\\\"\""), Map.of("A", "say \"hi\"")),
                new Row(List.of("ParameterKey=A,ParameterValue=1"), Map.of("A", "1")),
                new Row(
                        List.of(
                                "ParameterKey=A,ParameterValue=\"1 2\" ParameterKey=B,ParameterValue=x,y"),
                        Map.of("A", "1 2", "B", "x,y")),
                new Row(
                        List.of("KmsKeyArn=arn:aws:kms:us-east-1:111122223333:alias/a-b_c"),
                        Map.of("KmsKeyArn", "arn:aws:kms:us-east-1:111122223333:alias/a-b_c")),
                new Row(List.of("A=1", "A=2"), Map.of("A", "2")));
    }

    @Test
    void the_table_is_complete() {
        assertThat(rows()).hasSize(14);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void overrides_are_read_as_sam_reads_them(Row row) {
        assertThat(Overrides.parse(row.arguments())).isEqualTo(row.values());
    }

    @Test
    void long_values_are_read_too() {
        String policy = "{\"a\": 1} ".repeat(5_000);

        assertThat(Overrides.parse(List.of("A=" + policy + "B=2")))
                .isEqualTo(Map.of("A", policy.strip(), "B", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "A", "=1", "1=A", "A:1", "--x=1"})
    void what_is_no_override_is_refused_with_the_right_form(String argument) {
        assertThatThrownBy(() -> Overrides.parse(List.of(argument)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write Name=value");
    }

    @Test
    void steps_are_read_in_one_argument_or_several() {
        assertThat(Step.parse(List.of("delete"))).isEqualTo(new Step.Delete());
        Step update = new Step.Update(Map.of("A", "1", "B", "2"));
        assertThat(Step.parse(List.of("update A=1 B=2"))).isEqualTo(update);
        assertThat(Step.parse(List.of("update", "A=1", "B=2"))).isEqualTo(update);
        assertThat(Step.parse(List.of("update"))).isEqualTo(new Step.Update(Map.of()));
    }

    @Test
    void steps_that_do_not_exist_are_refused() {
        for (List<String> arguments :
                List.of(
                        List.of("destroy"),
                        List.of("delete A=1"),
                        List.of("delete", "now"),
                        List.of("update", "x"))) {
            assertThatThrownBy(() -> Step.parse(arguments))
                    .as("%s", arguments)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
