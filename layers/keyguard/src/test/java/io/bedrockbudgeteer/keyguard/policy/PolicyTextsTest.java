package io.bedrockbudgeteer.keyguard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What a text must be to be read, to be sent, and to say the same as another.
class PolicyTextsTest {

    private static KeyPolicy withSid(String sid) {
        return KeyPolicy.read("{\"Statement\":[{\"Sid\":\"" + sid + "\"}]}");
    }

    private static KeyPolicy statements(String singleQuoted) {
        return KeyPolicy.read(Ask.json("{'Statement':[" + singleQuoted + "]}"));
    }

    // KMS API Reference, PutKeyPolicy, Policy: tab, line feed, carriage return, U+0020 to U+00FF
    // without the control characters.
    @Test
    void what_kms_takes_is_sent_as_it_is_and_the_rest_escaped() {
        String taken = " ~\u00a0\u00ff";
        assertThat(withSid(taken).sendable().text()).isEqualTo(withSid(taken).text());
        assertThat(withSid("\u007f\u0080\u009f\u0100").sendable().text())
                .isEqualTo(withSid("\\u007f\\u0080\\u009f\\u0100").text());
        String blank = "\t{\r\n\"Statement\" : [ ] }\n";
        assertThat(KeyPolicy.read(blank).sendable().text()).isEqualTo(blank);
        assertThat(KeyPolicy.read("\uFEFF" + blank).sendable().text()).isEqualTo(blank);
        assertThat(withSid("a\uFEFFb").sendable().text()).isEqualTo(withSid("a\\ufeffb").text());
    }

    @Test
    void white_space_goes_outside_strings_only() {
        String text =
                "\t{\r\n\"Statement\" : [ { \"Sid\" : \"a \\\" b \\\\\" , \"Effect\" : \"x  y\" } ] }\n";
        KeyPolicy policy = KeyPolicy.read(text);
        String dense = "{\"Statement\":[{\"Sid\":\"a \\\" b \\\\\",\"Effect\":\"x  y\"}]}";
        assertThat(policy.minified().text()).isEqualTo(dense);
        assertThat(policy.shortestLength()).isEqualTo(dense.length());
        assertThat(withSid("\u00e9").shortestLength())
                .isEqualTo(withSid("\u00e9").characters() + 1); // two bytes
        assertThat(withSid("\u65e5").shortestLength())
                .isEqualTo(withSid("\\u65e5").characters()); // as it is sent
    }

    @Test
    void the_place_of_a_mistake_is_counted_in_lines_and_columns() {
        assertThatThrownBy(() ->
                        KeyPolicy.read("{\n \"Version\": \"2012-10-17\",\n\t\"Statement\": 1}"))
                .isInstanceOfSatisfying(
                        PolicySyntaxException.class,
                        e -> assertThat(List.of(e.line(), e.column())).containsExactly(3, 15));
        assertThatThrownBy(() -> KeyPolicy.read("\n\n  []"))
                .isInstanceOfSatisfying(
                        PolicySyntaxException.class,
                        e -> assertThat(List.of(e.line(), e.column())).containsExactly(3, 3));
        assertThatThrownBy(() -> KeyPolicy.read("{\"Statement\":\n1}"))
                .isInstanceOfSatisfying(
                        PolicySyntaxException.class,
                        e -> assertThat(List.of(e.line(), e.column())).containsExactly(2, 1));
    }

    @Test
    void the_version_is_as_written() {
        assertThat(KeyPolicy.read("{\"Version\":\"2012-10-17\",\"Statement\":[]}").version())
                .contains("2012-10-17");
        assertThat(withSid("a").version()).isEmpty();
        assertThat(
                        KeyPolicy.read("{\"Id\":[],\"Version\":\"1\",\"Statement\":[],\"X\":1}")
                                .problems())
                .containsExactly(
                        "Id is an array, not a string",
                        "Version is neither 2012-10-17 nor 2008-10-17",
                        "\"X\" is not an element of a policy");
    }

    @Test
    void statements_that_are_none_are_compared_too() {
        assertThat(statements("'a'").saysTheSameAs(statements(" 'a' "))).isTrue();
        assertThat(statements("'a'").saysTheSameAs(statements("'b'"))).isFalse();
        assertThat(statements("[1,2]").saysTheSameAs(statements("[1, 2]"))).isTrue();
        assertThat(statements("[1,2]").saysTheSameAs(statements("[2,1]"))).isFalse();
        assertThat(statements("'a'").statements().getFirst().contentSha256())
                .isNotEqualTo(statements("'b'").statements().getFirst().contentSha256());
        assertThat(statements("{'X':{'a':1}}").saysTheSameAs(statements("{'X':{'a':2}}")))
                .isFalse();
        assertThat(
                        statements("{'X':{'a':1,'b':2}}")
                                .saysTheSameAs(statements("{'X':{'b':2,'a':1}}")))
                .isTrue();
        assertThat(
                        statements("{'Condition':{'Bool':{'k':{'x':1}}}}")
                                .saysTheSameAs(statements("{'Condition':{'Bool':{'k':{'x':2}}}}")))
                .isFalse();
    }

    @Test
    void content_and_principal_are_told_apart() {
        Statement one =
                statements("{'Sid':'A','Principal':'*','Action':'a:b'}").statements().getFirst();
        Statement other =
                statements("{'Sid':'B','Principal':{'AWS':'*'},'Action':['a:b']}")
                        .statements()
                        .getFirst();
        assertThat(one.contentSha256()).isEqualTo(other.contentSha256());
        assertThat(one.principalSha256()).isNotEqualTo(other.principalSha256());
    }
}
