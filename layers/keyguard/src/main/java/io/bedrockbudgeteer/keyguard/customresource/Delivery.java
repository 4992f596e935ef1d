package io.bedrockbudgeteer.keyguard.customresource;

import io.bedrockbudgeteer.keyguard.aws.Connections;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import javax.net.ssl.SSLException;

/// Puts one answer to its URL until it is delivered, cannot be, or time is up. Delivered means
/// status 2xx.
///
/// A PUT of the same bytes may be repeated: S3 keeps the last one. What the status codes mean:
/// Amazon S3 API Reference, Error responses.
class Delivery {
    static final int ATTEMPTS = 5;
    // Connect + read of two attempts and the first wait fit into the reserve of the watchdog.
    private static final Duration CONNECT = Duration.ofMillis(2500);
    private static final Duration READ = Duration.ofSeconds(4);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    // Less time than this does not carry an attempt.
    private static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(50);

    private final ResponseUrl url;
    private final Deadline deadline;
    private final Journal journal;
    private final DoubleSupplier jitter;

    Delivery(ResponseUrl url, Deadline deadline, Journal journal) {
        this(url, deadline, journal, () -> ThreadLocalRandom.current().nextDouble());
    }

    /// @param jitter numbers from 0 to 1, for tests
    Delivery(ResponseUrl url, Deadline deadline, Journal journal, DoubleSupplier jitter) {
        this.url = url;
        this.deadline = deadline;
        this.journal = journal;
        this.jitter = jitter;
    }

    enum Verdict {
        DELIVERED,
        RETRY,
        FINAL
    }

    /// @param status HTTP status; 0 when there was none
    /// @param problem class of the exception; empty when there was none
    private record Attempt(Verdict verdict, int status, String problem) {}

    /// Returns when the answer is delivered.
    ///
    /// @throws CannotAnswer when it is not; Lambda should run the event again
    void put(byte[] body) {
        for (int number = 1; number <= ATTEMPTS; number++) {
            if (deadline.remaining().compareTo(SHORTEST_ATTEMPT) < 0)
                throw undelivered("the time is up");
            long start = System.nanoTime();
            Attempt attempt = attempt(body);
            log(number, attempt, Duration.ofNanos(System.nanoTime() - start));
            switch (attempt.verdict()) {
                case DELIVERED -> {
                    return;
                }
                case FINAL ->
                        throw undelivered(
                                attempt.status() == 0
                                        ? attempt.problem()
                                        : "HTTP status " + attempt.status());
                case RETRY -> {
                    if (number < ATTEMPTS) deadline.pause(waitAfter(number));
                }
            }
        }
        throw undelivered(ATTEMPTS + " attempts failed");
    }

    // Full jitter, so that many functions that failed together do not come back together.
    private Duration waitAfter(int attempt) {
        Duration most = FIRST_WAIT.multipliedBy(1L << (attempt - 1));
        if (most.compareTo(LONGEST_WAIT) > 0) most = LONGEST_WAIT;
        return Duration.ofMillis((long) (most.toMillis() * jitter.getAsDouble()));
    }

    private Attempt attempt(byte[] body) {
        HttpURLConnection connection = null;
        boolean little = false;
        try {
            connection = connect();
            little = Connections.offerLittle(connection);
            prepare(connection, body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            // The body of the answer is left alone: a slow one could outlast the deadline, and
            // getInputStream() throws on an error, with the URL in its message.
            int status = connection.getResponseCode();
            return new Attempt(meaning(status), Math.max(0, status), "");
        } catch (IOException e) {
            if (connection != null && little && isFinal(e) && !isAboutCertificate(e)) {
                // Nothing was sent. Once more at once, with all that TLS can offer.
                Connections.failed(connection.getURL().getAuthority());
                return attempt(body);
            }
            return new Attempt(
                    isFinal(e) ? Verdict.FINAL : Verdict.RETRY, 0, e.getClass().getSimpleName());
        } catch (RuntimeException e) { // the JDK finds fault with the URL and quotes it
            return new Attempt(Verdict.FINAL, 0, e.getClass().getSimpleName());
        } finally {
            if (connection != null) connection.disconnect();
        }
    }

    /// A connection that is not open yet. Tests put something faster in its place.
    HttpURLConnection connect() throws IOException {
        return url.connection();
    }

    private void prepare(HttpURLConnection connection, int length) throws IOException {
        connection.setRequestMethod("PUT");
        connection.setDoOutput(true);
        connection.setUseCaches(false);
        // Without a fixed length the JDK silently sends a PUT again when the server closes without
        // an answer.
        connection.setFixedLengthStreamingMode(length);
        // The JDK would follow a redirect with the body, to another host.
        connection.setInstanceFollowRedirects(false);
        connection.setConnectTimeout(clip(CONNECT));
        connection.setReadTimeout(clip(READ));
        // No Content-Type: a pre-signed URL may have signed its absence.
    }

    private int clip(Duration time) {
        long left = deadline.remaining().toMillis();
        return (int) Math.max(1, Math.min(time.toMillis(), left)); // 0 would mean: for ever
    }

    static Verdict meaning(int status) {
        if (status >= 200 && status < 300) return Verdict.DELIVERED;
        return switch (status) {
            case 307, 308, 408, 429, 500, 502, 503, 504 -> Verdict.RETRY;
            case -1 -> Verdict.RETRY; // the server closed or sent no HTTP
            default -> Verdict.FINAL;
        };
    }

    // A wrong certificate stays wrong. A connection that broke during the handshake is an
    // SSLException too, but may work next time.
    private static boolean isFinal(IOException e) {
        if (!(e instanceof SSLException)) return false;
        for (Throwable t = e.getCause(); t != null; t = t.getCause())
            if (t instanceof EOFException || t instanceof SocketException) return false;
        return true;
    }

    private static boolean isAboutCertificate(IOException e) {
        for (Throwable t = e.getCause(); t != null; t = t.getCause())
            if (t instanceof CertificateException) return true;
        return false;
    }

    private void log(int number, Attempt attempt, Duration took) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("attempt", number);
        if (attempt.status() > 0) details.put("status", attempt.status());
        if (!attempt.problem().isEmpty()) details.put("problem", attempt.problem());
        details.put("millis", took.toMillis());
        if (attempt.verdict() == Verdict.DELIVERED) {
            journal.info("answer-delivered", details);
            return;
        }
        if (attempt.status() == 403)
            details.put(
                    "hint",
                    "The response URL has expired, or a VPC endpoint policy does not allow the bucket cloudformation-custom-resource-response-<region>.");
        journal.warn("answer-not-delivered", details);
    }

    private static CannotAnswer undelivered(String why) {
        return new CannotAnswer(
                "The answer was not delivered: "
                        + why
                        + ". Lambda runs an event three times at most.");
    }
}
