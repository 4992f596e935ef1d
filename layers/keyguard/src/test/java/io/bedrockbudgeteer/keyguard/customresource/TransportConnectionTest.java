package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Reaction;
import io.bedrockbudgeteer.keyguard.testing.RawServer;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import io.bedrockbudgeteer.keyguard.testing.TlsServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of an answer whose connection fails.
class TransportConnectionTest {
    private static final Reaction HANGUP = new Reaction.Hangup();

    private final Rig rig = new Rig();
    private final GuardUnderTest guard =
            new GuardUnderTest((request, _) ->
                    new Outcome.Success(
                            Optional.of(request.id()), Map.of("Secret", Rig.SECRET), true));

    @AfterEach
    void close() {
        rig.close();
    }

    private long attempts() {
        return rig.log().lines().filter(line -> line.contains("\"attempt\":")).count();
    }

    /// A Create whose answer goes to a server that is not the endpoint.
    private String createFor(String scheme, int port) {
        return Rig.withUrl(
                rig.create(),
                scheme + "://127.0.0.1:" + port + "/x?X-Amz-Signature=" + Rig.SIGNATURE);
    }

    @Test
    @Scenario("T6")
    void an_answer_whose_body_never_ends_is_not_waited_for() {
        try (RawServer server =
                new RawServer(connection -> {
                    read(connection);
                    say(connection, "HTTP/1.1 503 Slow Down\r\nContent-Length: 9000\r\n\r\n");
                    while (true) { // a byte now and then, until the client is gone
                        say(connection, ".");
                        park(50);
                    }
                })) {
            long start = System.nanoTime();
            assertThat(rig.refused(guard, createFor("http", server.port())))
                    .hasMessageContaining("5 attempts failed");
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(20));
            assertThat(server.connections()).isEqualTo(5);
        }
    }

    @Test
    @Scenario("X1")
    void a_hang_up_is_one_request_on_the_wire_per_attempt() {
        // Were the length not fixed, the JDK would send each request twice.
        rig.endpoint.react(Collections.nCopies(12, HANGUP).toArray(Reaction[]::new));
        assertThat(rig.refused(guard, rig.create())).hasMessageContaining("5 attempts failed");
        assertThat(rig.endpoint.puts()).isEqualTo(5);
        assertThat(attempts()).isEqualTo(5);
    }

    @Test
    void a_hang_up_is_retried() {
        rig.endpoint.react(HANGUP);
        assertThat(rig.run(guard, rig.create()).isSuccess()).isTrue();
        assertThat(rig.endpoint.puts()).isEqualTo(2);
    }

    @Test
    @Scenario("T7")
    void a_refused_connection_is_retried_and_then_reported_without_url_and_attributes() {
        rig.refused(guard, createFor("http", RawServer.deadPort()));
        assertThat(attempts()).isEqualTo(5);
        assertThat(rig.log()).contains("ConnectException");
    }

    @Test
    @Scenario("T7")
    void a_reset_connection_is_retried_and_then_reported_without_url_and_attributes() {
        try (RawServer server =
                new RawServer(connection -> {
                    connection.setSoLinger(true, 0); // close resets
                    read(connection);
                })) {
            rig.refused(guard, createFor("http", server.port()));
            assertThat(server.connections()).isEqualTo(5);
            assertThat(attempts()).isEqualTo(5);
        }
    }

    @Test
    void an_endpoint_that_knows_no_x25519_gets_the_answer_in_the_same_attempt(@TempDir Path folder)
            throws Exception {
        SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
        try (TlsServer server = new TlsServer(folder, "secp256r1")) {
            HttpsURLConnection.setDefaultSSLSocketFactory(server.context().getSocketFactory());
            // The server answers 404, which ends the delivery: what counts is that it was reached.
            assertThat(rig.refused(guard, createFor("https", server.uri().getPort())))
                    .hasMessageContaining("HTTP status 404");
            assertThat(attempts()).isEqualTo(1);
            assertThat(server.connections()).isEqualTo(1);
        } finally {
            HttpsURLConnection.setDefaultSSLSocketFactory(before);
        }
    }

    @Test
    @Scenario("T7")
    void an_unknown_host_is_retried_and_then_reported() {
        // A label of 64 letters is no host name anywhere; the resolver says so without asking.
        String event =
                Rig.withUrl(
                        rig.create(),
                        "https://"
                                + "x".repeat(64)
                                + ".example/x?X-Amz-Signature="
                                + Rig.SIGNATURE);
        rig.refused(guard, event);
        assertThat(attempts()).isEqualTo(5);
        assertThat(rig.log()).contains("UnknownHostException");
    }

    @Test
    void a_handshake_that_is_refused_with_everything_on_offer_is_final() {
        byte[] fatalHandshakeFailure = {21, 3, 3, 0, 2, 2, 40};
        try (RawServer server =
                new RawServer(connection -> {
                    connection.getInputStream().read(new byte[1]);
                    connection.getOutputStream().write(fatalHandshakeFailure);
                })) {
            rig.refused(guard, createFor("https", server.port()));
            assertThat(server.connections()).isEqualTo(2);
            assertThat(attempts()).isEqualTo(1);
            assertThat(rig.log()).contains("SSLHandshakeException");
        }
    }

    @Test
    void a_server_that_does_not_speak_tls_is_final() {
        try (RawServer server =
                new RawServer(connection -> say(connection, "this is not TLS\r\n\r\n"))) {
            rig.refused(guard, createFor("https", server.port()));
            assertThat(attempts()).isEqualTo(1);
        }
    }

    @Test
    void a_handshake_that_breaks_off_is_retried() {
        try (RawServer server =
                new RawServer(connection -> connection.getInputStream().read(new byte[1]))) {
            rig.refused(guard, createFor("https", server.port()));
            assertThat(attempts()).isEqualTo(5);
        }
    }

    private static void read(Socket connection) throws IOException {
        connection.getInputStream().read(new byte[8192]);
    }

    private static void say(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void park(int millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
