package io.bedrockbudgeteer.bench.cold;

import io.bedrockbudgeteer.bench.Machine;
import io.bedrockbudgeteer.packaging.Certificate;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/// A run of the comparison: every variant once per round, in an order that the seed decides, so
/// that a busy moment of the machine hits all of them.
public final class ColdStart {
    private static final int WARM_UP = 1;

    private final Path project;
    private final PrintStream progress;

    /// @param project folder of the project, built
    public ColdStart(Path project, PrintStream progress) {
        this.project = project;
        this.progress = progress;
    }

    /// @param rounds that count
    /// @param seed of the order
    /// @throws IOException when a variant does not do the work, with what it printed
    public ColdStartResults run(int rounds, long seed, LocalDate today)
            throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("cold-start");
        try {
            Certificate certificate = Certificate.make(work);
            List<Variant> variants = new Variants(project, work, certificate).all();
            try (Backend backend = new Backend(certificate)) {
                return measured(variants, backend, rounds, seed, today);
            }
        } finally {
            delete(work);
        }
    }

    private ColdStartResults measured(
            List<Variant> variants, Backend backend, int rounds, long seed, LocalDate today)
            throws IOException, InterruptedException {
        Map<String, List<Trial>> trials = new LinkedHashMap<>();
        for (Variant variant : variants) trials.put(variant.id(), new ArrayList<>());
        Map<String, Integer> classes = new LinkedHashMap<>();
        for (Variant variant : variants)
            if (variant.isJava())
                classes.put(
                        variant.id(),
                        Trial.counted(variant, environment(backend), event(backend), backend)
                                .classes());
        Random order = new Random(seed);
        for (int round = 1 - WARM_UP; round <= rounds; round++) {
            progress.println("round " + round + " of " + rounds);
            List<Variant> shuffled =
                    new ArrayList<>(variants.stream().filter(Variant::isHere).toList());
            Collections.shuffle(shuffled, order);
            for (Variant variant : shuffled) {
                Trial trial = Trial.run(variant, environment(backend), event(backend), backend);
                if (!trial.requests().equals(Limits.REQUESTS))
                    throw new IOException(variant.name() + " asked " + trial.requests());
                if (round >= 1)
                    trials.computeIfAbsent(variant.id(), _ -> new ArrayList<>()).add(trial);
            }
        }
        return ColdStartResults.of(today, Machine.here(), seed, variants, trials, classes);
    }

    static Map<String, String> environment(Backend backend) {
        return Map.ofEntries(
                Map.entry("AWS_REGION", "us-east-1"),
                Map.entry("AWS_DEFAULT_REGION", "us-east-1"),
                Map.entry("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "example"),
                Map.entry("AWS_SESSION_TOKEN", "example"),
                Map.entry("AWS_EC2_METADATA_DISABLED", "true"),
                Map.entry("AWS_ENDPOINT_URL", backend.url("kms")),
                Map.entry("AWS_ENDPOINT_URL_KMS", backend.url("kms")),
                Map.entry("AWS_ENDPOINT_URL_IAM", backend.url("iam")),
                Map.entry("AWS_ENDPOINT_URL_CLOUDWATCH", backend.url("monitoring")),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", "bench"),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/bench"),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "bench"),
                Map.entry("AWS_LAMBDA_LOG_FORMAT", "JSON"),
                Map.entry("AWS_LAMBDA_LOG_LEVEL", "INFO"),
                Map.entry("LAMBDA_TASK_ROOT", "/var/task"));
    }

    private static String event(Backend backend) {
        return event(backend.url("answer"));
    }

    static String event(String answer) {
        return """
        {"RequestType":"Create","ServiceToken":"arn:aws:lambda:us-east-1:111122223333:function:bench","ResponseURL":"%s/answer?X-Amz-Signature=example",
         "StackId":"arn:aws:cloudformation:us-east-1:111122223333:stack/bench/0a1b2c3d-0000-1111-2222-333344445555","RequestId":"request-1",
         "ResourceType":"Custom::KmsKeyCheck","LogicalResourceId":"Bench","ResourceProperties":{"ServiceToken":"bench","KeyArn":"%s","Roles":["first","second","third"]}}
        """
                .formatted(answer, Backend.KEY);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
