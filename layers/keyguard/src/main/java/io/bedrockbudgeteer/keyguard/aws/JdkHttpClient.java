package io.bedrockbudgeteer.keyguard.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/// The SDK's client on the JDK's connections. When the time of a call is over, the SDK disconnects
/// from another thread, and the JDK then answers with a NullPointerException at many places. The
/// SDK knows of some; here all of them become what they are, a broken connection, so that the SDK
/// says that the time was over.
final class JdkHttpClient implements SdkHttpClient {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    // KMS, IAM, CloudWatch and SSM answer within a second or are in trouble; the rest of the time
    // belongs to the retry.
    private static final Duration READ = Duration.ofSeconds(10);

    private final SdkHttpClient client;

    JdkHttpClient(SdkHttpClient client) {
        this.client = client;
    }

    static SdkHttpClient create() {
        return create(Connections::prepare, CONNECT, READ);
    }

    /// @param prepare gets each TLS connection before it is opened
    static SdkHttpClient create(
            Consumer<HttpsURLConnection> prepare, Duration connect, Duration read) {
        return new JdkHttpClient(
                UrlConnectionHttpClient.create(uri -> connection(uri, prepare, connect, read)));
    }

    // UrlConnectionHttpClient.create() would build a TLS context of its own; the JDK's default one
    // is shared with the answer PUT.
    private static HttpURLConnection connection(
            URI uri, Consumer<HttpsURLConnection> prepare, Duration connect, Duration read) {
        try {
            URL url = uri.toURL();
            HttpURLConnection connection = (HttpURLConnection) url.openConnection();
            if (connection instanceof HttpsURLConnection tls) prepare.accept(tls);
            connection.setConnectTimeout((int) connect.toMillis());
            connection.setReadTimeout((int) read.toMillis());
            return connection;
        } catch (IOException e) {
            throw new UncheckedIOException("no connection to " + uri.getHost(), e);
        }
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = client.prepareRequest(request);
        URI uri = request.httpRequest().getUri();
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                try {
                    return prepared.call();
                } catch (SSLException e) {
                    // The SDK's next attempt offers this host everything.
                    Connections.failed(uri.getAuthority());
                    throw e;
                } catch (NullPointerException e) {
                    throw new IOException("the connection was closed while it was in use", e);
                }
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        client.close();
    }
}
