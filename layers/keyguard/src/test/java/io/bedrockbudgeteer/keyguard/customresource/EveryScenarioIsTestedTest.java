package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.testing.Scenario;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/// The tests of this package prove the scenarios of the transport, T1 to T33, and two of those that
/// came later. A scenario whose test is deleted or switched off is missed here.
class EveryScenarioIsTestedTest {
    private static final int TRANSPORT = 33;

    private static Set<String> expected() {
        Set<String> ids = new TreeSet<>(Set.of("X1", "X3"));
        for (int i = 1; i <= TRANSPORT; i++) ids.add("T" + i);
        return ids;
    }

    private static List<Method> marked() throws IOException, URISyntaxException {
        Path folder =
                Path.of(
                        Objects.requireNonNull(EveryScenarioIsTestedTest.class.getResource("."))
                                .toURI());
        List<Method> marked = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith("Test.class")).toList())
                for (Method method : type(file).getDeclaredMethods())
                    if (method.isAnnotationPresent(Scenario.class)) marked.add(method);
        }
        return marked;
    }

    private static Class<?> type(Path file) {
        String name = file.getFileName().toString().replace(".class", "");
        try {
            return Class.forName(
                    EveryScenarioIsTestedTest.class.getPackageName() + "." + name,
                    false,
                    EveryScenarioIsTestedTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name, e);
        }
    }

    @Test
    void each_scenario_has_a_test_and_no_test_an_unknown_one() throws Exception {
        Set<String> found = new TreeSet<>();
        for (Method method : marked())
            found.addAll(List.of(method.getAnnotation(Scenario.class).value()));
        assertThat(found).isEqualTo(expected()).hasSize(35);
    }

    @Test
    void what_is_marked_is_a_test_that_runs() throws Exception {
        for (Method method : marked())
            assertThat(
                            (method.isAnnotationPresent(Test.class)
                                            || method.isAnnotationPresent(ParameterizedTest.class))
                                    && !method.isAnnotationPresent(Disabled.class)
                                    && !method.getDeclaringClass()
                                            .isAnnotationPresent(Disabled.class))
                    .as(method.toString())
                    .isTrue();
    }
}
