package io.bedrockbudgeteer.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parameter overrides as `sam deploy` takes them: `Name=value`,
/// `ParameterKey=Name,ParameterValue=value`, quoted values, and several of them in one argument.
final class Overrides {
    private static final String NAME = "[A-Za-z][A-Za-z0-9]*";

    /// A value ends where the next pair starts; quotes protect what is in them.
    private static final String VALUE =
            "(\"(?:\\\\.|[^\"\\\\])*\"|(?:(?!\\s+(?:" + NAME + "=)).)*)";

    private static final Pattern PAIR =
            Pattern.compile(
                    "\\s*(?:ParameterKey=(" + NAME + "),ParameterValue=|(" + NAME + ")=)" + VALUE,
                    Pattern.DOTALL);

    private Overrides() {}

    /// @throws IllegalArgumentException naming the argument that is none of it
    static Map<String, String> parse(List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String argument : arguments) {
            Matcher pair = PAIR.matcher(argument);
            int end = 0;
            while (end < argument.length() && pair.find(end) && pair.start() == end) {
                String longName = pair.group(1);
                values.put(longName == null ? pair.group(2) : longName, unquoted(pair.group(3)));
                end = pair.end();
            }
            if (argument.isBlank() || !argument.substring(end).isBlank()) {
                throw new IllegalArgumentException(
                        "not a parameter override: '"
                                + argument
                                + "'; write Name=value or ParameterKey=Name,ParameterValue=value");
            }
        }
        return values;
    }

    private static String unquoted(String value) {
        if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
            return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
        }
        return value;
    }
}
