package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.engine.Values;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A policy on a bucket, as far as service principals are concerned. Operators that are not known
/// are an error. Source: IAM User Guide, "Policy evaluation logic" and "IAM JSON policy elements:
/// Condition operators".
record ResourcePolicy(Map<String, Object> document) {

    boolean allows(String service, String action, String resource, Map<String, String> context) {
        List<Map<String, Object>> matching =
                list(document.get("Statement")).stream()
                        .map(Values::asMap)
                        .filter(statement -> matches(statement, service, action, resource, context))
                        .toList();
        return matching.stream().anyMatch(statement -> "Allow".equals(statement.get("Effect")))
                && matching.stream().noneMatch(statement -> "Deny".equals(statement.get("Effect")));
    }

    private static boolean matches(
            Map<String, Object> statement,
            String service,
            String action,
            String resource,
            Map<String, String> context) {
        for (String element : List.of("NotPrincipal", "NotAction", "NotResource")) {
            if (statement.containsKey(element)) {
                throw new NotModelledException(element + " in a bucket policy");
            }
        }
        return isFor(statement.get("Principal"), service)
                && list(statement.get("Action")).stream()
                        .anyMatch(pattern -> like(pattern.toString(), action, true))
                && list(statement.get("Resource")).stream()
                        .anyMatch(pattern -> like(pattern.toString(), resource, false))
                && conditions(statement.getOrDefault("Condition", Map.of()), context);
    }

    private static boolean isFor(@Nullable Object principal, String service) {
        return switch (principal) {
            case null -> false;
            case Map<?, ?> map ->
                    list(map.get("Service")).contains(service)
                            || list(map.get("AWS")).contains("*");
            default -> principal.equals("*");
        };
    }

    private static boolean conditions(Object condition, Map<String, String> context) {
        return Values.asMap(condition).entrySet().stream()
                .allMatch(operator ->
                        Values.asMap(operator.getValue()).entrySet().stream()
                                .allMatch(test ->
                                        test(
                                                operator.getKey(),
                                                context.get(test.getKey()),
                                                list(test.getValue()))));
    }

    private static boolean test(String operator, @Nullable String actual, List<Object> wanted) {
        return switch (operator) {
            case "StringEquals", "Bool" ->
                    wanted.stream().map(Object::toString).anyMatch(text -> text.equals(actual));
            case "StringNotEquals" ->
                    wanted.stream().map(Object::toString).noneMatch(text -> text.equals(actual));
            case "StringLike", "ArnLike", "ArnEquals" ->
                    actual != null
                            && wanted.stream()
                                    .anyMatch(pattern -> like(pattern.toString(), actual, false));
            default ->
                    throw new NotModelledException(
                            "condition operator " + operator + " in a bucket policy");
        };
    }

    private static boolean like(String pattern, String text, boolean ignoreCase) {
        String regex =
                pattern.chars()
                        .mapToObj(c ->
                                c == '*'
                                        ? ".*"
                                        : c == '?' ? "." : Pattern.quote(Character.toString(c)))
                        .collect(Collectors.joining());
        return Pattern.compile(regex, ignoreCase ? Pattern.CASE_INSENSITIVE : 0)
                .matcher(text)
                .matches();
    }

    private static List<Object> list(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> list ->
                    list.stream().map(Objects::requireNonNull).map(Object.class::cast).toList();
            default -> List.of(value);
        };
    }
}
