package io.bedrockbudgeteer.local.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An intrinsic function in its long form: a map whose only key is `Ref` or `Fn::…`.
///
/// @param where the map, not the argument
record Call(String function, Object argument, Where where) {

    static final String REF = "Ref";
    static final String GET_ATT = "Fn::GetAtt";
    static final String SUB = "Fn::Sub";
    static final String JOIN = "Fn::Join";
    static final String SELECT = "Fn::Select";
    static final String SPLIT = "Fn::Split";
    static final String IF = "Fn::If";
    static final String FIND_IN_MAP = "Fn::FindInMap";
    static final String BASE64 = "Fn::Base64";
    static final String AND = "Fn::And";
    static final String OR = "Fn::Or";
    static final String NOT = "Fn::Not";
    static final String EQUALS = "Fn::Equals";
    static final String CONTAINS = "Fn::Contains";
    static final String EACH_MEMBER_EQUALS = "Fn::EachMemberEquals";
    static final String EACH_MEMBER_IN = "Fn::EachMemberIn";

    /// Functions that give a value, for properties, metadata and outputs.
    static final Set<String> VALUES =
            Set.of(REF, GET_ATT, SUB, JOIN, SELECT, SPLIT, IF, FIND_IN_MAP, BASE64);

    /// Functions that decide something, for conditions and rules only.
    static final Set<String> DECISIONS =
            Set.of(AND, OR, NOT, EQUALS, CONTAINS, EACH_MEMBER_EQUALS, EACH_MEMBER_IN);

    /// The call that a value is, empty for data.
    ///
    /// @throws TemplateException when a function has siblings
    /// @throws io.bedrockbudgeteer.local.account.NotModelledException for a function that this
    ///   runner does not know
    static Optional<Call> of(Object value, Where where) {
        if (!(value instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = String.valueOf(entry.getKey());
            if (!key.equals(REF) && !key.startsWith("Fn::")) {
                continue;
            }
            if (!VALUES.contains(key) && !DECISIONS.contains(key)) {
                throw where.unknown("function " + key);
            }
            if (map.size() > 1) {
                throw where.wrong(
                        "function "
                                + key
                                + " must be the only key of its map, found "
                                + map.keySet());
            }
            Object argument = entry.getValue();
            if (argument == null) {
                throw where.wrong("function " + key + " has no argument");
            }
            return Optional.of(new Call(key, argument, where));
        }
        return Optional.empty();
    }

    /// Where the argument stands.
    Where inside() {
        return where.key(function);
    }

    /// The argument as a list of exactly so many elements.
    ///
    /// @param shape how the list must look, for the message
    List<Object> arguments(int count, String shape) {
        if (!(argument instanceof List<?> list) || list.size() != count) {
            throw inside().wrong("must be a list of " + count + ": " + shape);
        }
        return Tree.list(argument, inside());
    }

    /// The argument of `Ref`.
    String name() {
        if (argument instanceof String name && !name.isBlank()) {
            return name;
        }
        throw inside().wrong("must be the name of a parameter, a pseudo parameter or a resource");
    }

    /// The argument of `Fn::GetAtt`: logical id and attribute; the attribute may itself be a `Ref`.
    Target target() {
        if (argument instanceof String dotted) {
            int dot = dotted.indexOf('.');
            if (dot > 0 && dot < dotted.length() - 1) {
                return new Target(dotted.substring(0, dot), dotted.substring(dot + 1), inside());
            }
        }
        if (argument instanceof List<?> list
                && list.size() >= 2
                && list.getFirst() instanceof String id
                && !id.isBlank()) {
            List<Object> rest = Tree.list(argument, inside()).subList(1, list.size());
            if (rest.stream().allMatch(String.class::isInstance)) {
                // Longer lists are dotted attributes taken apart, as the SAM translator writes
                // them.
                return new Target(
                        id,
                        String.join(".", rest.stream().map(String.class::cast).toList()),
                        inside().item(1));
            }
            if (rest.size() == 1) {
                return new Target(id, rest.getFirst(), inside().item(1));
            }
        }
        throw inside().wrong("must be [logical id, attribute]");
    }

    /// What `Fn::GetAtt` points to.
    ///
    /// @param attribute text, or a `Ref` to a parameter
    record Target(String logicalId, Object attribute, Where attributePlace) {}
}
