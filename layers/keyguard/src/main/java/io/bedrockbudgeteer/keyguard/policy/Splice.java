package io.bedrockbudgeteer.keyguard.policy;

import java.util.Comparator;
import java.util.List;

/// One replacement in a text; every byte outside stays.
///
/// @param from index of the first character that goes
/// @param to index behind the last one that goes
record Splice(int from, int to, String replacement) {

    private static final Comparator<Splice> IN_ORDER =
            Comparator.comparingInt(Splice::from).thenComparingInt(Splice::to);

    static String apply(String text, List<Splice> splices) {
        StringBuilder out = new StringBuilder(text.length() + 1024);
        int at = 0;
        for (Splice splice : splices.stream().sorted(IN_ORDER).toList()) {
            out.append(text, at, splice.from()).append(splice.replacement());
            at = splice.to();
        }
        return out.append(text, at, text.length()).toString();
    }
}
