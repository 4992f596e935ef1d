package io.bedrockbudgeteer.keyguard.aws;

import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.HttpsURLConnection;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.regions.Region;

/// Runs work once while the function starts, against answers that are made up in this process: no
/// network, no credentials, no effect. Loading and linking classes is most of a first invocation,
/// and the start-up phase has more CPU than the invocation. Source: Lambda Developer Guide,
/// Understanding the Lambda execution environment lifecycle.
public final class Rehearsal {

    private Rehearsal() {}

    /// Runs `play` and hides whatever goes wrong: a function must start even if its rehearsal
    /// fails.
    ///
    /// @param answers body of the answer by service, the first part of its host name such as `kms`
    public static void quietly(Map<String, byte[]> answers, Consumer<AwsClients> play) {
        try {
            // Resolved once, before any thread needs it: reads the trust store.
            HttpsURLConnection.getDefaultSSLSocketFactory();
            play.accept(
                    new AwsClients(
                            Region.US_EAST_1,
                            () -> AwsBasicCredentials.create("rehearsal", "rehearsal"),
                            _ -> Optional.empty(),
                            new Stage(answers),
                            _ -> {}));
        } catch (Throwable _) {
            // Linkage errors included: the invocation will meet them again and can answer.
            return;
        }
    }

    private record Stage(Map<String, byte[]> answers) implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            String host = request.httpRequest().host();
            byte[] body = answers.getOrDefault(host.substring(0, host.indexOf('.')), new byte[0]);
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpFullResponse.builder().statusCode(200).build())
                            .responseBody(
                                    AbortableInputStream.create(new ByteArrayInputStream(body)))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }
}
