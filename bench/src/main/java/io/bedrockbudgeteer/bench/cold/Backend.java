package io.bedrockbudgeteer.bench.cold;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.bedrockbudgeteer.packaging.Certificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// KMS, IAM, CloudWatch and the bucket of answers on loopback, each on a port of its own: TLS, kept
/// connections, always the same answers. It decides nothing, so that what is measured is the
/// client.
final class Backend implements AutoCloseable {
    static final String KEY =
            "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    static final String POLICY =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Enable IAM User Permissions\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}]}";

    static {
        // The JDK's server would hold back small answers for 40 ms on Linux.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Map<String, HttpsServer> servers = new LinkedHashMap<>();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
    private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();
    private final Set<String> connections = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();

    Backend(Certificate certificate) throws IOException {
        for (String service : List.of("kms", "iam", "monitoring", "answer")) {
            HttpsServer server =
                    HttpsServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
            server.setExecutor(threads);
            server.createContext("/", exchange -> serve(service, exchange));
            server.start();
            servers.put(service, server);
        }
    }

    String url(String service) {
        return "https://127.0.0.1:"
                + Objects.requireNonNull(servers.get(service)).getAddress().getPort();
    }

    /// What was asked since the last call, in order, such as `kms DescribeKey`.
    List<String> takeRequests() {
        List<String> taken = new ArrayList<>();
        for (String one = requests.poll(); one != null; one = requests.poll()) taken.add(one);
        return taken;
    }

    /// How many connections carried a request since the last call.
    int takeConnections() {
        int count = connections.size();
        connections.clear();
        return count;
    }

    /// Bodies of the answers of custom resources since the last call.
    List<String> takeAnswers() {
        List<String> taken = new ArrayList<>();
        for (String one = answers.poll(); one != null; one = answers.poll()) taken.add(one);
        return taken;
    }

    private void serve(String service, HttpExchange exchange) throws IOException {
        String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        connections.add(service + exchange.getRemoteAddress().getPort());
        // A connection that is only opened asks for nothing that counts.
        if (exchange.getRequestMethod().equals("GET")) {
            reply(exchange, "text/plain", "healthy".getBytes(StandardCharsets.US_ASCII));
            return;
        }
        switch (service) {
            case "kms" -> kms(exchange);
            case "iam" -> iam(exchange, body);
            case "monitoring" -> monitoring(exchange, body);
            default -> {
                answers.add(body);
                requests.add("answer " + exchange.getRequestMethod());
                reply(exchange, "", new byte[0]);
            }
        }
    }

    private void kms(HttpExchange exchange) throws IOException {
        String operation =
                exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceFirst(".*\\.", "");
        requests.add("kms " + operation);
        String text =
                switch (operation) {
                    case "DescribeKey" ->
                            "{\"KeyMetadata\":{\"AWSAccountId\":\"111122223333\",\"Arn\":\""
                                    + KEY
                                    + "\",\"KeyId\":\"1234abcd-12ab-34cd-56ef-1234567890ab\",\"Enabled\":true,\"KeyManager\":\"CUSTOMER\",\"KeyState\":\"Enabled\",\"KeySpec\":\"SYMMETRIC_DEFAULT\",\"KeyUsage\":\"ENCRYPT_DECRYPT\",\"Origin\":\"AWS_KMS\",\"CreationDate\":1.7E9,\"MultiRegion\":false}}";
                    case "GetKeyPolicy" ->
                            "{\"PolicyName\":\"default\",\"Policy\":\""
                                    + POLICY.replace("\"", "\\\"")
                                    + "\"}";
                    case "ListGrants" -> "{\"Grants\":[],\"Truncated\":false}";
                    case "GetKeyRotationStatus" -> "{\"KeyRotationEnabled\":true}";
                    default -> "{}";
                };
        reply(exchange, "application/x-amz-json-1.1", text.getBytes(StandardCharsets.UTF_8));
    }

    private void iam(HttpExchange exchange, String body) throws IOException {
        String operation = body.replaceFirst(".*Action=(\\w+).*", "$1");
        String name = body.replaceFirst(".*RoleName=([^&]*).*", "$1");
        requests.add("iam " + operation);
        String text =
                "<"
                        + operation
                        + "Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><"
                        + operation
                        + "Result><Role><Path>/</Path><RoleName>"
                        + name
                        + "</RoleName><RoleId>AROAEXAMPLE</RoleId><Arn>arn:aws:iam::111122223333:role/"
                        + name
                        + "</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate></Role></"
                        + operation
                        + "Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></"
                        + operation
                        + "Response>";
        reply(exchange, "text/xml", text.getBytes(StandardCharsets.UTF_8));
    }

    // Each client speaks the protocol it prefers.
    private void monitoring(HttpExchange exchange, String body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (path.contains("/operation/")) {
            requests.add("monitoring " + path.replaceFirst(".*/operation/", ""));
            exchange.getResponseHeaders().set("smithy-protocol", "rpc-v2-cbor");
            reply(exchange, "application/cbor", new byte[] {(byte) 0xbf, (byte) 0xff});
        } else if (target != null) {
            requests.add("monitoring " + target.replaceFirst(".*\\.", ""));
            reply(exchange, "application/x-amz-json-1.0", "{}".getBytes(StandardCharsets.US_ASCII));
        } else {
            String operation = body.replaceFirst(".*Action=(\\w+).*", "$1");
            requests.add("monitoring " + operation);
            String text =
                    "<"
                            + operation
                            + "Response xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\"><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></"
                            + operation
                            + "Response>";
            reply(exchange, "text/xml", text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void reply(HttpExchange exchange, String type, byte[] body) throws IOException {
        try (exchange) {
            if (!type.isEmpty()) exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("x-amzn-RequestId", "1");
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            if (body.length > 0) exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        servers.values().forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
