package io.bedrockbudgeteer.keyguard.cli.source;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonSyntaxException;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/// Asks IAM Access Analyzer about a key policy. What it cannot be asked is a note, never an error:
/// it is a second opinion.
///
/// Speaks to the service itself, signed by the SDK: the SDK's module for it does not exist in the
/// version that everything else has. Source: IAM Access Analyzer API Reference, ValidatePolicy and
/// CheckNoPublicAccess.
public final class AccessAnalyzer {
    private static final String WHO = "IAM Access Analyzer";
    private static final String SERVICE = "access-analyzer";
    // The longest policy gives a page or two.
    private static final int MOST_PAGES = 10;
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    /// The service did not answer as wanted; the message says how.
    private static final class NoAnswer extends Exception {
        NoAnswer(String message) {
            super(message);
        }
    }

    private final AwsSession session;
    private final List<SecondOpinion.Remark> remarks = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    public AccessAnalyzer(AwsSession session) {
        this.session = session;
    }

    /// @param policy the text of a key policy
    public SecondOpinion about(String policy) {
        try (SdkHttpClient http =
                UrlConnectionHttpClient.builder()
                        .connectionTimeout(Duration.ofSeconds(3))
                        .socketTimeout(Duration.ofSeconds(20))
                        .build()) {
            validate(http, policy);
            checkNoPublicAccess(http, policy);
        }
        return new SecondOpinion(WHO, remarks, notes);
    }

    private void validate(SdkHttpClient http, String policy) {
        // No validatePolicyResourceType: for keys the API has none, and then runs the checks that
        // are for all resource policies.
        String body =
                JsonText.object(Map.of("policyDocument", policy, "policyType", "RESOURCE_POLICY"));
        try {
            Optional<String> next = Optional.empty();
            for (int page = 0; page < MOST_PAGES; page++) {
                String query =
                        next.map(token ->
                                        "?nextToken="
                                                + URLEncoder.encode(token, StandardCharsets.UTF_8))
                                .orElse("");
                Json.Obj answer = ask(http, "/policy/validation" + query, body);
                for (Json.Obj finding : objects(answer, "findings"))
                    remarks.add(
                            new SecondOpinion.Remark(
                                    finding.string("findingType").orElse(""),
                                    finding.string("issueCode").orElse(""),
                                    finding.string("findingDetails").orElse(""),
                                    finding.string("learnMoreLink").orElse("")));
                next = answer.string("nextToken").filter(token -> !token.isEmpty());
                if (next.isEmpty()) return;
            }
        } catch (NoAnswer e) {
            notes.add(note("ValidatePolicy", e));
        }
    }

    private void checkNoPublicAccess(SdkHttpClient http, String policy) {
        String body =
                JsonText.object(Map.of("policyDocument", policy, "resourceType", "AWS::KMS::Key"));
        try {
            Json.Obj answer = ask(http, "/policy/check-no-public-access", body);
            StringBuilder text = new StringBuilder(answer.string("message").orElse(""));
            for (Json.Obj reason : objects(answer, "reasons"))
                text.append(text.isEmpty() ? "" : " ")
                        .append(reason.string("description").orElse(""))
                        .append(
                                reason.string("statementId")
                                        .map(sid -> " (statement \"" + sid + "\")")
                                        .orElse(""));
            remarks.add(
                    new SecondOpinion.Remark(
                            answer.string("result").orElse("no result"),
                            "CheckNoPublicAccess",
                            text.isEmpty() ? "public access to the key" : text.toString(),
                            ""));
        } catch (NoAnswer e) {
            notes.add(note("CheckNoPublicAccess", e));
        }
    }

    private static String note(String operation, NoAnswer e) {
        return SERVICE
                + ":"
                + operation
                + " gave no answer: "
                + String.valueOf(e.getMessage()).replaceFirst("\\.$", "")
                + ". To see its opinion you need this permission, on all resources.";
    }

    private Json.Obj ask(SdkHttpClient http, String path, String body) throws NoAnswer {
        try {
            SignedRequest signed = signed(path, body);
            HttpExecuteRequest.Builder request =
                    HttpExecuteRequest.builder().request(signed.request());
            signed.payload().ifPresent(request::contentStreamProvider);
            HttpExecuteResponse answer = http.prepareRequest(request.build()).call();
            String text = text(answer);
            if (!answer.httpResponse().isSuccessful()) throw new NoAnswer(error(answer, text));
            return JsonReader.readObject(text);
        } catch (IOException | SdkException e) {
            throw new NoAnswer("it could not be reached (" + e.getMessage() + ")");
        } catch (JsonSyntaxException _) {
            throw new NoAnswer("the answer is not JSON");
        }
    }

    private SignedRequest signed(String path, String body) {
        SdkHttpRequest request =
                SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(URI.create(endpoint() + path))
                        .putHeader("Content-Type", "application/json")
                        .build();
        return AwsV4HttpSigner.create()
                .sign(sign ->
                        sign.identity(session.credentials().resolveCredentials())
                                .request(request)
                                .payload(ContentStreamProvider.fromUtf8String(body))
                                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                                .putProperty(AwsV4HttpSigner.REGION_NAME, session.region()));
    }

    private String endpoint() {
        return session.clients()
                .endpoint("ACCESSANALYZER")
                .map(url -> url.toString().replaceFirst("/+$", ""))
                .orElseGet(() ->
                        "https://"
                                + SERVICE
                                + "."
                                + session.region()
                                + "."
                                + PartitionMetadata.of(Region.of(session.region())).dnsSuffix());
    }

    private static String text(HttpExecuteResponse answer) throws IOException {
        if (answer.responseBody().isEmpty()) return "";
        try (InputStream body = answer.responseBody().get()) {
            return new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    /// `AccessDeniedException: User … is not authorized …`, as far as the service says it.
    private static String error(HttpExecuteResponse answer, String text) {
        Optional<Json.Obj> members = Optional.empty();
        try {
            members = Optional.of(JsonReader.readObject(text));
        } catch (JsonSyntaxException _) {
            // The header and the status say enough.
        }
        String code =
                answer.httpResponse()
                        .firstMatchingHeader("x-amzn-ErrorType")
                        .orElse("HTTP " + answer.httpResponse().statusCode());
        String name = members.flatMap(found -> found.string("__type")).orElse(code);
        // `name:http://internal.amazon.com/…` in the header, `namespace#name` in the body.
        String plain = name.split(":", 2)[0].replaceFirst(".*#", "");
        return members.flatMap(found -> found.string("message"))
                .map(words -> plain + ": " + words)
                .orElse(plain);
    }

    private static List<Json.Obj> objects(Json.Obj parent, String member) {
        List<Json.Obj> objects = new ArrayList<>();
        if (parent.get(member).orElse(new Json.Null(0, 0))
                instanceof Json.Arr(List<Json> items, int _, int _))
            for (Json item : items) if (item instanceof Json.Obj object) objects.add(object);
        return objects;
    }
}
