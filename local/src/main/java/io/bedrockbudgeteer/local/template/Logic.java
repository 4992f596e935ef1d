package io.bedrockbudgeteer.local.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/// Evaluates decisions: the functions of Conditions and of Rules.
///
/// CloudFormation Template Reference: Condition functions, Rule functions.
final class Logic {

    static final Set<String> CONDITION_FUNCTIONS = Set.of(Call.AND, Call.OR, Call.NOT, Call.EQUALS);
    static final Set<String> RULE_FUNCTIONS =
            Set.of(
                    Call.AND,
                    Call.OR,
                    Call.NOT,
                    Call.EQUALS,
                    Call.CONTAINS,
                    Call.EACH_MEMBER_EQUALS,
                    Call.EACH_MEMBER_IN);
    private static final int FEWEST = 2;
    private static final int MOST = 10;

    private final Set<String> functions;
    private final Evaluator evaluator;
    private final BiPredicate<String, Where> conditions;

    /// @param functions which of the two sets
    /// @param evaluator for the values that are compared
    /// @param conditions the value of `{Condition: name}`
    Logic(Set<String> functions, Evaluator evaluator, BiPredicate<String, Where> conditions) {
        this.functions = functions;
        this.evaluator = evaluator;
        this.conditions = conditions;
    }

    boolean holds(Object value, Where where) {
        if (value instanceof Map<?, ?> map
                && map.size() == 1
                && map.get("Condition") instanceof String name) {
            return conditions.test(name, where);
        }
        Optional<Call> found = Call.of(value, where);
        if (functions.equals(RULE_FUNCTIONS)
                && found.filter(call -> call.function().equals(Call.IF)).isPresent()) {
            throw where.unknown("function Fn::If in a rule");
        }
        Call call =
                found.filter(candidate -> functions.contains(candidate.function()))
                        .orElseThrow(() ->
                                where.wrong(
                                        "must be a decision: one of " + new TreeSet<>(functions)));
        return switch (call.function()) {
            // Every operand is evaluated, so that a mistake in the last one is found whatever the
            // first one gives.
            case Call.AND -> operands(call).stream().reduce(true, Boolean::logicalAnd);
            case Call.OR -> operands(call).stream().reduce(false, Boolean::logicalOr);
            case Call.NOT ->
                    !holds(call.arguments(1, "one condition").getFirst(), call.inside().item(0));
            case Call.EQUALS -> equal(call);
            case Call.CONTAINS ->
                    texts(call, 0)
                            .contains(evaluator.text(pair(call).get(1), call.inside().item(1)));
            case Call.EACH_MEMBER_EQUALS -> {
                String expected = evaluator.text(pair(call).get(1), call.inside().item(1));
                yield texts(call, 0).stream().allMatch(expected::equals);
            }
            case Call.EACH_MEMBER_IN -> texts(call, 1).containsAll(texts(call, 0));
            default -> throw call.where().unknown("function " + call.function());
        };
    }

    private List<Boolean> operands(Call call) {
        if (!(call.argument() instanceof List<?> list)
                || list.size() < FEWEST
                || list.size() > MOST) {
            throw call.inside()
                    .wrong("must be a list of " + FEWEST + " to " + MOST + " conditions");
        }
        List<Object> operands = Tree.list(list, call.inside());
        return IntStream.range(0, operands.size())
                .mapToObj(i -> holds(operands.get(i), call.inside().item(i)))
                .toList();
    }

    /// Values are compared as text, as parameters are text whatever their type: 5 equals '5'.
    private boolean equal(Call call) {
        List<Object> pair = pair(call);
        return asText(pair.get(0), call.inside().item(0))
                .equals(asText(pair.get(1), call.inside().item(1)));
    }

    private Object asText(Object value, Where where) {
        Object result =
                evaluator
                        .value(value, where)
                        .orElseThrow(() -> where.wrong("must not be AWS::NoValue"));
        return result instanceof List<?> list
                ? texts(Tree.list(list, where), where)
                : Tree.scalar(result, where);
    }

    private List<String> texts(Call call, int index) {
        Where where = call.inside().item(index);
        Object result =
                evaluator
                        .value(pair(call).get(index), where)
                        .orElseThrow(() -> where.wrong("must not be AWS::NoValue"));
        return texts(Tree.list(result, where), where);
    }

    private static List<String> texts(List<Object> list, Where where) {
        return IntStream.range(0, list.size())
                .mapToObj(i -> Tree.scalar(list.get(i), where.item(i)))
                .toList();
    }

    private static List<Object> pair(Call call) {
        return call.arguments(2, "the two values");
    }
}
