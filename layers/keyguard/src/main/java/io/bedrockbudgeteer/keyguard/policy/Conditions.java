package io.bedrockbudgeteer.keyguard.policy;

import io.bedrockbudgeteer.keyguard.policy.Operator.SetOperator;
import io.bedrockbudgeteer.keyguard.policy.RequestContext.Value;
import java.util.List;
import java.util.Optional;

/// Decides conditions in three values. All operators and keys must hold; values of one key are
/// alternatives, and under a negated operator none of them may match. Sources: IAM User Guide, AWS
/// JSON policy elements: Condition operators; Conditions with multiple context keys or values;
/// Single-valued vs. multivalued context keys.
///
/// @param effect effect of the statement; a match that AWS documents both ways must not open an
///   Allow
/// @param variables whether `${...}` is replaced
record Conditions(RequestContext context, Effect effect, boolean variables) {

    Tri all(List<ConditionTest> tests) {
        Tri result = Tri.TRUE;
        for (ConditionTest test : tests) {
            result = result.and(one(test));
            if (result.isFalse()) return result;
        }
        return result;
    }

    /// The first test that fails whatever is not known turns out to be.
    Optional<ConditionTest> firstFalse(List<ConditionTest> tests) {
        return tests.stream().filter(test -> one(test).isFalse()).findFirst();
    }

    private Tri one(ConditionTest test) {
        Optional<Operator> known = test.parsed();
        if (known.isEmpty())
            return Tri.undocumented("operator " + test.operator() + " is not documented");
        Operator operator = known.get();
        Value value = context.getNormalized(test.normalizedKey());
        if (operator.isNull()) return isNull(test, value);
        return switch (value) {
            case Value.Absent _ -> operator.withoutKey();
            case Value.Unknown(var why) -> unknown(test, operator, why);
            case Value.Present(var values) -> present(test, operator, values);
        };
    }

    private static Tri isNull(ConditionTest test, Value value) {
        Tri result = Tri.FALSE;
        for (String wanted : test.values()) {
            if (!wanted.equalsIgnoreCase("true") && !wanted.equalsIgnoreCase("false"))
                result = result.or(Tri.undocumented("Null is compared with \"" + wanted + "\""));
            else result = result.or(isAbsent(test, value, wanted.equalsIgnoreCase("true")));
        }
        return result;
    }

    private static Tri isAbsent(ConditionTest test, Value value, boolean wantsAbsent) {
        return switch (value) {
            case Value.Absent _ -> Tri.of(wantsAbsent);
            case Value.Unknown(var why) -> why.map(Tri::undocumented).orElse(Tri.onKey(test.key()));
            case Value.Present(var values) ->
                    values.stream().allMatch(String::isEmpty)
                            ? Tri.undocumented(
                                    "whether an empty value of "
                                            + test.key()
                                            + " counts as present is not documented")
                            : Tri.of(!wantsAbsent);
        };
    }

    /// Decided early where the result is the same whatever the value is.
    private static Tri unknown(ConditionTest test, Operator operator, Optional<String> why) {
        Tri undecided = why.map(Tri::undocumented).orElse(Tri.onKey(test.key()));
        Tri present = undecided;
        boolean plain = operator.set() == SetOperator.NONE;
        boolean severalValues = ContextKeys.isMultiValued(test.normalizedKey());
        if (hasWrongType(test, operator)) present = undecided;
        else if (plain && severalValues && !operator.negated()) present = Tri.FALSE;
        else if (test.wanted().isEmpty() && (plain || operator.set() == SetOperator.FOR_ANY_VALUE))
            present = Tri.of(operator.negated());
        else if (plain && !severalValues && matchesEverything(test, operator))
            present = Tri.of(!operator.negated());
        Tri absent = operator.withoutKey();
        return present.truth() == absent.truth() && !present.isUnknown() ? present : undecided;
    }

    private static boolean matchesEverything(ConditionTest test, Operator operator) {
        return operator.base() == Operator.Base.STRING_LIKE && test.values().contains("*");
    }

    private Tri present(ConditionTest test, Operator operator, List<String> values) {
        if (hasWrongType(test, operator))
            return Tri.undocumented(test.operator() + " does not fit the type of " + test.key());
        boolean severalValues =
                ContextKeys.isMultiValued(test.normalizedKey()) || values.size() > 1;
        return switch (operator.set()) {
            case NONE -> {
                if (values.isEmpty()) yield operator.withoutKey();
                if (!severalValues) yield holds(test, operator, values.getFirst());
                yield operator.negated()
                        ? Tri.undocumented(
                                test.operator()
                                        + " on "
                                        + test.key()
                                        + ", which has several values, is not documented")
                        : Tri.FALSE;
            }
            case FOR_ALL_VALUES -> {
                Tri result = Tri.TRUE;
                // An empty value counts as no value here.
                for (String value : values)
                    if (!value.isEmpty()) result = result.and(holds(test, operator, value));
                yield result;
            }
            case FOR_ANY_VALUE -> {
                if (values.isEmpty()) yield operator.withoutKey();
                Tri result = Tri.FALSE;
                for (String value : values) result = result.or(holds(test, operator, value));
                yield result;
            }
        };
    }

    private Tri holds(ConditionTest test, Operator operator, String value) {
        Tri any = Tri.FALSE;
        for (PolicyValue wanted : test.wanted()) {
            any = any.or(Comparison.compare(operator, wanted, value, this));
            if (any.isTrue()) break;
        }
        return operator.negated() ? any.not() : any;
    }

    private static boolean hasWrongType(ConditionTest test, Operator operator) {
        ContextKeys.Type type = ContextKeys.type(test.normalizedKey());
        if (type == ContextKeys.Type.UNKNOWN) return false;
        Operator.Base base = operator.base();
        if (base == Operator.Base.BOOL) return type != ContextKeys.Type.BOOL;
        if (base.isNumeric())
            return type != ContextKeys.Type.NUMERIC && type != ContextKeys.Type.DATE;
        if (base.isDate()) return type != ContextKeys.Type.DATE;
        if (base == Operator.Base.IP_ADDRESS) return type != ContextKeys.Type.IP;
        return base == Operator.Base.BINARY;
    }
}
