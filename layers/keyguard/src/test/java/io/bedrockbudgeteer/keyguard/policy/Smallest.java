package io.bedrockbudgeteer.keyguard.policy;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonSyntaxException;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Makes a policy text smaller for as long as something holds of it: takes out statements, members
/// and list items, many at once first, takes single items out of their list and shortens strings.
/// Greedy, and gives up after a bounded number of tries; what it returns is never worse than what
/// it was given.
final class Smallest {
    private static final int TRIES = 2_000;

    private final Predicate<String> holds;
    private String text;
    private List<Json> values;
    private int tries;

    private Smallest(String text, Predicate<String> holds) {
        this.text = text;
        this.values = values(text);
        this.holds = holds;
    }

    /// @param text for which `holds` is true
    static String of(String text, Predicate<String> holds) {
        try {
            Smallest smallest = new Smallest(text, holds);
            smallest.shrink();
            return smallest.text;
        } catch (JsonSyntaxException e) {
            return text; // no JSON, and so nothing to take out
        }
    }

    private void shrink() {
        // White space and escapes rarely matter. Where they do, what is cut out below leaves them
        // as they are everywhere else.
        accepts(JsonText.write(values.getFirst()));
        int before;
        do {
            before = text.length();
            for (int i = 0; i < values.size(); i++) shrink(i);
        } while (text.length() < before && tries < TRIES);
    }

    private boolean accepts(String smaller) {
        if (smaller.length() >= text.length() || tries++ >= TRIES || !holds.test(smaller))
            return false;
        text = smaller;
        values = values(smaller);
        return true;
    }

    /// All values of a text, from the outside to the inside.
    private static List<Json> values(String text) {
        List<Json> values = new ArrayList<>();
        values.add(JsonReader.read(text));
        for (int i = 0; i < values.size(); i++) values.addAll(children(values.get(i)));
        return values;
    }

    private static List<Json> children(Json value) {
        return switch (value) {
            case Json.Obj object -> List.copyOf(object.members().values());
            case Json.Arr array -> array.items();
            default -> List.of();
        };
    }

    /// Whatever is taken out lies inside value `index`, so the values before it keep their places.
    private void shrink(int index) {
        for (int run = children(values.get(index)).size(); run > 0 && tries < TRIES; run /= 2)
            for (int first = 0; first < children(values.get(index)).size(); )
                if (!accepts(without(values.get(index), first, run))) first += run;
        Json value = values.get(index);
        if (value instanceof Json.Arr array && array.items().size() == 1)
            accepts(with(value, array.items().getFirst().in(text)));
        if (value instanceof Json.Str string) shorten(index, string.value());
    }

    private void shorten(int index, String string) {
        if (accepts(with(values.get(index), "\"\""))) return;
        String shorter = string;
        for (int run = string.length() / 2; run > 0 && tries < TRIES; run /= 2)
            for (int first = 0; first < shorter.length(); ) {
                int end = Math.min(shorter.length(), first + run);
                String candidate = shorter.substring(0, first) + shorter.substring(end);
                if (accepts(with(values.get(index), JsonText.quote(candidate))))
                    shorter = candidate;
                else first += run;
            }
    }

    private String with(Json value, String replacement) {
        return text.substring(0, value.start()) + replacement + text.substring(value.end());
    }

    /// The text without some children of a value, and without their names and commas.
    private String without(Json value, int first, int count) {
        List<Json> children = children(value);
        int end = Math.min(children.size(), first + count);
        int from = first > 0 ? children.get(first - 1).end() : value.start() + 1;
        int to = children.get(end - 1).end();
        if (first == 0) to = end == children.size() ? value.end() - 1 : text.indexOf(',', to) + 1;
        return text.substring(0, from) + text.substring(to);
    }
}
