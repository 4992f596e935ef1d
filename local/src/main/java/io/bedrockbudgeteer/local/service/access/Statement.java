package io.bedrockbudgeteer.local.service.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.NotModelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// One statement of a policy.
///
/// @param index from 0; names a statement without Sid
/// @param principal Principal or NotPrincipal; empty in identity policies
/// @param action empty when neither Action nor NotAction is there: the statement then has no effect
/// @param resource empty when neither Resource nor NotResource is there: in a key policy the
///   statement then has no effect
public record Statement(
        int index,
        String sid,
        boolean allow,
        Optional<Element> principal,
        Optional<Element> action,
        Optional<Element> resource,
        List<Condition> conditions) {

    private static final Set<String> MEMBERS =
            Set.of(
                    "Sid",
                    "Effect",
                    "Principal",
                    "NotPrincipal",
                    "Action",
                    "NotAction",
                    "Resource",
                    "NotResource",
                    "Condition");

    public Statement {
        conditions = List.copyOf(conditions);
    }

    /// An element or its negation. Principals stand as `AWS x`, `Service x`, ..., or `*` alone.
    public record Element(boolean negated, List<String> values) {
        public Element {
            values = List.copyOf(values);
        }
    }

    static Statement of(int index, JsonNode node) {
        if (!node.isObject())
            throw new NotModelledException("statement " + index + ", which is not an object");
        for (var member : node.properties()) {
            if (!MEMBERS.contains(member.getKey())) {
                throw new NotModelledException(
                        "element " + member.getKey() + " of statement " + index);
            }
        }
        String effect = node.path("Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw new NotModelledException("effect '" + effect + "' of statement " + index);
        }
        return new Statement(
                index,
                node.path("Sid").asText(""),
                effect.equals("Allow"),
                element(node, "Principal", Statement::principals),
                element(node, "Action", Statement::texts),
                element(node, "Resource", Statement::texts),
                node.has("Condition") ? Condition.listOf(node.get("Condition")) : List.of());
    }

    /// Sid, or the position when there is none.
    public String name() {
        return sid.isEmpty() ? "#" + (index + 1) : sid;
    }

    /// Action names are compared without regard to case (IAM User Guide, "IAM JSON policy elements:
    /// Action").
    boolean coversAction(String wanted) {
        return action.isPresent()
                && action.get().values().stream().anyMatch(p -> Glob.matchesIgnoringCase(p, wanted))
                        != action.get().negated();
    }

    private static Optional<Element> element(
            JsonNode node, String name, Function<JsonNode, List<String>> read) {
        JsonNode plain = node.get(name);
        JsonNode negated = node.get("Not" + name);
        if (plain != null && negated != null)
            throw new NotModelledException(name + " beside Not" + name);
        if (plain != null) return Optional.of(new Element(false, read.apply(plain)));
        return negated == null
                ? Optional.empty()
                : Optional.of(new Element(true, read.apply(negated)));
    }

    private static List<String> texts(JsonNode node) {
        return Json.list(node).stream().map(JsonNode::asText).toList();
    }

    private static List<String> principals(JsonNode node) {
        if (node.isTextual() && node.asText().equals("*")) return List.of("*");
        if (!node.isObject()) throw new NotModelledException("principal " + node);
        List<String> all = new ArrayList<>();
        for (var member : node.properties()) {
            for (String value : texts(member.getValue())) all.add(member.getKey() + " " + value);
        }
        return all;
    }
}
