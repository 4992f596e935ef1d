package io.bedrockbudgeteer.keyguard.policy;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A condition operator, taken apart. Source: IAM User Guide, AWS JSON policy elements: Condition
/// operators. Names are documented in one spelling only; other case is accepted, as IAM does.
///
/// @param base how one value is compared with another
/// @param negated whether it holds where the comparison does not
/// @param set how the values of a key that has several are combined
/// @param ifExists whether an absent key passes
record Operator(Base base, boolean negated, SetOperator set, boolean ifExists) {

    enum Base {
        STRING(true),
        STRING_IGNORE_CASE(true),
        STRING_LIKE(true),
        ARN(true),
        NUMERIC_EQUALS(false),
        NUMERIC_LESS(false),
        NUMERIC_LESS_EQUALS(false),
        NUMERIC_GREATER(false),
        NUMERIC_GREATER_EQUALS(false),
        DATE_EQUALS(false),
        DATE_LESS(false),
        DATE_LESS_EQUALS(false),
        DATE_GREATER(false),
        DATE_GREATER_EQUALS(false),
        BOOL(false),
        BINARY(false),
        IP_ADDRESS(false),
        NULL(false);

        /// Whether `${key}` in a value is replaced. IAM User Guide, Policy variables: String and
        /// ARN operators only.
        final boolean variables;

        private final boolean numeric = name().startsWith("NUMERIC");
        private final boolean date = name().startsWith("DATE");

        Base(boolean variables) {
            this.variables = variables;
        }

        boolean isNumeric() {
            return numeric;
        }

        boolean isDate() {
            return date;
        }
    }

    enum SetOperator {
        NONE,
        FOR_ALL_VALUES,
        FOR_ANY_VALUE
    }

    private record Plain(Base base, boolean negated) {}

    private static final Map<String, Plain> BY_NAME = new TreeMap<>();

    static {
        add("StringEquals", Base.STRING, "StringNotEquals");
        add("StringEqualsIgnoreCase", Base.STRING_IGNORE_CASE, "StringNotEqualsIgnoreCase");
        add("StringLike", Base.STRING_LIKE, "StringNotLike");
        add("ArnEquals", Base.ARN, "ArnNotEquals");
        add("ArnLike", Base.ARN, "ArnNotLike");
        add("NumericEquals", Base.NUMERIC_EQUALS, "NumericNotEquals");
        add("NumericLessThan", Base.NUMERIC_LESS);
        add("NumericLessThanEquals", Base.NUMERIC_LESS_EQUALS);
        add("NumericGreaterThan", Base.NUMERIC_GREATER);
        add("NumericGreaterThanEquals", Base.NUMERIC_GREATER_EQUALS);
        add("DateEquals", Base.DATE_EQUALS, "DateNotEquals");
        add("DateLessThan", Base.DATE_LESS);
        add("DateLessThanEquals", Base.DATE_LESS_EQUALS);
        add("DateGreaterThan", Base.DATE_GREATER);
        add("DateGreaterThanEquals", Base.DATE_GREATER_EQUALS);
        add("Bool", Base.BOOL);
        add("BinaryEquals", Base.BINARY);
        add("IpAddress", Base.IP_ADDRESS, "NotIpAddress");
        add("Null", Base.NULL);
    }

    private static void add(String name, Base base) {
        BY_NAME.put(name.toLowerCase(Locale.ROOT), new Plain(base, false));
    }

    private static void add(String name, Base base, String negatedName) {
        add(name, base);
        BY_NAME.put(negatedName.toLowerCase(Locale.ROOT), new Plain(base, true));
    }

    /// Empty when AWS documents no such operator.
    static Optional<Operator> parse(String written) {
        String name = written.toLowerCase(Locale.ROOT);
        SetOperator set = SetOperator.NONE;
        if (name.startsWith("forallvalues:")) set = SetOperator.FOR_ALL_VALUES;
        if (name.startsWith("foranyvalue:")) set = SetOperator.FOR_ANY_VALUE;
        if (set != SetOperator.NONE) name = name.substring(name.indexOf(':') + 1);
        boolean ifExists = name.endsWith("ifexists");
        if (ifExists) name = name.substring(0, name.length() - "ifexists".length());
        Plain plain = BY_NAME.get(name);
        // Null asks for existence itself: IfExists with it is not an operator, and sets of it have
        // no documented meaning.
        if (plain == null || (plain.base() == Base.NULL && (ifExists || set != SetOperator.NONE)))
            return Optional.empty();
        return Optional.of(new Operator(plain.base(), plain.negated(), set, ifExists));
    }

    boolean isNull() {
        return base == Base.NULL;
    }

    boolean passesWithoutKey() {
        return withoutKey().isTrue();
    }

    /// The result for a key that the request does not carry.
    Tri withoutKey() {
        if (set == SetOperator.FOR_ANY_VALUE)
            return ifExists
                    ? Tri.undocumented("ForAnyValue fails and IfExists passes without the key")
                    : Tri.FALSE;
        return Tri.of(set == SetOperator.FOR_ALL_VALUES || ifExists || negated);
    }
}
