package io.bedrockbudgeteer.local.template;

import static io.bedrockbudgeteer.local.template.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IntrinsicsTest {

    private static final String TEMPLATE =
            """
            Parameters:
              Name: {Type: String, Default: budget}
              Count: {Type: Number, Default: 5}
              Zones: {Type: CommaDelimitedList, Default: 'a, b,c'}
              Nothing: {Type: CommaDelimitedList, Default: ''}
              Sizes: {Type: 'List<Number>', Default: '1, 2'}
            Mappings:
              Memory:
                small: {size: 128, zones: [x, y], name: little}
                us-east-1: {size: 256}
              Kinds:
                budget: {of: small}
            Conditions:
              Holds: !Equals [a, a]
              Fails: !Equals [a, b]
            Resources:
              Other: {Type: 'AWS::SNS::Topic'}
              Gone: {Type: 'AWS::SNS::Topic', Condition: Fails}
              Tested:
                Type: Custom::Test
                Properties:
                  Value: %s
            """;

    record Resolved(String yaml, Object expected) {}

    record Refused(String yaml, String message) {}

    static List<Resolved> values() {
        return List.of(
                // Data stays what it is.
                new Resolved("text", "text"),
                new Resolved("12", 12),
                new Resolved("1.50", new BigDecimal("1.50")),
                new Resolved("true", true),
                new Resolved(
                        "{Condition: {Bool: {a: 'false'}}}",
                        Map.of("Condition", Map.of("Bool", Map.of("a", "false")))),
                // Ref: parameters are text whatever their type, list parameters are lists of text.
                new Resolved("!Ref Name", "budget"),
                new Resolved("!Ref Count", "5"),
                new Resolved("!Ref Zones", List.of("a", "b", "c")),
                new Resolved("!Ref Nothing", List.of("")),
                new Resolved("!Ref Sizes", List.of("1", "2")),
                new Resolved("!Ref Other", "ref:Other"),
                new Resolved("!Ref AWS::AccountId", "111122223333"),
                new Resolved("!Ref AWS::Region", "us-east-1"),
                new Resolved("!Ref AWS::Partition", "aws"),
                new Resolved("!Ref AWS::URLSuffix", "amazonaws.com"),
                new Resolved("!Ref AWS::StackName", "budgeteer"),
                new Resolved(
                        "!Ref AWS::StackId",
                        "arn:aws:cloudformation:us-east-1:111122223333:stack/budgeteer/6b1f8f2a"),
                new Resolved("!Ref AWS::NotificationARNs", List.of()),
                new Resolved("{Ref: Name}", "budget"),
                // GetAtt
                new Resolved("!GetAtt Other.Arn", "Other.Arn"),
                new Resolved("!GetAtt Other.Outputs.Key", "Other.Outputs.Key"),
                new Resolved("{Fn::GetAtt: [Other, Arn]}", "Other.Arn"),
                new Resolved("{Fn::GetAtt: Other.Arn}", "Other.Arn"),
                new Resolved("{Fn::GetAtt: [Other, Outputs, Key]}", "Other.Outputs.Key"),
                new Resolved("{Fn::GetAtt: [Other, !Ref Name]}", "Other.budget"),
                new Resolved("!GetAtt Other.List", List.of("p", "q")),
                // Sub
                new Resolved("!Sub 'x-${Name}-${Count}'", "x-budget-5"),
                new Resolved(
                        "!Sub '${Other}/${Other.Arn}/${AWS::Region}'",
                        "ref:Other/Other.Arn/us-east-1"),
                new Resolved("!Sub '${ Name }'", "budget"),
                new Resolved("!Sub '${!Name} $Name $${Name} ${'", "${Name} $Name $budget ${"),
                new Resolved(
                        "!Sub ['${A}-${Name}-${B}', {A: 1, B: !Ref Other}]", "1-budget-ref:Other"),
                new Resolved("!Sub ['${Name}', {Name: hidden}]", "hidden"),
                new Resolved("!Sub ['${Other.Arn}', {Other.Arn: own}]", "own"),
                new Resolved("!Sub ['${A}', {A: !Join ['+', !Ref Zones]}]", "a+b+c"),
                new Resolved("!Sub ''", ""),
                // Join
                new Resolved("!Join ['-', [a, 1, true, 1.50, !Ref Name]]", "a-1-true-1.50-budget"),
                new Resolved("!Join ['', []]", ""),
                new Resolved("!Join [',', !Ref Zones]", "a,b,c"),
                new Resolved("!Join [',', !Split ['|', 'a|b']]", "a,b"),
                new Resolved("!Join [',', [a, !Ref AWS::NoValue, b]]", "a,b"),
                new Resolved("!Join [',', [a, !If [Fails, x, !Ref AWS::NoValue]]]", "a"),
                // Select and Split
                new Resolved("!Select [1, [a, b]]", "b"),
                new Resolved("!Select ['0', !Ref Zones]", "a"),
                new Resolved("!Select [!Ref Count, [0, 1, 2, 3, 4, five]]", "five"),
                new Resolved("!Select [0, [{a: b}]]", Map.of("a", "b")),
                new Resolved("!Split ['||', 'a||||b||']", List.of("a", "", "b", "")),
                new Resolved("!Split ['.', 'a.b']", List.of("a", "b")),
                new Resolved("!Split [',', '']", List.of("")),
                new Resolved("!Select [1, !Split [':alias/', !Sub '${Name}:alias/x']]", "x"),
                // If
                new Resolved("!If [Holds, yes-text, !Ref Gone]", "yes-text"),
                new Resolved("!If [Fails, x, {a: !Ref Name}]", Map.of("a", "budget")),
                new Resolved("!If [Holds, !If [Fails, 1, 2], 3]", 2),
                new Resolved("{a: !If [Fails, x, !Ref AWS::NoValue], b: c}", Map.of("b", "c")),
                new Resolved("[a, !If [Holds, !Ref AWS::NoValue, x], b]", List.of("a", "b")),
                new Resolved("{a: {b: !Ref AWS::NoValue}}", Map.of("a", Map.of())),
                // FindInMap and Base64
                new Resolved("!FindInMap [Memory, small, size]", 128),
                new Resolved("!FindInMap [Memory, !Ref AWS::Region, size]", 256),
                new Resolved("!FindInMap [Memory, small, zones]", List.of("x", "y")),
                new Resolved(
                        "!FindInMap [Memory, !FindInMap [Kinds, !Ref Name, of], name]", "little"),
                new Resolved("{Fn::Base64: !Sub 'a${Count}ü'}", "YTXDvA=="));
    }

    @ParameterizedTest
    @MethodSource("values")
    void a_function_gives_what_cloudformation_gives(Resolved row) {
        assertThat(resolve(row.yaml())).contains(Map.of("Value", row.expected()));
    }

    static List<Refused> refusals() {
        return List.of(
                new Refused(
                        "!Ref Missing",
                        "Resources.Tested.Properties.Value: refers to 'Missing', which is no parameter and no resource"),
                new Refused(
                        "!Ref Gone",
                        "refers to 'Gone', which does not exist here, because its condition is false; put the reference into Fn::If"),
                new Refused(
                        "!Ref AWS::Nothing",
                        "not modelled here: pseudo parameter AWS::Nothing at Resources.Tested.Properties.Value"),
                new Refused(
                        "{Ref: [a]}",
                        "Resources.Tested.Properties.Value.Ref: must be the name of a parameter"),
                new Refused(
                        "{Ref: Name, Other: x}", "function Ref must be the only key of its map"),
                new Refused(
                        "!GetAtt Missing.Arn",
                        "refers to 'Missing', which is no resource of the template"),
                new Refused(
                        "!GetAtt Name.Arn",
                        "refers to 'Name', which is no resource of the template"),
                new Refused("!GetAtt [Other]", "must be [logical id, attribute]"),
                new Refused("{Fn::GetAtt: Other}", "must be [logical id, attribute]"),
                new Refused("!GetAtt [Other, !Ref Zones]", "must give text, but gives a list"),
                new Refused("!Sub '${Missing}'", "refers to 'Missing'"),
                new Refused("!Sub '${Missing.Arn}'", "refers to 'Missing'"),
                new Refused(
                        "!Sub '${a b}'",
                        "Value.Fn::Sub: '${a b}' is no variable name of Fn::Sub; write ${!a b}"),
                new Refused("!Sub '${}'", "is no variable name of Fn::Sub"),
                new Refused(
                        "!Sub '${Zones}'",
                        "variable ${Zones} must give text, but gives a list; use Fn::Join"),
                new Refused("!Sub '${AWS::NoValue}'", "AWS::NoValue has no text"),
                new Refused("!Sub ['${A}']", "must be a list of 2: the text and a map"),
                new Refused("!Sub ['${A}', [a]]", "Value.Fn::Sub[1]: must be a map, found a list"),
                new Refused(
                        "!Sub ['${A}', {A: [a]}]",
                        "Value.Fn::Sub[1].A: must give text, but gives a list"),
                new Refused("!Sub ['${A}', {A: !Ref AWS::NoValue}]", "must not be AWS::NoValue"),
                new Refused(
                        "!Join [a, b, c]",
                        "must be a list of 2: the delimiter and the list of values"),
                new Refused(
                        "!Join [',', a]",
                        "Value.Fn::Join[1]: Fn::Join needs a list; for text use Fn::Split"),
                new Refused(
                        "!Join [!Ref Name, [a]]",
                        "Value.Fn::Join[0]: must be text, found a map with the key Ref"),
                new Refused(
                        "!Join [',', [[a]]]",
                        "Value.Fn::Join[1][0]: must be text, a number or a boolean, found a list"),
                new Refused(
                        "!Select [2, [a, b]]",
                        "Fn::Select cannot select nonexistent value at index 2 of 2 values"),
                new Refused("!Select [-1, [a]]", "cannot select nonexistent value at index -1"),
                new Refused("!Select [x, [a]]", "cannot select nonexistent value at index x"),
                new Refused("!Select [0, text]", "Fn::Select needs a list"),
                new Refused(
                        "!Select [0, [!Ref AWS::NoValue, a]]",
                        "AWS::NoValue cannot stand in the list of Fn::Select"),
                new Refused("!Split ['', abc]", "the delimiter of Fn::Split must not be empty"),
                new Refused(
                        "!Split [',', [a]]",
                        "Value.Fn::Split[1]: must give text, but gives a list"),
                new Refused(
                        "!If [Missing, a, b]",
                        "Value.Fn::If[0]: condition 'Missing' is not defined; there are [Holds, Fails]"),
                new Refused("!If [Holds, a]", "must be a list of 3: the name of a condition"),
                new Refused("!If [!Equals [a, b], c, d]", "Value.Fn::If[0]: must be text"),
                // A mistake in the branch that is not taken would fail in the other mode.
                new Refused("!If [Holds, a, !Ref Missing]", "refers to 'Missing'"),
                new Refused(
                        "!FindInMap [Missing, a, b]",
                        "finds no map 'Missing' in Mappings; there are [Kinds, Memory]"),
                new Refused(
                        "!FindInMap [Memory, large, size]",
                        "finds no top-level key 'large' in map Memory; there are [small, us-east-1]"),
                new Refused(
                        "!FindInMap [Memory, us-east-1, name]",
                        "finds no second-level key 'name' in map Memory, key us-east-1"),
                new Refused("!FindInMap [Memory, small]", "must be a list of 3"),
                new Refused(
                        "{Fn::FindInMap: [Memory, a, b, {DefaultValue: 1}]}",
                        "not modelled here: DefaultValue of Fn::FindInMap"),
                new Refused("{Fn::Base64: [a]}", "must give text, but gives a list"),
                new Refused(
                        "!Equals [a, b]",
                        "function Fn::Equals cannot stand in resources and outputs; put it into Conditions"),
                new Refused("!ImportValue a", "not modelled here: function Fn::ImportValue"),
                new Refused("!GetAZs ''", "not modelled here: function Fn::GetAZs"),
                new Refused("!Cidr [a, 1, 2]", "not modelled here: function Fn::Cidr"),
                new Refused(
                        "{Fn::Transform: {Name: 'AWS::Include'}}",
                        "not modelled here: function Fn::Transform"),
                new Refused(
                        "{'Fn::ForEach::X': [a]}", "not modelled here: function Fn::ForEach::X"),
                new Refused("!ToJsonString {a: b}", "not modelled here: function Fn::ToJsonString"),
                new Refused("!Nonsense a", "not modelled here: function Fn::Nonsense"),
                new Refused(
                        "'{{resolve:ssm:name}}'",
                        "not modelled here: dynamic reference {{resolve:…}}"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_cannot_be_resolved_is_refused_with_its_place(Refused row) {
        assertThat(refusal(() -> resolve(row.yaml()))).contains(row.message());
    }

    @Test
    void no_case_has_gone_missing() {
        assertThat(values()).hasSize(60);
        assertThat(refusals()).hasSize(50);
    }

    @Test
    void a_value_that_is_no_value_as_a_whole_resolves_to_nothing() {
        Deployment deployment = Texts.deployment(TEMPLATE.formatted("text"));

        assertThat(deployment.resolve(Map.of("Ref", "AWS::NoValue"), new FakeLookup())).isEmpty();
    }

    private static Optional<Object> resolve(String yaml) {
        Deployment deployment = Texts.deployment(TEMPLATE.formatted(yaml));
        Deployment.Resource tested = deployment.resources().getLast();
        return deployment.resolve(
                tested.properties(),
                "Resources.Tested.Properties",
                new FakeLookup().with("Other.List", List.of("p", "q")));
    }
}
