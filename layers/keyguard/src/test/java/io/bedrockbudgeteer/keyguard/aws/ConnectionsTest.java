package io.bedrockbudgeteer.keyguard.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.keyguard.testing.TlsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir private static Path folder;

    private final Connections connections = new Connections();
    private final SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();

    @BeforeEach
    void trust() throws Exception {
        try (TlsServer any = new TlsServer(folder)) {
            HttpsURLConnection.setDefaultSSLSocketFactory(any.context().getSocketFactory());
        }
    }

    @AfterEach
    void distrust() {
        HttpsURLConnection.setDefaultSSLSocketFactory(before);
    }

    @Test
    void a_host_that_takes_x25519_is_asked_with_it_on_the_connection_that_is_open()
            throws Exception {
        try (TlsServer server = new TlsServer(folder, "x25519")) {
            connections.open(server.uri());
            connections.open(server.uri());
            assertThat(connections.await(PATIENCE))
                    .isEqualTo(server.uri().getAuthority() + ": open, x25519");
            request(server.uri());
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_host_that_knows_only_p_256_is_asked_with_what_the_jdk_offers() throws Exception {
        try (TlsServer server = new TlsServer(folder, "secp256r1")) {
            connections.open(server.uri());
            assertThat(connections.await(PATIENCE))
                    .isEqualTo(server.uri().getAuthority() + ": open");
            request(server.uri());
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_host_that_nobody_opened_a_connection_to_is_reached_whatever_it_takes() throws Exception {
        try (TlsServer server = new TlsServer(folder, "secp384r1")) {
            request(server.uri());
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void a_host_that_stops_taking_x25519_is_offered_everything_again() throws Exception {
        URI uri;
        try (TlsServer server = new TlsServer(folder, "x25519")) {
            uri = server.uri();
            connections.open(uri);
            connections.await(PATIENCE);
        }
        Connections.failed(uri.getAuthority());
        HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection();
        Connections.prepare(connection);
        assertThat(connection.getSSLSocketFactory())
                .isSameAs(HttpsURLConnection.getDefaultSSLSocketFactory());
    }

    @Test
    void a_host_that_refuses_or_says_nothing_is_waited_for_no_longer_than_said() throws Exception {
        URI closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            closed = URI.create("https://127.0.0.1:" + socket.getLocalPort());
        }
        connections.open(closed);
        assertThat(connections.await(PATIENCE)).endsWith(": failed, ConnectException");
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Connections others = new Connections();
            others.open(URI.create("https://127.0.0.1:" + silent.getLocalPort()));
            assertThat(others.await(Duration.ofMillis(50))).endsWith(": failed, too slow");
        }
    }

    @Test
    void a_new_host_is_offered_little_until_that_fails() throws Exception {
        try (TlsServer server = new TlsServer(folder, "secp256r1")) {
            HttpsURLConnection first = (HttpsURLConnection) server.uri().toURL().openConnection();
            assertThat(Connections.offerLittle(first)).isTrue();
            assertThatThrownBy(first::getResponseCode).isInstanceOf(SSLException.class);
            Connections.failed(server.uri().getAuthority());
            HttpsURLConnection second = (HttpsURLConnection) server.uri().toURL().openConnection();
            assertThat(Connections.offerLittle(second)).isFalse();
            assertThat(second.getResponseCode()).isEqualTo(404);
        }
    }

    @Test
    void nothing_is_opened_without_tls() {
        connections.open(URI.create("http://127.0.0.1:9/"));
        assertThat(connections.await(PATIENCE)).isEmpty();
    }

    // As the SDK's client does it.
    private static void request(URI uri) throws IOException {
        HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection();
        Connections.prepare(connection);
        assertThat(connection.getResponseCode()).isEqualTo(404);
        try (InputStream body = connection.getErrorStream()) {
            assertThat(body.readAllBytes())
                    .isEqualTo("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
