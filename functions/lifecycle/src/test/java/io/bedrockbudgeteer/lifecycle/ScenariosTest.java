package io.bedrockbudgeteer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.testing.Scenario;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class ScenariosTest {

    private static Set<String> expected() {
        Set<String> ids = new HashSet<>(Set.of("X2", "X4", "X5", "X6"));
        for (int i = 1; i <= 18; i++) ids.add("L" + i);
        for (int i = 1; i <= 15; i++) ids.add("K" + i);
        return ids;
    }

    @Test
    void every_scenario_of_the_life_cycle_and_of_the_key_has_a_test() throws Exception {
        Set<String> found = new HashSet<>();
        for (Method method : methods()) {
            Scenario scenario = method.getAnnotation(Scenario.class);
            if (scenario == null) continue;
            assertThat(
                            method.isAnnotationPresent(Test.class)
                                    || method.isAnnotationPresent(ParameterizedTest.class))
                    .as("%s is run", method)
                    .isTrue();
            found.addAll(List.of(scenario.value()));
        }
        assertThat(found).isEqualTo(expected()).hasSize(37);
    }

    private static List<Method> methods()
            throws IOException, URISyntaxException, ClassNotFoundException {
        Path folder = Path.of(Objects.requireNonNull(ScenariosTest.class.getResource(".")).toURI());
        List<Method> methods = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith("Test.class")).toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                Class<?> type = Class.forName(ScenariosTest.class.getPackageName() + "." + name);
                methods.addAll(List.of(type.getDeclaredMethods()));
            }
        }
        return methods;
    }

    @Test
    void every_sample_event_is_there_and_none_lies_about_unused() throws Exception {
        Path folder =
                Path.of(Objects.requireNonNull(ScenariosTest.class.getResource("/events")).toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Samples.FILES)
                    .hasSize(7);
        }
    }
}
