package io.bedrockbudgeteer.local.template;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The argument of `Fn::Sub`, taken apart: literal text and `${Name}` variables.
///
/// @param own values of the second argument, unresolved; they hide parameters and resources of the
///   same name
record SubText(List<Part> parts, Map<String, Object> own, Where ownPlace) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    // CloudFormation User Guide: Fn::Sub. Spaces around a name are accepted.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_:.]+");

    /// A piece of the text.
    sealed interface Part {
        record Literal(String text) implements Part {}

        record Variable(String name) implements Part {}
    }

    static SubText of(Call call) {
        Where inside = call.inside();
        if (call.argument() instanceof String text) {
            return new SubText(parts(text, inside), Map.of(), inside);
        }
        List<Object> arguments =
                call.arguments(2, "the text and a map of its own variables (or just the text)");
        List<Part> parts = parts(Tree.text(arguments.get(0), inside.item(0)), inside.item(0));
        return new SubText(parts, Tree.map(arguments.get(1), inside.item(1)), inside.item(1));
    }

    /// Names that do not come from the second argument: parameters, resources and
    /// `Resource.Attribute`.
    Set<String> outerNames() {
        Set<String> names = new LinkedHashSet<>();
        for (Part part : parts) {
            if (part instanceof Part.Variable(String name) && !own.containsKey(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private static List<Part> parts(String text, Where where) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        int from = 0;
        while (matcher.find()) {
            if (matcher.start() > from) {
                parts.add(new Part.Literal(text.substring(from, matcher.start())));
            }
            String name = matcher.group(1).strip();
            if (name.startsWith("!")) {
                parts.add(new Part.Literal("${" + name.substring(1) + "}"));
            } else if (NAME.matcher(name).matches()) {
                parts.add(new Part.Variable(name));
            } else {
                throw where.wrong(
                        "'"
                                + matcher.group()
                                + "' is no variable name of Fn::Sub; write ${!"
                                + name
                                + "} when the text itself is meant");
            }
            from = matcher.end();
        }
        if (from < text.length()) {
            parts.add(new Part.Literal(text.substring(from)));
        }
        return parts;
    }
}
