package io.bedrockbudgeteer.local.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One use of a name: by `Ref`, `Fn::GetAtt` or a variable of `Fn::Sub`.
///
/// @param name a parameter, pseudo parameter or logical id
/// @param attribute present for `Fn::GetAtt` and `${Name.Attribute}`; empty also when the attribute
///   is a `Ref`
/// @param isAttribute whether an attribute is asked for
record Reference(String name, Optional<String> attribute, boolean isAttribute, Where where) {

    /// Which branches of `Fn::If` count.
    interface Branches {
        boolean counts(String condition, boolean branch, Where where);
    }

    /// All uses in a value, in document order.
    ///
    /// @throws TemplateException for a function that is malformed or cannot stand in a resource or
    ///   output
    static List<Reference> in(Object value, Where where, Branches branches) {
        List<Reference> out = new ArrayList<>();
        collect(value, where, branches, out);
        return out;
    }

    private static void collect(Object value, Where where, Branches branches, List<Reference> out) {
        Optional<Call> call = Call.of(value, where);
        if (call.isPresent()) {
            collect(call.get(), branches, out);
        } else if (value instanceof Map<?, ?> map) {
            Tree.map(map, where)
                    .forEach((key, inner) -> collect(inner, where.key(key), branches, out));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                collect(Tree.list(list, where).get(i), where.item(i), branches, out);
            }
        }
    }

    private static void collect(Call call, Branches branches, List<Reference> out) {
        switch (call.function()) {
            case Call.REF -> {
                if (!call.name().equals(Pseudo.NO_VALUE)) {
                    out.add(new Reference(call.name(), Optional.empty(), false, call.where()));
                }
            }
            case Call.GET_ATT -> {
                Call.Target target = call.target();
                Optional<String> attribute =
                        target.attribute() instanceof String text
                                ? Optional.of(text)
                                : Optional.empty();
                out.add(new Reference(target.logicalId(), attribute, true, call.where()));
                collect(target.attribute(), target.attributePlace(), branches, out);
            }
            case Call.SUB -> {
                SubText sub = SubText.of(call);
                sub.outerNames().forEach(name -> out.add(ofVariable(name, call.where())));
                sub.own()
                        .forEach((name, inner) ->
                                collect(inner, sub.ownPlace().key(name), branches, out));
            }
            case Call.IF -> {
                List<Object> arguments =
                        call.arguments(
                                3,
                                "the name of a condition, the value if true, the value if false");
                String condition = Tree.text(arguments.get(0), call.inside().item(0));
                if (branches.counts(condition, true, call.inside().item(0))) {
                    collect(arguments.get(1), call.inside().item(1), branches, out);
                }
                if (branches.counts(condition, false, call.inside().item(0))) {
                    collect(arguments.get(2), call.inside().item(2), branches, out);
                }
            }
            case Call.JOIN, Call.SELECT, Call.SPLIT, Call.FIND_IN_MAP, Call.BASE64 ->
                    collect(call.argument(), call.inside(), branches, out);
            default ->
                    throw call.where()
                            .wrong(
                                    "function "
                                            + call.function()
                                            + " cannot stand in resources and outputs; put it into Conditions and use Fn::If");
        }
    }

    private static Reference ofVariable(String name, Where where) {
        int dot = name.indexOf('.');
        return dot > 0 && dot < name.length() - 1
                ? new Reference(
                        name.substring(0, dot), Optional.of(name.substring(dot + 1)), true, where)
                : new Reference(name, Optional.empty(), false, where);
    }
}
