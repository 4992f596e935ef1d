package io.bedrockbudgeteer.keyguard.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/// The HTTP client of a rehearsal: answers from a script and has connections opened to where the
/// requests would have gone.
///
/// Operations are found as AWS's protocols say them: JSON in a header, Query in the body, RPC in
/// the path.
final class Stage implements SdkHttpClient {
    private static final Pattern SCOPE =
            Pattern.compile("Credential=[^/]+/\\d+/[^/]+/([^/]+)/aws4_request");
    private static final Pattern ACTION = Pattern.compile("(?:^|&)Action=(\\w+)");

    private static final byte[] NOTHING = {};

    private final Rehearsal.Script script;
    private final Connections connections;

    Stage(Rehearsal.Script script, Connections connections) {
        this.script = script;
        this.connections = connections;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest given) {
        SdkHttpRequest request = given.httpRequest();
        connections.open(request.getUri());
        byte[] sent = given.contentStreamProvider().map(p -> bytes(p.newStream())).orElse(NOTHING);
        byte[] body = script.answer(service(request), operation(request, sent), sent);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                return HttpExecuteResponse.builder()
                        .response(
                                SdkHttpFullResponse.builder()
                                        .statusCode(200)
                                        .putHeader("smithy-protocol", "rpc-v2-cbor")
                                        .build())
                        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                        .build();
            }

            @Override
            public void abort() {}
        };
    }

    private static byte[] bytes(InputStream stream) {
        try (stream) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String service(SdkHttpRequest request) {
        Matcher scope = SCOPE.matcher(request.firstMatchingHeader("Authorization").orElse(""));
        return scope.find() ? scope.group(1) : "";
    }

    private static String operation(SdkHttpRequest request, byte[] body) {
        String target = request.firstMatchingHeader("X-Amz-Target").orElse("");
        if (!target.isEmpty()) return target.substring(target.lastIndexOf('.') + 1);
        Matcher action = ACTION.matcher(new String(body, StandardCharsets.ISO_8859_1));
        if (action.find()) return action.group(1);
        String path = request.encodedPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public void close() {}
}
