package io.bedrockbudgeteer.local.template;

import static io.bedrockbudgeteer.local.template.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class YamlReaderTest {

    /// What a YAML value of a key reads as.
    record Read(String yaml, Object expected) {}

    /// What a YAML document is refused with.
    record Refused(String yaml, String message) {}

    static List<Read> values() {
        return List.of(
                new Read("true", true),
                new Read("False", false),
                // YAML 1.1, as CloudFormation has it: a tag value YES arrives as true.
                new Read("YES", true),
                new Read("no", false),
                new Read("on", true),
                new Read("Off", false),
                new Read("'yes'", "yes"),
                new Read("\"off\"", "off"),
                // Attribute types are written like this everywhere.
                new Read("N", "N"),
                new Read("y", "y"),
                new Read("2010-09-09", "2010-09-09"),
                new Read("2012-10-17T01:02:03Z", "2012-10-17T01:02:03Z"),
                new Read("'2010-09-09'", "2010-09-09"),
                new Read("12", 12),
                new Read("-3", -3),
                new Read("0", 0),
                new Read("111122223333", 111122223333L),
                new Read("123456789012345678901", new BigInteger("123456789012345678901")),
                // Zeros at the end are kept, as the text of the template says.
                new Read("1.50", new BigDecimal("1.50")),
                new Read(".5", new BigDecimal("0.5")),
                new Read("'012345670123'", "012345670123"),
                // Not octal because of the 8 and 9: text already in YAML 1.1.
                new Read("012345678901", "012345678901"),
                new Read("0.1.0", "0.1.0"),
                new Read("''", ""),
                new Read("'~'", "~"),
                new Read("arn:aws:s3:::bucket", "arn:aws:s3:::bucket"),
                new Read("!!str 12", "12"),
                new Read("|\n  a\n  b\n", "a\nb\n"),
                new Read(">-\n  a\n  b\n", "a b"),
                new Read("[a, 1, true]", List.of("a", 1, true)),
                new Read(
                        "{a: 1, 2: b, true: c, 1.50: d, 2012-10-17: e}",
                        Map.of("a", 1, "2", "b", "true", "c", "1.50", "d", "2012-10-17", "e")),
                new Read("!Ref Topic", Map.of("Ref", "Topic")),
                new Read("!Ref AWS::NoValue", Map.of("Ref", "AWS::NoValue")),
                new Read("!Condition UseKey", Map.of("Condition", "UseKey")),
                new Read(
                        "!GetAtt Stack.Outputs.Key.Arn",
                        Map.of("Fn::GetAtt", List.of("Stack", "Outputs.Key.Arn"))),
                new Read("!GetAtt [Topic, Arn]", Map.of("Fn::GetAtt", List.of("Topic", "Arn"))),
                new Read("!Sub '${A}'", Map.of("Fn::Sub", "${A}")),
                new Read(
                        "!Sub ['${A}', {A: !Ref B}]",
                        Map.of("Fn::Sub", List.of("${A}", Map.of("A", Map.of("Ref", "B"))))),
                new Read("!Join ['', [a]]", Map.of("Fn::Join", List.of("", List.of("a")))),
                new Read(
                        "!If [A, 1, !Ref B]",
                        Map.of("Fn::If", List.of("A", 1, Map.of("Ref", "B")))),
                // The tag replaces the type: the argument of a short tag is text.
                new Read("!Base64 true", Map.of("Fn::Base64", "true")),
                new Read("!Transform {Name: A}", Map.of("Fn::Transform", Map.of("Name", "A"))),
                new Read("{Fn::GetAtt: Topic.Arn}", Map.of("Fn::GetAtt", "Topic.Arn")),
                // An anchor alone means nothing.
                new Read("&name value", "value"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void a_value_reads_as_cloudformation_reads_it(Read row) {
        assertThat(new YamlReader("Key: " + row.yaml()).read())
                .isEqualTo(Map.of("Key", row.expected()));
    }

    static List<Refused> refusals() {
        return List.of(
                new Refused(
                        "Key: 0123",
                        "line 1, column 6: '0123' is a number in YAML 1.1, but not a decimal one"),
                new Refused("Key: 0x1F", "not a decimal one"),
                new Refused("Key: 0b11", "not a decimal one"),
                new Refused("Key: 1_000", "not a decimal one"),
                new Refused("Key: 22:30", "not a decimal one"),
                new Refused("Key: 1e3", "not a decimal one"),
                new Refused("Key: .inf", "not a decimal one"),
                new Refused("Key:", "line 1, column 5: null values are not allowed in templates"),
                new Refused("Key: ~", "null values are not allowed"),
                new Refused("Key: null", "null values are not allowed"),
                new Refused(
                        "Key: [a, ]\nOther:\n", "line 2, column 7: null values are not allowed"),
                new Refused(
                        "Key: a\nOther: b\nKey: c",
                        "line 3, column 1: key 'Key' appears twice, first in line 1, column 1"),
                new Refused("Key: {a: 1, \"a\": 2}", "line 1, column 13: key 'a' appears twice"),
                new Refused("yes: a", "key 'yes' is not text in YAML 1.1"),
                new Refused("0123: a", "key '0123' is not text in YAML 1.1"),
                new Refused("~: a", "key '~' is not text in YAML 1.1"),
                new Refused("? [a]\n: b", "a key must be text"),
                new Refused(
                        "Key: &a x\nOther: *a",
                        "line 2, column 8: YAML alias *a is not supported by CloudFormation"),
                new Refused(
                        "Key: &a {b: c}\nOther: {<<: {b: c}}",
                        "YAML merge << is not supported by CloudFormation"),
                new Refused(
                        "Key: !!binary aGk=", "YAML tag tag:yaml.org,2002:binary is not supported"),
                new Refused("Key: !!set {a: b}", "YAML tag tag:yaml.org,2002:set is not supported"),
                new Refused(
                        "Key: !!omap [a: b]", "YAML tag tag:yaml.org,2002:omap is not supported"),
                new Refused(
                        "Key: !GetAtt Topic",
                        "line 1, column 6: !GetAtt needs LogicalId.Attribute, found 'Topic'"),
                new Refused("Key: !GetAtt .Arn", "!GetAtt needs LogicalId.Attribute"),
                new Refused("Key: [a", "line 1, column 8: not valid YAML"),
                new Refused("Key: a\n\tOther: b", "not valid YAML"),
                new Refused("Key: a\n---\nKey: b", "not valid YAML"),
                new Refused("[a]", "the template must be a map"),
                new Refused("", "the template must be a map"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_cloudformation_does_not_take_is_refused_with_its_place(Refused row) {
        assertThat(refusal(() -> new YamlReader(row.yaml()).read())).contains(row.message());
    }

    @Test
    void no_case_has_gone_missing() {
        assertThat(values()).hasSize(44);
        assertThat(refusals()).hasSize(29);
    }

    @Test
    void json_is_read_too() {
        assertThat(
                        new YamlReader(
                                        "{\"Key\": {\"Ref\": \"Topic\"}, \"Text\": \"a\\u00e9\\n\", \"List\": [1, true]}")
                                .read())
                .isEqualTo(
                        Map.of(
                                "Key",
                                Map.of("Ref", "Topic"),
                                "Text",
                                "aé\n",
                                "List",
                                List.of(1, true)));
    }

    @Test
    void keys_keep_the_order_of_the_document() {
        assertThat(new YamlReader("z: 1\na: 2\nm: 3").read().keySet())
                .containsExactly("z", "a", "m");
    }
}
