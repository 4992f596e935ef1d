package io.bedrockbudgeteer.keyguard.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    // Without TLS, so that no connection is opened.
    private static final Map<String, String> NOWHERE =
            Map.of("AWS_REGION", "eu-central-1", "AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private final List<String> asked = new ArrayList<>();

    private Rehearsal.Report play(BiConsumer<AwsClients, Environment> play) {
        return Rehearsal.play(
                _ -> Optional.empty(),
                NOWHERE,
                (service, operation, body) -> {
                    asked.add(
                            service
                                    + " "
                                    + operation
                                    + " "
                                    + new String(body, StandardCharsets.UTF_8));
                    return NOTHING;
                },
                play);
    }

    @Test
    void the_script_answers_instead_of_aws() {
        Rehearsal.Report report =
                play((clients, _) -> clients.kms().describeKey(request -> request.keyId("k")));
        assertThat(report.result()).isEqualTo("played");
        assertThat(report.isIncomplete()).isFalse();
        assertThat(report.connections()).isEmpty();
        assertThat(asked).containsExactly("kms DescribeKey {\"KeyId\":\"k\"}");
    }

    @Test
    void what_is_done_beside_it_is_answered_from_the_script_too() throws Exception {
        CompletableFuture<String> policy = new CompletableFuture<>();
        Rehearsal.play(
                _ -> Optional.empty(),
                NOWHERE,
                (_, operation, _) ->
                        "{\"Policy\":\"%s\"}".formatted(operation).getBytes(StandardCharsets.UTF_8),
                clients ->
                        policy.complete(
                                clients.kms().getKeyPolicy(request -> request.keyId("k")).policy()),
                (_, _) -> {});
        assertThat(policy.get(10, TimeUnit.SECONDS)).isEqualTo("GetKeyPolicy");
    }

    @Test
    void what_goes_wrong_beside_it_does_not_matter() {
        Rehearsal.Report report =
                Rehearsal.play(
                        _ -> Optional.empty(),
                        NOWHERE,
                        (_, _, _) -> NOTHING,
                        _ -> {
                            throw new NoClassDefFoundError("beside");
                        },
                        (_, _) -> {});
        assertThat(report.result()).isEqualTo("played");
        assertThat(report.isIncomplete()).isFalse();
    }

    @Test
    void each_protocol_says_its_operation() {
        play((clients, _) -> {
            try {
                clients.iam().getRole(request -> request.roleName("r"));
            } catch (RuntimeException _) {
                // {} is no XML; what was asked is what counts
            }
            try {
                clients.cloudWatch().describeAlarms();
            } catch (RuntimeException _) {
                // nor CBOR
            }
        });
        assertThat(asked)
                .extracting(line -> line.split(" ")[0] + " " + line.split(" ")[1])
                .contains("iam GetRole", "monitoring DescribeAlarms");
    }

    @Test
    void waits_are_short_and_variables_can_be_made_up() {
        List<Object> seen = new ArrayList<>();
        play((_, environment) -> {
            seen.add(environment.pace().of(Duration.ofSeconds(5)));
            seen.add(environment.required("AWS_REGION"));
        });
        assertThat(seen).containsExactly(Duration.ofMillis(5), "eu-central-1");
    }

    @Test
    void whatever_goes_wrong_is_only_reported() {
        assertThat(
                        play(
                                        (_, _) -> {
                                            throw new NoClassDefFoundError("x");
                                        })
                                .result())
                .isEqualTo("NoClassDefFoundError");
        assertThat(
                        play((_, _) -> {
                            throw new IllegalStateException("x");
                        }))
                .extracting(Rehearsal.Report::isIncomplete)
                .isEqualTo(true);
    }
}
