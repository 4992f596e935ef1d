package io.bedrockbudgeteer.keyguard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/// A loopback server that does what no HTTP server would: a test talks to each connection itself,
/// on a thread of its own. Closes a connection when the test is done with it.
public final class RawServer implements AutoCloseable {

    /// What is said on one connection.
    @FunctionalInterface
    public interface Talk {
        void on(Socket connection) throws IOException;
    }

    private final ServerSocket socket;
    private final AtomicInteger connections = new AtomicInteger();

    public RawServer(Talk talk) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("raw-server", () -> serve(talk));
    }

    private void serve(Talk talk) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                start("raw-connection", () -> talk(talk, connection));
            } catch (IOException _) {
                // the server is closed
            }
        }
    }

    private static void talk(Talk talk, Socket connection) {
        try (connection) {
            talk.on(connection);
        } catch (IOException _) {
            // the client went away
        }
    }

    private static void start(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(task);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /// How many connections were accepted.
    public int connections() {
        return connections.get();
    }

    /// A port on which nobody listens.
    public static int deadPort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
