package io.bedrockbudgeteer.local.template;

import static io.bedrockbudgeteer.local.template.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParametersTest {

    private static final String RESOURCE =
            "\nResources: {Topic: {Type: 'AWS::SNS::Topic', Properties: {Value: !Ref P}}}";

    /// @param definition of parameter P
    record Accepted(String definition, String value, Object ref) {}

    record Refused(String definition, String value, String message) {}

    static List<Accepted> accepted() {
        return List.of(
                new Accepted("{Type: String}", "", ""),
                new Accepted("{Type: String, MinLength: 2, MaxLength: 3}", "ab", "ab"),
                new Accepted("{Type: String, MinLength: '2', MaxLength: '3'}", "abc", "abc"),
                // The pattern stands for the whole value, with or without ^ and $.
                new Accepted("{Type: String, AllowedPattern: '[a-z]+'}", "abc", "abc"),
                new Accepted("{Type: String, AllowedPattern: '^$|^[a-z]+$'}", "", ""),
                new Accepted("{Type: String, AllowedValues: [1, true, 1.50, a]}", "true", "true"),
                new Accepted("{Type: String, AllowedValues: [1, true, 1.50, a]}", "1.50", "1.50"),
                // Numbers stay text: what a Ref gives is a literal string.
                new Accepted("{Type: Number}", "5", "5"),
                new Accepted("{Type: Number}", "-1.50", "-1.50"),
                new Accepted("{Type: Number, MinValue: 1, MaxValue: 2.5}", "2.5", "2.5"),
                new Accepted("{Type: Number, AllowedValues: [1, 3, 5]}", "3", "3"),
                new Accepted("{Type: CommaDelimitedList}", "a, b ,c", List.of("a", "b", "c")),
                new Accepted("{Type: CommaDelimitedList}", "", List.of("")),
                new Accepted("{Type: CommaDelimitedList}", "a,,b,", List.of("a", "", "b", "")),
                new Accepted(
                        "{Type: CommaDelimitedList, AllowedValues: [a, b]}",
                        "b,a",
                        List.of("b", "a")),
                new Accepted(
                        "{Type: CommaDelimitedList, AllowedPattern: '[a-z]'}",
                        "a, b",
                        List.of("a", "b")),
                new Accepted("{Type: 'List<Number>'}", "1, 2.5", List.of("1", "2.5")),
                new Accepted("{Type: String, NoEcho: true}", "secret", "secret"),
                new Accepted("{Type: String, NoEcho: 'false'}", "open", "open"));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void an_allowed_value_is_what_a_ref_gives(Accepted row) {
        Deployment deployment =
                Texts.deployment(
                        "Parameters: {P: " + row.definition() + "}" + RESOURCE,
                        Map.of("P", row.value()));

        assertThat(
                        deployment.resolve(
                                deployment.resources().getFirst().properties(), new FakeLookup()))
                .contains(Map.of("Value", row.ref()));
    }

    static List<Refused> refused() {
        return List.of(
                new Refused(
                        "{Type: String, MinLength: 2}",
                        "a",
                        "parameter P must have at least 2 characters, found 'a'"),
                new Refused(
                        "{Type: String, MaxLength: 2}",
                        "abc",
                        "parameter P must have at most 2 characters, found 'abc'"),
                new Refused(
                        "{Type: String, AllowedPattern: '[a-z]+'}",
                        "abc1",
                        "parameter P must match [a-z]+, found 'abc1'"),
                new Refused(
                        "{Type: String, AllowedPattern: '[a-z]+'}",
                        "abc\n",
                        "parameter P must match"),
                new Refused(
                        "{Type: String, AllowedPattern: a, ConstraintDescription: the letter a}",
                        "b",
                        "parameter P must be the letter a, found 'b'"),
                new Refused(
                        "{Type: String, AllowedValues: [a, b]}",
                        "A",
                        "parameter P must be one of [a, b], found 'A'"),
                new Refused(
                        "{Type: String, NoEcho: true, MaxLength: 2}",
                        "secret",
                        "parameter P must have at most 2 characters"),
                new Refused(
                        "{Type: Number}",
                        "five",
                        "parameter P must be of type Number, found 'five'"),
                new Refused("{Type: Number}", "", "parameter P must be of type Number, found ''"),
                new Refused("{Type: Number}", "0x10", "must be of type Number"),
                new Refused("{Type: Number}", "1e999999999", "must be of type Number"),
                new Refused(
                        "{Type: Number, MinValue: 1}",
                        "0.5",
                        "parameter P must be at least 1, found '0.5'"),
                new Refused(
                        "{Type: Number, MaxValue: 10}",
                        "11",
                        "parameter P must be at most 10, found '11'"),
                new Refused(
                        "{Type: Number, AllowedValues: [1, 3]}",
                        "2",
                        "parameter P must be one of [1, 3], found '2'"),
                new Refused(
                        "{Type: CommaDelimitedList, AllowedValues: [a]}",
                        "a,b",
                        "parameter P must be one of [a], found 'b'"),
                new Refused(
                        "{Type: CommaDelimitedList, AllowedPattern: '[a-z]'}",
                        "a,bb",
                        "parameter P must match [a-z], found 'bb'"),
                new Refused(
                        "{Type: 'List<Number>'}",
                        "1,x",
                        "parameter P must be of type List<Number>, found 'x'"),
                new Refused(
                        "{Type: String}",
                        "x".repeat(4097),
                        "a parameter value has at most 4096 bytes"),
                // Wrong definitions, whatever the value.
                new Refused("{Default: a}", "a", "Parameters.P.Type: must be text, found nothing"),
                new Refused(
                        "{Type: String, Default: a, AllowedValues: [b]}",
                        "b",
                        "Parameters.P.Default: must be one of [b], found 'a'"),
                new Refused(
                        "{Type: Number, Default: x}",
                        "1",
                        "Parameters.P.Default: must be of type Number, found 'x'"),
                new Refused(
                        "{Type: String, AllowedPattern: '['}",
                        "a",
                        "Parameters.P.AllowedPattern: is no regular expression"),
                new Refused(
                        "{Type: String, MinValue: 1}",
                        "a",
                        "MinValue and MaxValue are for type Number, not String"),
                new Refused(
                        "{Type: Number, MaxLength: 1}",
                        "1",
                        "MinLength and MaxLength are for type String, not Number"),
                new Refused(
                        "{Type: Number, AllowedPattern: '1'}",
                        "1",
                        "AllowedPattern is for the types String and CommaDelimitedList"),
                new Refused(
                        "{Type: String, MinLength: 1.5}",
                        "a",
                        "Parameters.P.MinLength: must be a whole number"),
                new Refused(
                        "{Type: String, MinLength: -1}",
                        "a",
                        "Parameters.P.MinLength: must not be negative"),
                new Refused(
                        "{Type: String, MinLength: a}",
                        "a",
                        "Parameters.P.MinLength: must be a number, found 'a'"),
                new Refused(
                        "{Type: String, NoEcho: maybe}",
                        "a",
                        "Parameters.P.NoEcho: must be true or false"),
                new Refused(
                        "{Type: String, AllowedValues: []}",
                        "a",
                        "Parameters.P.AllowedValues: must have at least one value"),
                new Refused(
                        "{Type: String, AllowedValues: [[a]]}",
                        "a",
                        "Parameters.P.AllowedValues[0]: must be text, a number or a boolean"),
                new Refused(
                        "{Type: String, Default: !Ref Q}",
                        "a",
                        "Parameters.P.Default: must be text, a number or a boolean"),
                new Refused(
                        "{Type: String, Unknown: a}",
                        "a",
                        "Parameters.P.Unknown: is no attribute of a parameter"),
                new Refused(
                        "{Type: 'AWS::EC2::VPC::Id'}",
                        "a",
                        "not modelled here: parameter type AWS::EC2::VPC::Id"),
                new Refused(
                        "{Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>'}",
                        "a",
                        "not modelled here: parameter type"),
                new Refused("{Type: Text}", "a", "not modelled here: parameter type Text"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_value_or_definition_that_is_not_allowed_is_refused(Refused row) {
        String message =
                refusal(() ->
                        Texts.deployment(
                                "Parameters: {P: " + row.definition() + "}" + RESOURCE,
                                Map.of("P", row.value())));

        assertThat(message).contains(row.message());
    }

    @Test
    void no_case_has_gone_missing() {
        assertThat(accepted()).hasSize(19);
        assertThat(refused()).hasSize(36);
    }

    @Test
    void all_missing_all_unknown_and_all_wrong_values_are_named_at_once() {
        String template =
                "Parameters: {P: {Type: String}, Q: {Type: String}, R: {Type: Number, Default: 1}}"
                        + RESOURCE;

        assertThat(refusal(() -> Texts.deployment(template)))
                .isEqualTo("Parameters: [P, Q] must have values");
        assertThat(refusal(() -> Texts.deployment(template, Map.of("X", "1", "A", "2"))))
                .isEqualTo("Parameters: [A, X] do not exist in the template; it has [P, Q, R]");
        assertThat(
                        refusal(() ->
                                Texts.deployment(
                                        "Parameters: {P: {Type: Number}, Q: {Type: Number}}"
                                                + RESOURCE,
                                        Map.of("P", "x", "Q", "y"))))
                .isEqualTo(
                        "parameter P must be of type Number, found 'x'; parameter Q must be of type Number, found 'y'");
    }

    @Test
    void a_hidden_value_is_neither_shown_nor_in_a_message() {
        String template =
                "Parameters: {P: {Type: String, NoEcho: true, AllowedPattern: '[a-z]+', ConstraintDescription: letters}}"
                        + RESOURCE;

        assertThat(Texts.deployment(template, Map.of("P", "secret")).parameters())
                .isEqualTo(Map.of("P", "****"));
        assertThat(refusal(() -> Texts.deployment(template, Map.of("P", "SECRET1"))))
                .isEqualTo("parameter P must be letters");
    }

    @Test
    void defaults_are_used_and_shown_as_text() {
        Deployment deployment =
                Texts.deployment(
                        "Parameters: {P: {Type: Number, Default: 7}, Q: {Type: String, Default: true}}"
                                + RESOURCE);

        assertThat(deployment.parameters()).isEqualTo(Map.of("P", "7", "Q", "true"));
    }

    @Test
    void a_stored_parameter_takes_its_value_from_the_store() {
        StoredParameters store =
                name -> Optional.ofNullable(Map.of("/a/list", "x,y", "/a/text", "hello").get(name));
        String list =
                "Parameters: {P: {Type: 'AWS::SSM::Parameter::Value<List<String>>'}}" + RESOURCE;
        String text =
                "Parameters: {P: {Type: 'AWS::SSM::Parameter::Value<String>', AllowedValues: [hello], Default: /a/text}}"
                        + RESOURCE;

        assertThat(value(list, Map.of("P", "/a/list"), store)).isEqualTo(List.of("x", "y"));
        assertThat(value(text, Map.of(), store)).isEqualTo("hello");
        assertThat(refusal(() -> value(text, Map.of("P", "/a/list"), store)))
                .contains("parameter P must be one of [hello], found 'x,y'");
        assertThat(refusal(() -> value(text, Map.of("P", "/b"), store)))
                .contains("names the Systems Manager parameter '/b', which does not exist");
        assertThat(refusal(() -> value(text, Map.of(), StoredParameters.NONE)))
                .contains("not modelled here: stored parameter /a/text");
    }

    private static Object value(
            String template, Map<String, String> parameters, StoredParameters store) {
        Deployment deployment =
                Deployment.of(Texts.template(template), parameters, Places.VIRGINIA, store);
        Object properties =
                deployment
                        .resolve(deployment.resources().getFirst().properties(), new FakeLookup())
                        .orElseThrow();
        return Optional.ofNullable(Tree.map(properties, Where.ROOT).get("Value")).orElseThrow();
    }
}
