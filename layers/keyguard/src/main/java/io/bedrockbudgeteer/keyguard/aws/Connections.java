package io.bedrockbudgeteer.keyguard.aws;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/// TLS connections that are opened while a function starts, one thread each, and kept by the JDK
/// for the requests to come. The request that opens one is not signed and asks for nothing; what is
/// answered does not matter.
///
/// A host that takes x25519 gets it alone from then on: computing a second key share for P-256 is
/// much of what a first handshake costs. Where the answer goes is not known before; that host is
/// offered x25519 alone at first. Every other host, and one whose handshake failed (FIPS endpoints
/// know P-256 only), gets what the JDK offers by itself.
public final class Connections {
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final int MOST_READ = 65_536;

    private static final SSLSocketFactory QUICK = new QuickTls();
    // Host and port of what took x25519.
    private static final Set<String> QUICK_HOSTS = ConcurrentHashMap.newKeySet();
    // Where a handshake failed that offered x25519 alone.
    private static final Set<String> OTHER_HOSTS = ConcurrentHashMap.newKeySet();

    private final Map<String, String> results = new ConcurrentHashMap<>();
    private final Map<String, Thread> threads = new TreeMap<>();

    /// Prepares a connection that is not open yet for the host it goes to.
    static void prepare(HttpsURLConnection connection) {
        if (QUICK_HOSTS.contains(connection.getURL().getAuthority()))
            connection.setSSLSocketFactory(QUICK);
    }

    /// As [#prepare], for a host that nobody has asked yet: offers it x25519 alone at first. Who
    /// calls this tells [#failed] when TLS fails, and then tries again.
    ///
    /// @return whether x25519 alone is offered
    public static boolean offerLittle(HttpURLConnection connection) {
        if (!(connection instanceof HttpsURLConnection tls)
                || OTHER_HOSTS.contains(connection.getURL().getAuthority())) return false;
        tls.setSSLSocketFactory(QUICK);
        return true;
    }

    /// To be told of a handshake that failed: the next one offers everything.
    public static void failed(String authority) {
        QUICK_HOSTS.remove(authority);
        OTHER_HOSTS.add(authority);
    }

    /// Begins to open a connection unless that was begun before, or there is nothing to gain.
    synchronized void open(URI uri) {
        if (!uri.getScheme().equals("https") || threads.containsKey(uri.getAuthority())) return;
        Thread thread = new Thread(() -> connect(uri), "connection-" + uri.getHost());
        thread.setDaemon(true);
        threads.put(uri.getAuthority(), thread);
        thread.start();
    }

    /// Waits until all are open or have failed, but not longer than said.
    ///
    /// @return what became of each, for the log
    String await(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        for (Thread thread : begun()) {
            try {
                if (!thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) break;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        StringBuilder said = new StringBuilder();
        for (String host : hosts())
            said.append(said.isEmpty() ? "" : ", ")
                    .append(host)
                    .append(": ")
                    .append(results.getOrDefault(host, "failed, too slow"));
        return said.toString();
    }

    private synchronized Set<Thread> begun() {
        return Set.copyOf(threads.values());
    }

    private synchronized Set<String> hosts() {
        return new TreeSet<>(threads.keySet());
    }

    private void connect(URI uri) {
        String host = uri.getAuthority();
        try {
            request(uri, QUICK);
            QUICK_HOSTS.add(host);
            results.put(host, "open, x25519");
            return;
        } catch (IOException | RuntimeException _) {
            // Once more, as the JDK does it by itself.
        }
        try {
            request(uri, HttpsURLConnection.getDefaultSSLSocketFactory());
            results.put(host, "open");
        } catch (IOException | RuntimeException e) {
            results.put(host, "failed, " + e.getClass().getSimpleName());
        }
    }

    // As the SDK will ask later, so that what it needs for that is loaded too.
    private static void request(URI uri, SSLSocketFactory factory) throws IOException {
        SdkHttpRequest request =
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.GET)
                        .uri(uri.resolve("/ping"))
                        .build();
        try (SdkHttpClient client =
                JdkHttpClient.create(
                        connection -> connection.setSSLSocketFactory(factory),
                        PATIENCE,
                        PATIENCE)) {
            Optional<AbortableInputStream> body =
                    client.prepareRequest(HttpExecuteRequest.builder().request(request).build())
                            .call()
                            .responseBody();
            // Only a connection whose answer was read to its end is kept.
            if (body.isPresent()) readToEnd(body.get());
        }
    }

    private static void readToEnd(AbortableInputStream body) throws IOException {
        try (body) {
            if (body.readNBytes(MOST_READ).length == MOST_READ) body.abort();
        }
    }
}
