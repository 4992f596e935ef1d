package io.bedrockbudgeteer.local.shipped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.local.shipped.ClassPathList.Thing;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassPathListTest {
    private static final Thing OURS = new Thing("f.zip", "lib/f.jar");

    private final ClassPathList list =
            ClassPathList.read(
                    """
                    # Two lines of comment
                    where,what,at most,why
                    f.zip,lib/f.jar,1000,the handler, and more
                    """);

    @Test
    void what_is_agreed_is_no_complaint() {
        assertThat(list.complaints(Map.of(OURS, 1000L))).isEmpty();
    }

    @Test
    void a_new_jar_is_named_with_the_line_to_add() {
        assertThat(list.complaints(Map.of(OURS, 1L, new Thing("f.zip", "lib/new.jar"), 12345L)))
                .containsExactly(
                        "f.zip has lib/new.jar, 12,345 bytes, which nobody agreed to: leave it out, or add the line 'f.zip,lib/new.jar,12345,REASON' to local/src/test/resources/class-path.csv");
    }

    @Test
    void a_jar_that_grew_is_named_with_the_line_to_change() {
        assertThat(list.complaints(Map.of(OURS, 1001L)))
                .containsExactly(
                        "lib/f.jar in f.zip has 1,001 bytes, and at most 1,000 are agreed: make it smaller, or write 1001 into the line 'f.zip,lib/f.jar,1000,the handler, and more' of local/src/test/resources/class-path.csv");
    }

    @Test
    void a_jar_that_is_gone_is_named_with_the_line_to_take_out() {
        assertThat(list.complaints(Map.of()))
                .containsExactly(
                        "f.zip has no lib/f.jar any more: take the line 'f.zip,lib/f.jar,1000,the handler, and more' out of local/src/test/resources/class-path.csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f.zip,lib/f.jar,1000",
                "f.zip,lib/f.jar,1000, ",
                "f.zip,lib/f.jar,1 kB,the handler",
                "f.zip,lib/f.jar,1,a\nf.zip,lib/f.jar,2,b",
            })
    void a_line_without_size_or_reason_and_a_line_that_is_there_twice_are_refused(String text) {
        assertThatThrownBy(() -> ClassPathList.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(ClassPathList.FILE + ": the line 'f.zip,lib/f.jar,");
    }
}
