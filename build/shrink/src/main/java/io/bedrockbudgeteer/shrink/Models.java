package io.bedrockbudgeteer.shrink;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which of the SDK's model classes (requests, answers and what they are made of) are needed. A
/// client's interface names those of every operation, and each has a builder behind the same
/// interface, so that a shrinker that follows calls keeps them all.
final class Models {
    private static final Pattern MODEL =
            Pattern.compile("software/amazon/awssdk/services/[a-z0-9]+/model/\\w+");
    // What is said at every call: the base types of a service and its errors.
    private static final Pattern ALWAYS =
            Pattern.compile(
                    "software/amazon/awssdk/services/(?<service>[a-z0-9]+)/model/(\\w+Exception|(?i:\\k<service>)(Request|Response|ResponseMetadata))");

    private static final String REQUEST = "Request";
    private static final String RESPONSE = "Response";

    private final Bundle libraries;
    private final Set<String> needed = new HashSet<>();

    private Models(Bundle libraries) {
        this.libraries = libraries;
    }

    /// Whether a class may go in: it is no model class, or one that is needed.
    ///
    /// @param users classes whose calls count
    static Set<String> needed(Bundle users, Bundle libraries) {
        Models models = new Models(libraries);
        Deque<String> open = new ArrayDeque<>();
        users.classes().forEach(name -> open.addAll(models.newOnes(users.code(name))));
        libraries
                .classes()
                .map(Models::outermost)
                .filter(name -> ALWAYS.matcher(name).matches() && models.needed.add(name))
                .forEach(open::add);
        while (!open.isEmpty()) open.addAll(models.behind(open.remove()));
        return models.needed;
    }

    /// Whether a class is one of the SDK's models or inside one.
    static boolean isModel(String className) {
        return MODEL.matcher(outermost(className)).matches();
    }

    static String outermost(String className) {
        int nested = className.indexOf('$');
        return nested < 0 ? className : className.substring(0, nested);
    }

    private Set<String> behind(String model) {
        Set<String> found = new HashSet<>();
        String nested = model + "$";
        if (libraries.has(model)) found.addAll(newOnes(libraries.code(model)));
        for (String name : libraries.files().subMap(nested, nested + Character.MAX_VALUE).keySet())
            found.addAll(newOnes(libraries.files().getOrDefault(name, new byte[0])));
        return found;
    }

    // Names stand in descriptors, signatures and class references: all are texts of the pool.
    private Set<String> newOnes(byte[] code) {
        Set<String> found = new HashSet<>();
        for (String text : Texts.of(code)) {
            Matcher matcher = MODEL.matcher(text);
            while (matcher.find()) take(matcher.group(), found);
        }
        return found;
    }

    // The answer to a request may be named nowhere but in the client, and the other way round.
    private void take(String model, Set<String> found) {
        if (needed.add(model)) found.add(model);
        String other =
                model.endsWith(REQUEST)
                        ? model.substring(0, model.length() - REQUEST.length()) + RESPONSE
                        : model.endsWith(RESPONSE)
                                ? model.substring(0, model.length() - RESPONSE.length()) + REQUEST
                                : model;
        if (libraries.has(other) && needed.add(other)) found.add(other);
    }
}
