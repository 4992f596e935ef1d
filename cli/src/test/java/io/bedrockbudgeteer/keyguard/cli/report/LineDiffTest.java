package io.bedrockbudgeteer.keyguard.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Differences of texts, a letter for each line.
class LineDiffTest {

    private static List<String> lines(String letters) {
        return letters.isEmpty() ? List.of() : List.of(letters.split(""));
    }

    private static String shown(String before, String after) {
        StringBuilder shown = new StringBuilder();
        for (LineDiff.Line line : LineDiff.of(lines(before), lines(after)))
            shown.append(
                            switch (line.kind()) {
                                case SAME -> "=";
                                case ADDED -> "+";
                                case REMOVED -> "-";
                            })
                    .append(line.text());
        return shown.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', ''",
        "'', ab, +a+b",
        "ab, '', -a-b",
        "abc, abc, =a=b=c",
        "abc, axc, =a-b+x=c",
        "abc, abxc, =a=b+x=c",
        "abcd, ad, =a-b-c=d",
        "ab, ba, -a=b+a"
    })
    void differences(String before, String after, String expected) {
        assertThat(shown(before, after)).isEqualTo(expected);
    }

    @RepeatedTest(200)
    void both_texts_can_be_read_from_it(RepetitionInfo info) {
        Random random = new Random(info.getCurrentRepetition());
        List<String> before = letters(random);
        List<String> after = letters(random);
        List<String> left = new ArrayList<>();
        List<String> right = new ArrayList<>();
        for (LineDiff.Line line : LineDiff.of(before, after)) {
            if (line.kind() != LineDiff.Kind.ADDED) left.add(line.text());
            if (line.kind() != LineDiff.Kind.REMOVED) right.add(line.text());
        }
        assertThat(left).isEqualTo(before);
        assertThat(right).isEqualTo(after);
    }

    private static List<String> letters(Random random) {
        List<String> letters = new ArrayList<>();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++)
            letters.add(String.valueOf((char) ('a' + random.nextInt(4))));
        return letters;
    }
}
