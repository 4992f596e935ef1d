package io.bedrockbudgeteer.packaging;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import javax.net.ServerSocketFactory;

/// As much of an HTTP/1.1 server on loopback as a training needs: connections are kept, every
/// request has its length or is chunked, answers are small. The JDK's own server is a module that
/// the JVM of an image may lack.
final class Loopback implements AutoCloseable {
    private final ServerSocket server;
    private final Site site;

    /// What is answered; called on one thread per connection.
    @FunctionalInterface
    interface Site {
        Answer answer(Request request) throws InterruptedException;
    }

    record Request(String method, String path, String body) {}

    record Answer(int status, Map<String, String> headers, String body) {
        static Answer of(int status, String body) {
            return new Answer(status, Map.of("Content-Type", "application/json"), body);
        }
    }

    private Loopback(ServerSocketFactory sockets, Site site) throws IOException {
        this.server = sockets.createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        this.site = site;
        begin("loopback-" + server.getLocalPort(), this::accept);
    }

    static Loopback http(Site site) throws IOException {
        return new Loopback(ServerSocketFactory.getDefault(), site);
    }

    static Loopback https(Certificate certificate, Site site) throws IOException {
        return new Loopback(certificate.context().getServerSocketFactory(), site);
    }

    /// Such as `127.0.0.1:40123`.
    String authority() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private static void begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                begin("connection-" + socket.getPort(), () -> serve(socket));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            for (String first = line(in); !first.isEmpty(); first = line(in)) {
                String[] words = first.split(" ", 3);
                write(out, site.answer(new Request(words[0], words[1], body(in))));
            }
        } catch (IOException _) {
            // The other side went away, which ends a training too.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String body(InputStream in) throws IOException {
        int length = 0;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:"))
                length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        byte[] bytes = chunked ? chunks(in) : in.readNBytes(length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(line(in).strip(), 16);
            all.write(in.readNBytes(length));
            line(in);
            if (length == 0) return all.toByteArray();
        }
    }

    private static void write(OutputStream out, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " -\r\n");
        answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Length: " + body.length + "\r\n\r\n");
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(body);
        out.write(whole.toByteArray());
        out.flush();
    }

    // Empty at the end of a head, and at the end of the stream.
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n' && c != -1; c = in.read())
            if (c != '\r') line.append((char) c);
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
