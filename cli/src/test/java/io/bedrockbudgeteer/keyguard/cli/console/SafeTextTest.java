package io.bedrockbudgeteer.keyguard.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {

    @Test
    void access_key_ids_are_redacted() {
        assertThat(SafeText.redacted("AKIAIOSFODNN7EXAMPLE and ASIAIOSFODNN7EXAMPLE, not AKIAN"))
                .isEqualTo("AKIA[redacted] and ASIA[redacted], not AKIAN");
        assertThat(SafeText.redacted("AROAEXAMPLEEXAMPLE1234")).isEqualTo("AROAEXAMPLEEXAMPLE1234");
    }

    @Test
    void what_could_control_a_terminal_is_shown_as_its_code() {
        assertThat(SafeText.visible("a\u001b[31mb\u009b\r\n\u202e\u2028\ud800\tc"))
                .isEqualTo("a\\u001b[31mb\\u009b\\u000d\\u000a\\u202e\\u2028\\ud800  c");
        assertThat(SafeText.visible("é 😀 \uDB40\uDC41")).isEqualTo("é 😀 \\u{e0041}");
    }

    @Test
    void a_quotation_is_short_and_never_shows_half_a_secret_or_half_a_character() {
        assertThat(SafeText.quoted("a\nb")).isEqualTo("\"a\\u000ab\"");
        assertThat(SafeText.quoted("x".repeat(500))).isEqualTo("\"" + "x".repeat(120) + "…\"");
        assertThat(SafeText.quoted("-".repeat(110) + "AKIAIOSFODNN7EXAMPLE"))
                .doesNotContain("AKIAI");
        assertThat(SafeText.quoted("x".repeat(119) + "😀".repeat(9)))
                .isEqualTo("\"" + "x".repeat(119) + "…\"");
    }
}
