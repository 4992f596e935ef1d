package io.bedrockbudgeteer.bench.cold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// One process from its start to the report of its first event.
///
/// @param initMillis from the start to the question for an event
/// @param firstMillis from the event to the report that it is done
/// @param initCpuMillis processor time of the process until it asked for an event
/// @param firstCpuMillis processor time of the process for the event
/// @param peakKilobytes most memory it had
/// @param requests what it asked AWS, in order; connections alone not counted
/// @param connections how many it asked on
/// @param classes that its JVM loaded; 0 when that was not counted
/// @param output what it printed
record Trial(
        double initMillis,
        double firstMillis,
        double initCpuMillis,
        double firstCpuMillis,
        long peakKilobytes,
        List<String> requests,
        int connections,
        int classes,
        String output) {
    private static final int SECONDS = 60;
    private static final double NANOS = 1e6;

    /// What a 512 MB function gets of a processor. Lambda Developer Guide, Configure Lambda
    /// function memory: 1,769 MB are one.
    static final double SHARE = 512.0 / 1769;

    double totalMillis() {
        return initMillis + firstMillis;
    }

    /// As it would be at 512 MB: the start has full processors, the event its share. An estimate.
    double totalAtShare() {
        return initMillis + Math.max(firstMillis, firstCpuMillis / SHARE);
    }

    double cpuMillis() {
        return initCpuMillis + firstCpuMillis;
    }

    /// As [#run], and counts the classes that the JVM loads, which takes time.
    static Trial counted(
            Variant variant, Map<String, String> environment, String event, Backend backend)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("classes", ".log");
        List<String> options = List.of("-Xlog:class+load=info:file=" + log + "::filesize=0");
        try {
            Trial trial = run(variant.with(options), environment, event, backend);
            try (Stream<String> lines = Files.lines(log)) {
                int classes = (int) lines.filter(l -> l.contains("source:")).count();
                return trial.with(classes, trial.output);
            }
        } finally {
            Files.delete(log);
        }
    }

    private Trial with(int newClasses, String newOutput) {
        return new Trial(
                initMillis,
                firstMillis,
                initCpuMillis,
                firstCpuMillis,
                peakKilobytes,
                requests,
                connections,
                newClasses,
                newOutput);
    }

    static Trial run(
            Variant variant, Map<String, String> environment, String event, Backend backend)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("function", ".log");
        try (RuntimeApi api = new RuntimeApi()) {
            ProcessBuilder builder =
                    new ProcessBuilder(variant.command())
                            .directory(variant.folder().toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            builder.environment().putAll(variant.environment());
            builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
            backend.takeRequests();
            backend.takeConnections();
            backend.takeAnswers();
            long start = System.nanoTime();
            Process process = builder.start();
            try {
                return measured(variant, process, api, start, event, backend)
                        .with(0, Files.readString(output));
            } catch (IOException e) {
                throw new IOException(
                        variant.name() + ": " + e.getMessage() + "\n" + Files.readString(output),
                        e);
            } finally {
                process.destroyForcibly().waitFor();
            }
        } finally {
            Files.delete(output);
        }
    }

    private static Trial measured(
            Variant variant,
            Process process,
            RuntimeApi api,
            long start,
            String event,
            Backend backend)
            throws IOException, InterruptedException {
        long ready = await(api.ready(), process);
        double initCpu = cpu(process);
        long sent = System.nanoTime();
        api.send(event);
        long done = await(api.done(), process);
        double cpu = cpu(process);
        long peak = peak(process);
        List<String> answers = backend.takeAnswers();
        if (answers.size() != 1 || !answers.getFirst().contains("SUCCESS"))
            throw new IOException(variant.name() + " answered " + answers);
        return new Trial(
                (ready - start) / NANOS,
                (done - sent) / NANOS,
                initCpu,
                cpu - initCpu,
                peak,
                backend.takeRequests(),
                backend.takeConnections(),
                0,
                "");
    }

    private static long await(CompletableFuture<Long> moment, Process process)
            throws IOException, InterruptedException {
        for (int second = 0; second < SECONDS; second++) {
            try {
                return moment.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException _) {
                if (!process.isAlive())
                    throw new IOException("the process ended with " + process.exitValue());
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            }
        }
        throw new IOException("nothing came within " + SECONDS + " s");
    }

    private static double cpu(Process process) {
        return process.info().totalCpuDuration().map(d -> d.toNanos() / NANOS).orElse(0.0);
    }

    private static long peak(Process process) {
        Path status = Path.of("/proc/" + process.pid() + "/status");
        if (!Files.isReadable(status)) return 0;
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0L);
        } catch (IOException e) {
            return 0;
        }
    }
}
