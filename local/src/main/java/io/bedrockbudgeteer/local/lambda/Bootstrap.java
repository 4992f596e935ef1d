package io.bedrockbudgeteer.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Main class of a function's process where AWS's runtime interface client is not used: takes
/// events from the Runtime API and hands them to a `RequestStreamHandler` (Lambda Developer Guide,
/// "Using the Lambda runtime API for custom runtimes"). Depends on nothing but the interfaces that
/// the function brings along.
final class Bootstrap {
    private static final String API =
            "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/";

    private Bootstrap() {}

    /// @param arguments the handler, as `package.Class` or `package.Class::handleRequest`
    public static void main(String[] arguments) throws IOException {
        RequestStreamHandler handler;
        try {
            String name = arguments[0].split("::")[0];
            Class<?> type = Class.forName(name, true, ClassLoader.getSystemClassLoader());
            handler = (RequestStreamHandler) type.getDeclaredConstructor().newInstance();
        } catch (Throwable e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            cause.printStackTrace();
            post("init/error", error(cause));
            System.exit(1);
            return;
        }
        while (true) serve(handler);
    }

    /// One event. A request for the next one waits as long as it takes; when the host is gone it
    /// fails, and this process ends.
    private static void serve(RequestStreamHandler handler) throws IOException {
        HttpURLConnection next = open("invocation/next");
        byte[] event = next.getInputStream().readAllBytes();
        BootstrapContext context = BootstrapContext.of(next);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(event), answer, context);
        } catch (Throwable e) {
            e.printStackTrace();
            post("invocation/" + context.getAwsRequestId() + "/error", error(e));
            // After an Error the state of the process is not to be trusted.
            if (e instanceof Error) System.exit(1);
            return;
        }
        post("invocation/" + context.getAwsRequestId() + "/response", answer.toByteArray());
    }

    private static void post(String path, byte[] body) throws IOException {
        HttpURLConnection connection = open(path);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_ACCEPTED)
            throw new IOException("the Runtime API answered " + status + " to " + path);
        connection.getInputStream().readAllBytes();
    }

    private static HttpURLConnection open(String path) throws IOException {
        return (HttpURLConnection) URI.create(API + path).toURL().openConnection();
    }

    private static byte[] error(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getName() : e.getMessage();
        String json =
                "{\"errorMessage\":"
                        + quoted(message)
                        + ",\"errorType\":"
                        + quoted(e.getClass().getName())
                        + "}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') quoted.append('\\').append(c);
            else if (c < ' ') quoted.append(String.format("\\u%04x", (int) c));
            else quoted.append(c);
        }
        return quoted.append('"').toString();
    }
}
