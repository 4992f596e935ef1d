package io.bedrockbudgeteer.keyguard.aws;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.net.ssl.HttpsURLConnection;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.regions.Region;

/// Runs work once while a function starts, against answers that are made up in this process: no
/// credentials, no effect. Loading and linking classes is most of a first invocation, and the
/// start-up phase has more processor time than the invocation. The connections that the work would
/// need are opened meanwhile ([Connections]). Whatever goes wrong, the function starts, and the
/// first invocation does what is missing then. Source: Lambda Developer Guide, Understanding the
/// Lambda execution environment lifecycle.
public final class Rehearsal {
    /// Set to `off`, a function starts without a rehearsal.
    public static final String VARIABLE = "KEYGUARD_REHEARSAL";

    // Lambda gives the start-up phase ten seconds.
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration LONGEST_FOR_CONNECTIONS = Duration.ofSeconds(2);

    private Rehearsal() {}

    /// Who answers instead of AWS.
    @FunctionalInterface
    public interface Script {
        /// @param service by which requests are signed, such as `kms`
        /// @param operation such as `DescribeKey`
        /// @param body of the request
        /// @return body of the answer
        byte[] answer(String service, String operation, byte[] body);
    }

    /// What became of it, for the log.
    ///
    /// @param result `played`, `off`, `too slow`, or the class of what went wrong
    /// @param connections such as `kms.us-east-1.amazonaws.com: open`, one after the other
    /// @param millis how long it took
    public record Report(String result, String connections, long millis) {
        static final Report OFF = new Report("off", "", 0);

        /// Whether the first invocation has to do what was to be done before.
        public boolean isIncomplete() {
            return !result.equals("played") || connections.contains("failed");
        }
    }

    /// As [#play(Environment, Map, Script, Consumer, BiConsumer)], with nothing beside it.
    public static Report play(
            Environment process,
            Map<String, String> made,
            Script script,
            BiConsumer<AwsClients, Environment> play) {
        return play(process, made, script, _ -> {}, play);
    }

    /// Runs `play` and reports what became of it.
    ///
    /// @param process environment of the function: Region and endpoints
    /// @param made variables that are made up for the rehearsal
    /// @param beside calls that the play comes to late, made meanwhile on another thread and on
    ///   clients of their own, because a starting function has more than one processor; what
    ///   becomes of them does not matter
    /// @param play is handed clients that answer from the script, and the environment to work in:
    ///   waits are a thousandth
    public static Report play(
            Environment process,
            Map<String, String> made,
            Script script,
            Consumer<AwsClients> beside,
            BiConsumer<AwsClients, Environment> play) {
        if (process.get(VARIABLE).filter(v -> v.toLowerCase(Locale.ROOT).equals("off")).isPresent())
            return Report.OFF;
        long start = System.nanoTime();
        Connections connections = new Connections();
        String result;
        try {
            Environment environment = new Backstage(process, made);
            Stage stage = new Stage(script, connections);
            FutureTask<String> task =
                    begun("rehearsal", () -> play.accept(clients(environment, stage), environment));
            var _ = begun("rehearsal-beside", () -> beside.accept(clients(environment, stage)));
            // Reads the trust store and makes the random numbers' source, while the rehearsal goes
            // on.
            HttpsURLConnection.getDefaultSSLSocketFactory();
            result = ended(task);
        } catch (Throwable e) { // linkage errors too: the invocation will meet them and can answer
            result = e.getClass().getSimpleName();
        }
        String opened = connections.await(LONGEST_FOR_CONNECTIONS);
        return new Report(result, opened, Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private static FutureTask<String> begun(String name, Runnable work) {
        FutureTask<String> task = new FutureTask<>(work, "played");
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static AwsClients clients(Environment environment, Stage stage) {
        return new AwsClients(
                Region.of(environment.required("AWS_REGION")),
                () -> AwsSessionCredentials.create("rehearsal", "rehearsal", "rehearsal"),
                environment,
                stage,
                _ -> {});
    }

    private static String ended(FutureTask<String> task) throws Throwable {
        try {
            return task.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            task.cancel(true);
            return "too slow";
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /// The environment of the process, with some variables of its own and short waits.
    private record Backstage(Environment process, Map<String, String> made) implements Environment {
        @Override
        public Optional<String> get(String name) {
            return Optional.ofNullable(made.get(name)).or(() -> process.get(name));
        }

        @Override
        public Pace pace() {
            return new Pace(1000);
        }
    }
}
