package io.bedrockbudgeteer.local.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged command as a process of its own, as the start script runs it.
class CommandIT {

    @TempDir private Path folder;

    private record Ended(int exitCode, String out, String err) {}

    private Ended local(String... arguments) throws IOException, InterruptedException {
        Path target = ShippedTemplate.root().resolve("local/target");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xshare:auto",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dlocal.root=" + ShippedTemplate.root(),
                                "-cp",
                                target.resolve("local.jar")
                                        + java.io.File.pathSeparator
                                        + target.resolve("lib")
                                        + "/*",
                                "io.bedrockbudgeteer.local.Main"));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("ended in time").isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void json_has_one_object_per_step_with_events_in_order_and_nothing_else_on_standard_output()
            throws Exception {
        Ended ended = local("deploy", "-o", "json", "--then", "delete");
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        JsonNode steps = new ObjectMapper().readTree(ended.out());

        assertThat(steps).hasSize(2);
        assertThat(steps.get(0).path("status").asText()).isEqualTo("CREATE_COMPLETE");
        assertThat(steps.get(1).path("status").asText()).isEqualTo("DELETE_COMPLETE");
        for (JsonNode step : steps) {
            assertThat(names(step))
                    .contains(
                            "status",
                            "events",
                            "outputs",
                            "policyBefore",
                            "policyAfter",
                            "apiCalls",
                            "alarms",
                            "deadLetters",
                            "notModelled");
            List<Instant> times = new ArrayList<>();
            for (JsonNode event : step.path("events")) {
                assertThat(names(event))
                        .containsExactlyInAnyOrder(
                                "time", "logicalId", "type", "physicalId", "status", "reason");
                times.add(Instant.parse(event.path("time").asText()));
            }
            assertThat(times).hasSizeGreaterThan(60).isSortedAccordingTo(Comparator.naturalOrder());
            for (JsonNode call : step.path("apiCalls"))
                assertThat(names(call))
                        .containsExactlyInAnyOrder(
                                "time", "caller", "action", "resource", "allowed", "decidedBy");
        }
        assertThat(steps.get(1).path("policyAfter")).isEqualTo(steps.get(0).path("policyBefore"));
    }

    @Test
    void a_stack_that_fails_gives_exit_code_1_and_the_reason() throws Exception {
        Ended ended = local("deploy", "--key-state", "Disabled");
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.out()).contains("KEY008").contains("ROLLBACK_COMPLETE");
    }

    @Test
    void a_parameter_that_does_not_exist_gives_exit_code_2_and_one_sentence() throws Exception {
        Ended ended = local("deploy", "--parameter-overrides", "Colour=blue");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.err()).contains("Colour").doesNotContain("Exception", "\tat ");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
