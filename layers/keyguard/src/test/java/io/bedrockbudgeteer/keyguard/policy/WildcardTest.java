package io.bedrockbudgeteer.keyguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Wildcards, each short pattern against each short text, with regular expressions as the second
/// opinion. Source: IAM User Guide, AWS JSON policy elements: Condition operators, StringLike: `*`
/// is any run of characters, none too, `?` exactly one.
class WildcardTest {

    private static List<String> words(String letters, int longest) {
        List<String> words = new ArrayList<>();
        List<String> last = List.of("");
        for (int length = 1; length <= longest; length++) {
            List<String> next = new ArrayList<>();
            for (String word : last)
                for (char letter : letters.toCharArray()) next.add(word + letter);
            words.addAll(next);
            last = next;
        }
        return words;
    }

    private static boolean likes(String pattern, String text) {
        KeyPolicy policy =
                KeyPolicy.read(
                        Ask.condition("{'StringLike':{'aws:PrincipalTag/t':'" + pattern + "'}}")
                                .text());
        return allows(policy, text);
    }

    private static boolean allows(KeyPolicy policy, String text) {
        Verdict verdict =
                Evaluator.evaluate(
                        policy,
                        Optional.empty(),
                        List.of(),
                        new AccessRequest(
                                Caller.tryParse(Ask.ROLE).orElseThrow(),
                                "kms:Decrypt",
                                Ask.KEY,
                                Map.of("aws:PrincipalTag/t", Optional.of(List.of(text))),
                                true));
        return verdict.isAllowed();
    }

    private static void compare(List<String> patterns, List<String> texts) {
        for (String pattern : patterns) {
            Pattern regex = Pattern.compile(pattern.replace("*", ".*").replace("?", "."));
            KeyPolicy policy =
                    KeyPolicy.read(
                            Ask.condition("{'StringLike':{'aws:PrincipalTag/t':'" + pattern + "'}}")
                                    .text());
            for (String text : texts)
                if (allows(policy, text) != regex.matcher(text).matches())
                    assertThat(allows(policy, text))
                            .as("pattern %s, text %s", pattern, text)
                            .isEqualTo(regex.matcher(text).matches());
        }
    }

    @Test
    void every_short_pattern_matches_what_its_regular_expression_does() {
        compare(words("ab*?", 4), words("ab", 4));
    }

    @Test
    void a_piece_between_two_stars_is_found_wherever_it_stands() {
        List<String> patterns = new ArrayList<>();
        for (String piece : words("ab", 6)) {
            patterns.add("*" + piece + "*");
            patterns.add("a*" + piece + "*b");
        }
        compare(patterns, words("ab", 7));
    }

    @Test
    void a_piece_with_a_question_mark_is_found_wherever_it_stands() {
        List<String> patterns = new ArrayList<>();
        for (String piece : words("ab?", 4))
            if (piece.contains("?")) patterns.add("*" + piece + "*");
        compare(patterns, words("ab", 6));
    }

    @Test
    void pieces_follow_each_other_without_sharing_a_letter() {
        List<String> patterns = new ArrayList<>();
        for (String one : words("ab", 2))
            for (String other : words("ab", 2)) {
                patterns.add("*" + one + "*" + other);
                patterns.add(one + "*" + other + "*");
                patterns.add("*" + one + "**" + other + "*a*");
            }
        compare(patterns, words("ab", 6));
    }

    @Test
    void a_pattern_may_be_long() {
        String text = "0123456789".repeat(13);
        assertThat(likes(text, text)).isTrue();
        assertThat(likes(text, text + "0")).isFalse();
        assertThat(likes(text.replace("5", "?"), text)).isTrue();
        assertThat(likes("*" + text.replace("90", "9*0") + "*", text)).isTrue();
        assertThat(likes(text, text.replace('9', '8'))).isFalse();
    }

    /// Long pieces are searched for in other ways than short ones; they repeat themselves, and the
    /// text nearly does what they do.
    @Test
    void long_pieces_are_found_too() {
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            String period = word(random, 1 + random.nextInt(5));
            String whole = period.repeat(300);
            String piece = whole.substring(0, 60 + random.nextInt(140));
            if (random.nextBoolean()) piece = piece.substring(1) + word(random, 1);
            String text =
                    word(random, random.nextInt(4))
                            + whole.substring(0, random.nextInt(300))
                            + (random.nextInt(3) == 0 ? "" : piece)
                            + word(random, random.nextInt(4));
            StringBuilder wild = new StringBuilder(piece);
            for (int i = random.nextInt(4); i > 0; i--)
                wild.setCharAt(random.nextInt(wild.length()), '?');
            String pattern = "*" + wild + "*";
            assertThat(likes(pattern, text))
                    .as("seed %s: %s, %s", seed, pattern, text)
                    .isEqualTo(Pattern.matches(pattern.replace("*", ".*").replace("?", "."), text));
        }
    }

    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        while (word.length() < length) word.append("ab".charAt(random.nextInt(2)));
        return word.toString();
    }

    @Test
    void a_hostile_pattern_costs_no_more_than_its_length() {
        String text = "a".repeat(20_000) + "b";
        assertThat(likes("*a".repeat(1_000) + "*b", text)).isTrue();
        assertThat(likes("*a".repeat(1_000) + "*c", text)).isFalse();
        assertThat(likes("*" + "a".repeat(5_000) + "c*", text)).isFalse();
    }
}
