package io.bedrockbudgeteer.local.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The section Rules: assertions about parameter values, checked before anything is created.
///
/// CloudFormation User Guide: Rules section syntax. Functions that take a value apart, such as
/// Fn::Split and Fn::Sub, are not allowed there.
final class Rules {

    private static final Set<String> FUNCTIONS = Set.of(Call.REF);

    private Rules() {}

    /// @throws TemplateException with the descriptions of all assertions that do not hold
    static void check(Template template, Names names) {
        Evaluator evaluator = new Evaluator(names.parametersOnly("rules", FUNCTIONS));
        Logic logic =
                new Logic(
                        Logic.RULE_FUNCTIONS,
                        evaluator,
                        (name, where) -> {
                            throw where.wrong(
                                    "a rule cannot refer to the condition '"
                                            + name
                                            + "'; repeat the decision");
                        });
        Where where = Where.ROOT.key("Rules");
        List<String> failures = new ArrayList<>();
        Tree.mapOrEmpty(template.tree().get("Rules"), where)
                .forEach((name, rule) ->
                        failures.addAll(
                                failures(
                                        name,
                                        Tree.map(rule, where.key(name)),
                                        where.key(name),
                                        logic)));
        if (!failures.isEmpty()) {
            throw new TemplateException(String.join("; ", failures));
        }
    }

    private static List<String> failures(
            String name, Map<String, Object> rule, Where where, Logic logic) {
        for (String key : rule.keySet()) {
            if (!key.equals("RuleCondition") && !key.equals("Assertions")) {
                throw where.key(key)
                        .wrong("is no part of a rule; known are RuleCondition and Assertions");
            }
        }
        Object condition = rule.get("RuleCondition");
        boolean applies = condition == null || logic.holds(condition, where.key("RuleCondition"));
        Where place = where.key("Assertions");
        List<Object> assertions = Tree.list(rule.get("Assertions"), place);
        if (assertions.isEmpty()) {
            throw place.wrong("must have at least one assertion");
        }
        List<String> failures = new ArrayList<>();
        for (int i = 0; i < assertions.size(); i++) {
            Map<String, Object> assertion = Tree.map(assertions.get(i), place.item(i));
            for (String key : assertion.keySet()) {
                if (!key.equals("Assert") && !key.equals("AssertDescription")) {
                    throw place.item(i)
                            .key(key)
                            .wrong(
                                    "is no part of an assertion; known are Assert and AssertDescription");
                }
            }
            Object claim = assertion.get("Assert");
            if (claim == null) {
                throw place.item(i).wrong("has no Assert");
            }
            Object description = assertion.get("AssertDescription");
            // Evaluated even when the rule does not apply, so that a mistake is found in every
            // mode.
            boolean holds = logic.holds(claim, place.item(i).key("Assert"));
            if (applies && !holds) {
                failures.add(
                        "rule "
                                + name
                                + ": "
                                + (description == null
                                        ? "assertion " + (i + 1) + " does not hold"
                                        : Tree.text(
                                                description,
                                                place.item(i).key("AssertDescription"))));
            }
        }
        return failures;
    }
}
