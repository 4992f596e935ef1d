package io.bedrockbudgeteer.bench.cold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bedrockbudgeteer.packaging.Certificate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Starts the shipped zips as the comparison does, and compares what does not depend on the machine
/// with [Limits].
class ShippedStartIT {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    @TempDir private static Path work;
    private static Variants variants;
    private static Backend backend;

    @BeforeAll
    static void prepare() throws Exception {
        Certificate certificate = Certificate.make(work);
        variants = new Variants(PROJECT, work, certificate);
        backend = new Backend(certificate);
    }

    @AfterAll
    static void close() {
        backend.close();
    }

    @Test
    void nine_requests_stay_within_the_limits() throws Exception {
        Variant shipped = variants.shipped("shipped", "shipped", Map.of());

        Trial trial = start(shipped, ColdStart.event(backend.url("answer")));

        assertThat(trial.requests()).isEqualTo(Limits.REQUESTS);
        assertThat(trial.connections()).isEqualTo(Limits.CONNECTIONS);
        assertWithinLimits(shipped, trial);
    }

    /// The start of a function plays a whole Create, so that a Delete of something that was never
    /// made is enough to see what it loads. The start also opens a connection to each service that
    /// the function works with; one more is the answer's.
    @ParameterizedTest
    @CsvSource({
        "key-check, keycheck.KeyCheckFunction, Custom::KmsKeyCheck, 1",
        "key-grants, keygrants.KeyGrantsFunction, Custom::KmsKeyGrants, 2",
        "key-alarm, keyalarm.KeyAlarmFunction, Custom::KmsKeyAlarms, 1",
        "secure-parameter, secureparameter.SecureParameterFunction, Custom::SecureParameter, 1",
    })
    void each_guard_stays_within_the_limits(String name, String handler, String type, int services)
            throws Exception {
        Variant guard = variants.function(name, "io.bedrockbudgeteer." + handler);

        Trial trial = start(guard, delete(type));

        assertThat(trial.requests()).isEqualTo(List.of("answer PUT"));
        assertThat(trial.connections()).isEqualTo(services + 1);
        assertWithinLimits(guard, trial);
    }

    private static Trial start(Variant variant, String event) throws Exception {
        Trial trial = counted(variant, event);
        // A busy machine may be too slow once, and then the figures are those of a smaller start.
        for (int more = 2; more > 0 && !played(trial); more--) trial = counted(variant, event);
        assertThat(played(trial)).as(trial.output()).isTrue();
        assertThat(trial.output()).contains("\"classLoader\":\"own\"");
        return trial;
    }

    private static Trial counted(Variant variant, String event) throws Exception {
        return Trial.counted(variant, ColdStart.environment(backend), event, backend);
    }

    private static boolean played(Trial trial) {
        return trial.output().contains("\"rehearsal\":\"played\"");
    }

    private static void assertWithinLimits(Variant variant, Trial trial) throws Exception {
        assertThat(variant.packed()).as("bytes to upload").isLessThanOrEqualTo(Limits.UPLOAD_BYTES);
        assertThat(trial.classes()).as("classes").isLessThanOrEqualTo(Limits.CLASSES);
        assumeTrue(
                trial.peakKilobytes() > 0, "SKIPPED: this system has no /proc that tells memory");
        assertThat(trial.peakKilobytes() * 1024)
                .as("bytes of memory")
                .isLessThanOrEqualTo(Limits.PEAK_BYTES);
    }

    private static String delete(String type) {
        return """
        {"RequestType":"Delete","ServiceToken":"arn:aws:lambda:us-east-1:111122223333:function:bench","ResponseURL":"%s/answer?X-Amz-Signature=example",
         "StackId":"arn:aws:cloudformation:us-east-1:111122223333:stack/bench/0a1b2c3d-0000-1111-2222-333344445555","RequestId":"request-1","PhysicalResourceId":"bench-Bench-1A2B3C4D5E6F",
         "ResourceType":"%s","LogicalResourceId":"Bench","ResourceProperties":{"ServiceToken":"bench"}}
        """
                .formatted(backend.url("answer"), type);
    }
}
