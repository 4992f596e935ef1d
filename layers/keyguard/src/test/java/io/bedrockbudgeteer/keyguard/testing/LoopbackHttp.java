package io.bedrockbudgeteer.keyguard.testing;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/// Starts HTTP servers on a free port of 127.0.0.1.
final class LoopbackHttp {

    static {
        // Without it the JDK's server leaves small answers waiting for an acknowledgement, which
        // the other side delays by up to 40 ms. Read once, when the first server is made.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private LoopbackHttp() {}

    static HttpServer start(HttpHandler handler, Executor threads) {
        HttpServer server;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", handler);
        server.start();
        return server;
    }
}
