package io.bedrockbudgeteer.keyguard.testing;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Forms in, XML out, as IAM and CloudFormation speak it.
final class QueryWire implements Wire {
    private final String service;
    private final Map<String, Object> form = new LinkedHashMap<>();

    QueryWire(String service, byte[] body) {
        this.service = service;
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) form.put(decoded(parts[0]), decoded(parts[1]));
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private String action() {
        return String.valueOf(form.get("Action"));
    }

    @Override
    public String operation() {
        return service + ":" + action();
    }

    @Override
    public Map<String, Object> input() {
        return form;
    }

    @Override
    public byte[] answer(Map<String, Object> output) {
        String result =
                "<"
                        + action()
                        + "Response><"
                        + action()
                        + "Result>"
                        + xml(output)
                        + "</"
                        + action()
                        + "Result><ResponseMetadata><RequestId>fake-request</RequestId></ResponseMetadata></"
                        + action()
                        + "Response>";
        return result.getBytes(StandardCharsets.UTF_8);
    }

    private static String xml(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                StringBuilder all = new StringBuilder();
                map.forEach((name, member) ->
                        all.append('<')
                                .append(name)
                                .append('>')
                                .append(xml(member))
                                .append("</")
                                .append(name)
                                .append('>'));
                yield all.toString();
            }
            case List<?> list -> {
                StringBuilder all = new StringBuilder();
                for (Object item : list)
                    all.append("<member>").append(xml(item)).append("</member>");
                yield all.toString();
            }
            default -> String.valueOf(value).replace("&", "&amp;").replace("<", "&lt;");
        };
    }

    @Override
    public byte[] error(AwsError error) {
        String message =
                error.words() == null ? "" : "<Message>" + xml(error.words()) + "</Message>";
        return ("<ErrorResponse><Error><Type>Sender</Type><Code>"
                        + error.code()
                        + "</Code>"
                        + message
                        + "</Error><RequestId>fake-request</RequestId></ErrorResponse>")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String contentType() {
        return "text/xml";
    }
}
