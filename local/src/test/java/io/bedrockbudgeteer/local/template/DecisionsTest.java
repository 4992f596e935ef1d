package io.bedrockbudgeteer.local.template;

import static io.bedrockbudgeteer.local.template.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Conditions and Rules.
class DecisionsTest {

    private static final String HEAD =
            """
            Parameters:
              Name: {Type: String, Default: budget}
              Count: {Type: Number, Default: 5}
              Zones: {Type: CommaDelimitedList, Default: 'a,b'}
            Mappings: {Map: {us-east-1: {size: 256, zones: [a, b]}}}
            """;
    private static final String RESOURCE = "\nResources: {Topic: {Type: 'AWS::SNS::Topic'}}";

    record Decided(String yaml, boolean expected) {}

    record Refused(String yaml, String message) {}

    static List<Decided> conditions() {
        return List.of(
                new Decided("!Equals [!Ref Name, budget]", true),
                new Decided("!Equals [!Ref Name, Budget]", false),
                // Parameters are text, so a number equals its text.
                new Decided("!Equals [!Ref Count, 5]", true),
                new Decided("!Equals ['true', true]", true),
                new Decided("!Equals [!Ref Zones, [a, b]]", true),
                new Decided("!Equals [!Ref Zones, [b, a]]", false),
                new Decided("!Equals ['a,b', !Ref Zones]", false),
                new Decided("!Equals [!FindInMap [Map, !Ref 'AWS::Region', size], '256']", true),
                new Decided("!Equals [!Select [0, !Split [u, !Ref Name]], b]", true),
                new Decided("!Equals [!Sub '${Name}-${AWS::Partition}', budget-aws]", true),
                new Decided("!Equals [!Join ['', !Ref Zones], ab]", true),
                new Decided("!Not [!Equals [a, a]]", false),
                new Decided("!And [!Equals [a, a], !Equals [b, b]]", true),
                new Decided("!And [!Equals [a, a], !Equals [b, c], !Equals [c, c]]", false),
                new Decided("!Or [!Equals [a, b], !Equals [b, b]]", true),
                new Decided("!Or [!Equals [a, b], !Equals [b, c]]", false),
                new Decided("!Or [!Condition Always, !Equals [a, b]]", true),
                new Decided("{Condition: Always}", true),
                new Decided("!Not [{Condition: Always}]", false),
                new Decided(
                        "!And [!Not [!Condition Later], !Or [!Condition Always, !Condition Later]]",
                        true));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void a_condition_is_decided_from_parameters(Decided row) {
        Deployment deployment = Texts.deployment(HEAD + conditions(row.yaml()) + RESOURCE);

        assertThat(deployment.condition("Tested")).isEqualTo(row.expected());
    }

    static List<Refused> refusedConditions() {
        return List.of(
                new Refused(
                        "!Condition Missing",
                        "Conditions.Tested: condition 'Missing' is not defined; there are [Always, Tested, Later]"),
                new Refused(
                        "!Condition Tested",
                        "Conditions: conditions go in a circle: Tested -> Tested"),
                new Refused(
                        "!Not [!Condition Round]\n  Round: !Or [!Equals [a, a], !Condition Tested]",
                        "conditions go in a circle: Tested -> Round -> Tested"),
                new Refused(
                        "!Equals [!Ref Topic, a]",
                        "'Topic' is no parameter; conditions can refer to parameters only, there are [Count, Name, Zones]"),
                new Refused(
                        "!Equals [!GetAtt Topic.Arn, a]",
                        "function Fn::GetAtt cannot stand in conditions"),
                new Refused(
                        "!Equals [!Sub '${Topic.Arn}', a]",
                        "Topic.Arn is an attribute of a resource; conditions can refer to parameters only"),
                new Refused(
                        "!Equals [!If [Always, a, b], a]",
                        "function Fn::If cannot stand in conditions"),
                new Refused(
                        "!Equals [!Ref 'AWS::NoValue', a]",
                        "Conditions.Tested.Fn::Equals[0]: must not be AWS::NoValue"),
                new Refused(
                        "!Equals [{a: b}, a]", "must be text, a number or a boolean, found a map"),
                new Refused("!Equals [a]", "must be a list of 2: the two values"),
                new Refused(
                        "!Not [!Equals [a, a], !Equals [a, a]]",
                        "must be a list of 1: one condition"),
                new Refused("!And [!Equals [a, a]]", "must be a list of 2 to 10 conditions"),
                new Refused(
                        "!Or [" + "!Equals [a, a],".repeat(11) + "]",
                        "must be a list of 2 to 10 conditions"),
                // The mistake is in an operand that does not matter for the result.
                new Refused(
                        "!Or [!Equals [a, a], !Condition Missing]",
                        "condition 'Missing' is not defined"),
                new Refused(
                        "!Contains [[a], a]",
                        "Conditions.Tested: must be a decision: one of [Fn::And, Fn::Equals, Fn::Not, Fn::Or]"),
                new Refused("true", "must be a decision"),
                new Refused("!Ref Name", "must be a decision"));
    }

    @ParameterizedTest
    @MethodSource("refusedConditions")
    void a_condition_that_cannot_be_decided_is_refused_although_nothing_uses_it(Refused row) {
        assertThat(refusal(() -> Texts.deployment(HEAD + conditions(row.yaml()) + RESOURCE)))
                .contains(row.message());
    }

    static List<Decided> rules() {
        return List.of(
                new Decided("!Equals [!Ref Name, budget]", true),
                new Decided("!Not [!Equals [!Ref Name, budget]]", false),
                new Decided("!And [!Equals [a, a], !Equals [!Ref Count, '5']]", true),
                new Decided("!Or [!Equals [a, b], !Equals [a, c]]", false),
                new Decided("{Fn::Contains: [[budget, other], !Ref Name]}", true),
                new Decided("{Fn::Contains: [[other], !Ref Name]}", false),
                new Decided("!Contains [!Ref Zones, b]", true),
                new Decided("{Fn::EachMemberEquals: [!Ref Zones, a]}", false),
                new Decided("{Fn::EachMemberEquals: [[a, a], a]}", true),
                new Decided("{Fn::EachMemberIn: [!Ref Zones, [a, b, c]]}", true),
                new Decided("{Fn::EachMemberIn: [!Ref Zones, [a]]}", false),
                new Decided("!Equals [!Ref 'AWS::Region', us-east-1]", true));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void an_assertion_of_a_rule_decides_about_parameters(Decided row) {
        String template =
                HEAD
                        + "Rules: {R: {Assertions: [{Assert: "
                        + row.yaml()
                        + ", AssertDescription: 'Take a sample'}]}}"
                        + RESOURCE;

        assertThat(refusal(() -> Texts.deployment(template)))
                .isEqualTo(row.expected() ? "accepted" : "rule R: Take a sample");
    }

    static List<Refused> refusedRules() {
        return List.of(
                new Refused(
                        "{Assertions: [{Assert: !Equals [!Sub '${Name}', a]}]}",
                        "function Fn::Sub cannot stand in rules; there you can use [Ref]"),
                new Refused(
                        "{Assertions: [{Assert: !Equals [!Select [0, !Split [a, b]], a]}]}",
                        "function Fn::Select cannot stand in rules"),
                new Refused(
                        "{Assertions: [{Assert: !Equals [!Ref Topic, a]}]}",
                        "'Topic' is no parameter; rules can refer to parameters only"),
                new Refused(
                        "{Assertions: [{Assert: !Condition Always}]}",
                        "a rule cannot refer to the condition 'Always'"),
                new Refused(
                        "{Assertions: [{Assert: {Fn::If: [Always, a, b]}}]}",
                        "not modelled here: function Fn::If in a rule"),
                new Refused(
                        "{Assertions: [{Assert: !Contains [{Fn::RefAll: 'AWS::EC2::VPC::Id'}, a]}]}",
                        "not modelled here: function Fn::RefAll"),
                new Refused(
                        "{Assertions: [{Assert: !Equals [{Fn::ValueOf: [a, b]}, a]}]}",
                        "not modelled here: function Fn::ValueOf"),
                new Refused(
                        "{Assertions: [{Assert: !Contains [a, a]}]}",
                        "Rules.R.Assertions[0].Assert.Fn::Contains[0]: must be a list"),
                new Refused(
                        "{Assertions: [{Assert: 'true'}]}",
                        "Rules.R.Assertions[0].Assert: must be a decision"),
                new Refused(
                        "{Assertions: [{AssertDescription: a}]}",
                        "Rules.R.Assertions[0]: has no Assert"),
                new Refused("{Assertions: []}", "must have at least one assertion"),
                new Refused(
                        "{RuleCondition: !Equals [a, a]}",
                        "Rules.R.Assertions: must be a list, found nothing"),
                new Refused(
                        "{Assertions: [{Assert: !Equals [a, a]}], Other: a}",
                        "Rules.R.Other: is no part of a rule"),
                new Refused(
                        "{Assertions: [{Assert: !Equals [a, a], Other: a}]}",
                        "Rules.R.Assertions[0].Other: is no part of an assertion"),
                // A mistake shows although the rule does not apply here.
                new Refused(
                        "{RuleCondition: !Equals [a, b], Assertions: [{Assert: !Equals [!Ref Topic, a]}]}",
                        "'Topic' is no parameter"));
    }

    @ParameterizedTest
    @MethodSource("refusedRules")
    void a_rule_that_cannot_be_decided_is_refused(Refused row) {
        String template =
                HEAD + "Rules: {R: " + row.yaml() + "}\n" + conditions("!Equals [a, a]") + RESOURCE;

        assertThat(refusal(() -> Texts.deployment(template))).contains(row.message());
    }

    @Test
    void a_rule_applies_only_when_its_condition_holds_and_all_failures_are_told() {
        String template =
                HEAD
                        + """
                        Rules:
                          First:
                            RuleCondition: !Equals [!Ref Name, live]
                            Assertions:
                              - {Assert: !Equals [!Ref Count, 1], AssertDescription: Count must be 1 when live}
                              - {Assert: !Equals [a, a]}
                              - {Assert: !Equals [a, b]}
                          Second: {Assertions: [{Assert: !Not [!Equals [!Ref Name, live]], AssertDescription: Not live}]}
                        """
                        + RESOURCE;

        assertThat(refusal(() -> Texts.deployment(template))).isEqualTo("accepted");
        assertThat(refusal(() -> Texts.deployment(template, Map.of("Name", "live"))))
                .isEqualTo(
                        "rule First: Count must be 1 when live; rule First: assertion 3 does not hold; rule Second: Not live");
    }

    @Test
    void no_case_has_gone_missing() {
        assertThat(conditions()).hasSize(20);
        assertThat(refusedConditions()).hasSize(17);
        assertThat(rules()).hasSize(12);
        assertThat(refusedRules()).hasSize(15);
    }

    private static String conditions(String tested) {
        return "Conditions:\n  Always: !Equals [a, a]\n  Tested: "
                + tested
                + "\n  Later: !Equals [a, b]\n";
    }
}
