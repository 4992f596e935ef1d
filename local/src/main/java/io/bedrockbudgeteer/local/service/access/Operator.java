package io.bedrockbudgeteer.local.service.access;

import io.bedrockbudgeteer.local.account.NotModelledException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;

/// The condition operators that are evaluated here (IAM User Guide, "IAM JSON policy elements:
/// Condition operators"). IP addresses and binary values are not among them: no call in this
/// simulation carries such a key. The test of a negated operator is that of the positive one; the
/// caller negates.
@SuppressWarnings("ImmutableEnumChecker") // The tests are stateless lambdas.
enum Operator {
    STRINGEQUALS(true, false, String::equals),
    STRINGNOTEQUALS(true, true, String::equals),
    STRINGEQUALSIGNORECASE(true, false, String::equalsIgnoreCase),
    STRINGNOTEQUALSIGNORECASE(true, true, String::equalsIgnoreCase),
    STRINGLIKE(true, false, Glob::matches),
    STRINGNOTLIKE(true, true, Glob::matches),
    ARNEQUALS(true, false, Operator::arn),
    ARNLIKE(true, false, Operator::arn),
    ARNNOTEQUALS(true, true, Operator::arn),
    ARNNOTLIKE(true, true, Operator::arn),
    NUMERICEQUALS(false, false, number(c -> c == 0)),
    NUMERICNOTEQUALS(false, true, number(c -> c == 0)),
    NUMERICLESSTHAN(false, false, number(c -> c < 0)),
    NUMERICLESSTHANEQUALS(false, false, number(c -> c <= 0)),
    NUMERICGREATERTHAN(false, false, number(c -> c > 0)),
    NUMERICGREATERTHANEQUALS(false, false, number(c -> c >= 0)),
    DATEEQUALS(false, false, date(c -> c == 0)),
    DATENOTEQUALS(false, true, date(c -> c == 0)),
    DATELESSTHAN(false, false, date(c -> c < 0)),
    DATELESSTHANEQUALS(false, false, date(c -> c <= 0)),
    DATEGREATERTHAN(false, false, date(c -> c > 0)),
    DATEGREATERTHANEQUALS(false, false, date(c -> c >= 0)),
    BOOL(false, false, Operator::bool),
    NULL(false, false, (wanted, value) -> false);

    private final boolean variables;
    private final boolean negated;
    private final BiPredicate<String, String> test;

    Operator(boolean variables, boolean negated, BiPredicate<String, String> test) {
        this.variables = variables;
        this.negated = negated;
        this.test = test;
    }

    /// Operators are documented in one spelling only; another case is accepted, as the service
    /// seems to.
    static Optional<Operator> named(String name) {
        return Arrays.stream(values())
                .filter(o -> o.name().equals(name.toUpperCase(Locale.ROOT)))
                .findAny();
    }

    boolean negated() {
        return negated;
    }

    /// Whether `${...}` in a value is replaced.
    boolean takesVariables() {
        return variables;
    }

    boolean isPattern() {
        return this == STRINGLIKE || this == STRINGNOTLIKE || name().startsWith("ARN");
    }

    /// @param wanted what the policy lists
    /// @param value what the request carries
    boolean test(String wanted, String value) {
        return test.test(wanted, value);
    }

    private static boolean arn(String pattern, String value) {
        if (pattern.equals("*"))
            throw new NotModelledException("an ARN condition with * as the whole pattern");
        boolean parts = Glob.matchesArn(pattern, value);
        if (!parts && Glob.matches(pattern, value)) {
            // One page has the parts compared separately, another lets a wildcard at the end of a
            // part run past the colon.
            throw new NotModelledException(
                    "ARN pattern " + pattern + ", which matches only across a colon");
        }
        return parts;
    }

    private static boolean bool(String wanted, String value) {
        if (wanted.contains("${")) throw new NotModelledException("a variable in a Bool condition");
        if (!wanted.equalsIgnoreCase("true") && !wanted.equalsIgnoreCase("false")) {
            throw new NotModelledException("value " + wanted + " of a Bool condition");
        }
        return wanted.equalsIgnoreCase(value);
    }

    private static BiPredicate<String, String> number(IntPredicate holds) {
        return (wanted, value) -> {
            try {
                return holds.test(new BigDecimal(value).compareTo(new BigDecimal(wanted)));
            } catch (NumberFormatException e) {
                throw new NotModelledException(
                        "comparing " + value + " with " + wanted + " as numbers");
            }
        };
    }

    private static BiPredicate<String, String> date(IntPredicate holds) {
        return (wanted, value) -> holds.test(instant(value).compareTo(instant(wanted)));
    }

    private static Instant instant(String text) {
        try {
            return text.chars().allMatch(Character::isDigit)
                    ? Instant.ofEpochSecond(Long.parseLong(text))
                    : Instant.parse(text);
        } catch (DateTimeException | NumberFormatException e) {
            throw new NotModelledException("date " + text + " in a condition");
        }
    }
}
