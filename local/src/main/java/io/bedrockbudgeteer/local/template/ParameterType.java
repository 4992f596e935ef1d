package io.bedrockbudgeteer.local.template;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The type of a template parameter, as far as it is modelled.
///
/// CloudFormation User Guide: Parameters section syntax reference, CloudFormation-supplied
/// parameter types.
///
/// @param stored the value given is the name of a Systems Manager parameter that holds the value
/// @param list a `Ref` gives a list of texts
/// @param number every value must be a number; it stays text all the same
record ParameterType(String name, boolean stored, boolean list, boolean number) {

    private static final String STORED = "AWS::SSM::Parameter::Value<";

    static ParameterType of(String name, Where where) {
        if (name.startsWith(STORED) && name.endsWith(">")) {
            String inner = name.substring(STORED.length(), name.length() - 1);
            if (inner.equals("String")
                    || inner.equals("List<String>")
                    || inner.equals("CommaDelimitedList")) {
                return new ParameterType(name, true, !inner.equals("String"), false);
            }
            throw where.unknown("parameter type " + name);
        }
        return switch (name) {
            case "String" -> new ParameterType(name, false, false, false);
            case "Number" -> new ParameterType(name, false, false, true);
            case "List<Number>" -> new ParameterType(name, false, true, true);
            case "CommaDelimitedList" -> new ParameterType(name, false, true, false);
            default -> throw where.unknown("parameter type " + name);
        };
    }

    /// What a `Ref` gives: text, or a list of texts. An empty text is a list of one empty text, not
    /// an empty list.
    Object value(String text) {
        return list ? members(text) : text;
    }

    /// The single values of a text: one, or for a list its members without surrounding spaces.
    List<String> members(String text) {
        return list
                ? Arrays.stream(text.split(",", -1)).map(String::strip).toList()
                : List.of(text);
    }

    /// The first member that is not of this type.
    Optional<String> misfit(String text) {
        return number
                ? members(text).stream().filter(member -> !Numbers.isNumber(member)).findFirst()
                : Optional.empty();
    }
}
