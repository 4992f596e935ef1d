package io.bedrockbudgeteer.local.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Evaluates values: data stays as it is (numbers stay numbers), functions are replaced by their
/// results.
///
/// CloudFormation Template Reference: Intrinsic functions.
final class Evaluator {

    private final Scope scope;

    Evaluator(Scope scope) {
        this.scope = scope;
    }

    /// Empty for `AWS::NoValue`, which removes the key or the list element that holds it.
    Optional<Object> value(Object value, Where where) {
        Optional<Call> call = Call.of(value, where);
        if (call.isPresent()) {
            return apply(call.get());
        }
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> out = new LinkedHashMap<>();
                Tree.map(map, where)
                        .forEach((key, inner) ->
                                value(inner, where.key(key))
                                        .ifPresent(result -> out.put(key, result)));
                yield Optional.of(Collections.unmodifiableMap(out));
            }
            case List<?> list -> Optional.of(elements(Tree.list(list, where), where));
            default -> Optional.of(value);
        };
    }

    /// A value that must be there and be text, a number or a boolean; given as text.
    String text(Object value, Where where) {
        Object result =
                value(value, where).orElseThrow(() -> where.wrong("must not be AWS::NoValue"));
        if (!Tree.isScalar(result)) {
            throw where.wrong(
                    "must give text, but gives a "
                            + (result instanceof List
                                    ? "list; use Fn::Join or Fn::Select"
                                    : "map"));
        }
        return Tree.scalar(result, where);
    }

    private List<Object> elements(List<Object> list, Where where) {
        List<Object> out = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            value(list.get(i), where.item(i)).ifPresent(out::add);
        }
        return Collections.unmodifiableList(out);
    }

    private Optional<Object> apply(Call call) {
        if (!scope.functions().contains(call.function())) {
            throw call.where()
                    .wrong(
                            "function "
                                    + call.function()
                                    + " cannot stand in "
                                    + scope.name()
                                    + "; there you can use "
                                    + new TreeSet<>(scope.functions()));
        }
        return switch (call.function()) {
            case Call.REF ->
                    call.name().equals(Pseudo.NO_VALUE)
                            ? Optional.empty()
                            : Optional.of(scope.reference(call.name(), call.where()));
            case Call.GET_ATT -> Optional.of(attribute(call));
            case Call.SUB -> Optional.of(substitute(call));
            case Call.JOIN -> Optional.of(join(call));
            case Call.SELECT -> Optional.of(select(call));
            case Call.SPLIT -> Optional.of(split(call));
            case Call.IF -> branch(call);
            case Call.FIND_IN_MAP -> Optional.of(findInMap(call));
            case Call.BASE64 ->
                    Optional.of(
                            Base64.getEncoder()
                                    .encodeToString(
                                            text(call.argument(), call.inside())
                                                    .getBytes(StandardCharsets.UTF_8)));
            default ->
                    throw call.where()
                            .wrong(
                                    "function "
                                            + call.function()
                                            + " gives no value; put it into Conditions and use Fn::If");
        };
    }

    private Object attribute(Call call) {
        Call.Target target = call.target();
        return scope.attribute(
                target.logicalId(),
                text(target.attribute(), target.attributePlace()),
                call.where());
    }

    private String substitute(Call call) {
        SubText sub = SubText.of(call);
        StringBuilder out = new StringBuilder();
        for (SubText.Part part : sub.parts()) {
            out.append(
                    switch (part) {
                        case SubText.Part.Literal(String text) -> text;
                        case SubText.Part.Variable(String name) ->
                                variable(sub, name, call.inside());
                    });
        }
        return out.toString();
    }

    private String variable(SubText sub, String name, Where where) {
        Object own = sub.own().get(name);
        if (own != null) {
            return text(own, sub.ownPlace().key(name));
        }
        int dot = name.indexOf('.');
        Object value =
                dot > 0 && dot < name.length() - 1
                        ? scope.attribute(name.substring(0, dot), name.substring(dot + 1), where)
                        : scope.reference(name, where);
        if (!Tree.isScalar(value)) {
            throw where.wrong(
                    "variable ${"
                            + name
                            + "} must give text, but gives a "
                            + (value instanceof List
                                    ? "list; use Fn::Join in the second argument"
                                    : "map"));
        }
        return Tree.scalar(value, where);
    }

    private String join(Call call) {
        List<Object> arguments = call.arguments(2, "the delimiter and the list of values");
        String delimiter = Tree.text(arguments.get(0), call.inside().item(0));
        Where place = call.inside().item(1);
        List<String> texts = new ArrayList<>();
        List<Object> values = listOf(arguments.get(1), place, "Fn::Join");
        for (int i = 0; i < values.size(); i++) {
            texts.add(Tree.scalar(values.get(i), place.item(i)));
        }
        return String.join(delimiter, texts);
    }

    private Object select(Call call) {
        List<Object> arguments = call.arguments(2, "the index and the list of values");
        String index = text(arguments.get(0), call.inside().item(0));
        Where place = call.inside().item(1);
        List<Object> values = listOf(arguments.get(1), place, "Fn::Select");
        if (arguments.get(1) instanceof List<?> literal && literal.size() != values.size()) {
            // Whether the element counts is not documented, so no index after it would be sure.
            throw place.wrong("AWS::NoValue cannot stand in the list of Fn::Select");
        }
        if (!index.matches("[0-9]{1,9}") || Integer.parseInt(index) >= values.size()) {
            throw call.inside()
                    .wrong(
                            "Fn::Select cannot select nonexistent value at index "
                                    + index
                                    + " of "
                                    + values.size()
                                    + " values; the first has index 0");
        }
        return values.get(Integer.parseInt(index));
    }

    private List<Object> split(Call call) {
        List<Object> arguments = call.arguments(2, "the delimiter and the text");
        String delimiter = Tree.text(arguments.get(0), call.inside().item(0));
        if (delimiter.isEmpty()) {
            throw call.inside().item(0).wrong("the delimiter of Fn::Split must not be empty");
        }
        String text = text(arguments.get(1), call.inside().item(1));
        return List.of((Object[]) text.split(Pattern.quote(delimiter), -1));
    }

    private Optional<Object> branch(Call call) {
        List<Object> arguments =
                call.arguments(3, "the name of a condition, the value if true, the value if false");
        String condition = Tree.text(arguments.get(0), call.inside().item(0));
        int taken = scope.condition(condition, call.inside().item(0)) ? 1 : 2;
        return value(arguments.get(taken), call.inside().item(taken));
    }

    private Object findInMap(Call call) {
        if (call.argument() instanceof List<?> list && list.size() == 4) {
            throw call.where().unknown("DefaultValue of Fn::FindInMap");
        }
        List<Object> arguments =
                call.arguments(3, "the map, the top-level key and the second-level key");
        return scope.mapped(
                text(arguments.get(0), call.inside().item(0)),
                text(arguments.get(1), call.inside().item(1)),
                text(arguments.get(2), call.inside().item(2)),
                call.where());
    }

    private List<Object> listOf(Object value, Where where, String function) {
        Object result =
                value(value, where)
                        .orElseThrow(
                                () -> where.wrong(function + " needs a list, found AWS::NoValue"));
        if (!(result instanceof List<?>)) {
            throw where.wrong(function + " needs a list; for text use Fn::Split");
        }
        return Tree.list(result, where);
    }
}
