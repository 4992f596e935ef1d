package io.bedrockbudgeteer.bench.cold;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Stands in front of a server. What comes before [#open] is treated badly; what comes later is
/// passed on.
final class Gate implements AutoCloseable {
    /// What happens to a connection before the gate is open.
    enum Closed {
        /// Nobody listens.
        REFUSES,
        /// It is taken, and nothing is ever said.
        IS_SILENT,
        /// It is taken and closed at once.
        HANGS_UP,
        /// Something is said that is not TLS.
        SPEAKS_NO_TLS
    }

    private final Closed closed;
    private final URI target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket server;
    private volatile boolean open;

    Gate(Closed closed, String target) throws IOException {
        this.closed = closed;
        this.target = URI.create(target);
        this.server = new ServerSocket();
        listen(0);
        this.port = server.getLocalPort();
        if (closed == Closed.REFUSES) server.close();
        else begin(this::accept);
    }

    String url() {
        return "https://127.0.0.1:" + port;
    }

    void open() throws IOException {
        open = true;
        if (closed != Closed.REFUSES) return;
        server = new ServerSocket();
        listen(port);
        begin(this::accept);
    }

    private void listen(int where) throws IOException {
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), where));
    }

    private static void begin(Task task) {
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        task.run();
                    } catch (IOException _) {
                        // One side went away.
                    }
                });
    }

    @FunctionalInterface
    private interface Task {
        void run() throws IOException;
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = server.accept();
            sockets.add(socket);
            if (open) {
                Socket there = new Socket(target.getHost(), target.getPort());
                sockets.add(there);
                begin(() -> pass(socket, there));
                begin(() -> pass(there, socket));
            } else {
                treat(socket);
            }
        }
    }

    private void treat(Socket socket) throws IOException {
        if (closed == Closed.IS_SILENT) return;
        if (closed == Closed.SPEAKS_NO_TLS)
            socket.getOutputStream().write("220 mail\r\n".getBytes(StandardCharsets.US_ASCII));
        socket.close();
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) socket.close();
    }
}
