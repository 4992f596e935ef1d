package io.bedrockbudgeteer.keyguard.policy;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Compares one value of a policy with one value of a request, without negation. Source: IAM User
/// Guide, AWS JSON policy elements: Condition operators.
final class Comparison {

    // Longer numbers than any key carries; keeps a hostile text from costing more than its length.
    private static final int LONGEST_NUMBER = 64;

    private Comparison() {}

    static Tri compare(Operator operator, PolicyValue item, String value, Conditions conditions) {
        Operator.Base base = operator.base();
        if (base.variables) return text(operator, item, value, conditions);
        String wanted = item.text();
        if (base == Operator.Base.BOOL) return bool(wanted, value);
        if (base.isNumeric()) return ordered(base, number(wanted), number(value), wanted, value);
        if (base.isDate()) return ordered(base, date(wanted), date(value), wanted, value);
        if (base == Operator.Base.BINARY) return binary(wanted, value);
        return address(wanted, value);
    }

    private static Tri text(
            Operator operator, PolicyValue wanted, String value, Conditions conditions) {
        Operator.Base base = operator.base();
        boolean wild = base == Operator.Base.STRING_LIKE || base == Operator.Base.ARN;
        PolicyVariables.Expanded expanded =
                wanted.expanded(conditions.variables(), wild, conditions.context());
        if (!expanded.known().isTrue()) return expanded.known();
        return switch (base) {
            case STRING -> Tri.of(expanded.literal().equals(value));
            case STRING_IGNORE_CASE -> Tri.of(expanded.literal().equalsIgnoreCase(value));
            case STRING_LIKE -> Tri.of(expanded.pattern().matches(value));
            default -> arn(expanded.pattern(), value, operator.negated(), conditions.effect());
        };
    }

    /// Part by part at the first five colons. Another page lets a `*` at the end of a part run on:
    /// such a match must neither open an Allow nor be missed in a Deny.
    private static Tri arn(Glob pattern, String value, boolean negated, Effect effect) {
        if (pattern.isBareStar())
            return Tri.undocumented("whether \"*\" is an ARN pattern is not documented");
        List<Glob> wanted = pattern.arnParts();
        String[] parts = value.split(":", 6);
        boolean malformed = wanted.size() < 6 || parts.length < 6;
        if (!malformed) {
            boolean all = true;
            for (int i = 0; i < 6; i++) all &= wanted.get(i).matches(parts[i]);
            if (all) return Tri.TRUE;
        }
        boolean runsOn = pattern.matches(value);
        if (malformed && negated)
            return Tri.undocumented("an ARN pattern or value has fewer than six parts");
        if (runsOn && (negated || effect == Effect.DENY))
            return Tri.undocumented(
                    "the ARN pattern matches only if * runs past a colon, which AWS documents both ways");
        return Tri.FALSE;
    }

    private static Tri bool(String wanted, String value) {
        if (wanted.contains("${"))
            return Tri.undocumented("whether Bool takes policy variables is documented both ways");
        if (!isBool(wanted) || !isBool(value))
            return Tri.undocumented(
                    "\"" + (isBool(wanted) ? value : wanted) + "\" is neither true nor false");
        return Tri.of(wanted.equalsIgnoreCase(value));
    }

    private static boolean isBool(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    private static Tri ordered(
            Operator.Base base,
            Optional<BigDecimal> wanted,
            Optional<BigDecimal> value,
            String a,
            String b) {
        if (wanted.isEmpty() || value.isEmpty())
            return Tri.undocumented(
                    "\""
                            + (wanted.isEmpty() ? a : b)
                            + "\" is not a "
                            + (base.isDate() ? "date" : "number"));
        int order = value.get().compareTo(wanted.get());
        return Tri.of(
                switch (base) {
                    case NUMERIC_EQUALS, DATE_EQUALS -> order == 0;
                    case NUMERIC_LESS, DATE_LESS -> order < 0;
                    case NUMERIC_LESS_EQUALS, DATE_LESS_EQUALS -> order <= 0;
                    case NUMERIC_GREATER, DATE_GREATER -> order > 0;
                    default -> order >= 0;
                });
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return text.length() > LONGEST_NUMBER
                    ? Optional.empty()
                    : Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// Epoch seconds, or an ISO 8601 date or date and time with zone.
    private static Optional<BigDecimal> date(String text) {
        if (text.length() > LONGEST_NUMBER) return Optional.empty();
        if (text.matches("-?\\d+(\\.\\d+)?")) return Optional.of(new BigDecimal(text));
        try {
            Instant instant =
                    text.indexOf('T') < 0
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
            return Optional.of(
                    BigDecimal.valueOf(instant.getEpochSecond())
                            .add(BigDecimal.valueOf(instant.getNano(), 9)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Tri binary(String wanted, String value) {
        try {
            return Tri.of(
                    Arrays.equals(
                            Base64.getDecoder().decode(wanted), Base64.getDecoder().decode(value)));
        } catch (IllegalArgumentException e) {
            return Tri.undocumented("a value of BinaryEquals is not base64");
        }
    }

    private static Tri address(String range, String address) {
        Optional<IpRange> wanted = IpRange.parse(range);
        Optional<IpRange> value = IpRange.parse(address);
        if (wanted.isEmpty() || value.isEmpty() || !value.get().isSingle())
            return Tri.undocumented(
                    "\"" + (wanted.isEmpty() ? range : address) + "\" is not an address");
        return Tri.of(wanted.get().contains(value.get()));
    }
}
