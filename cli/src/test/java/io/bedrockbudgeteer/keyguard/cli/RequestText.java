package io.bedrockbudgeteer.keyguard.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/// Request lines in few words. JSON is written with single quotation marks.
public final class RequestText {
    public static final String KEY =
            "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    public static final String ROLE = "arn:aws:iam::111122223333:role/app";

    private final Map<String, String> members = new LinkedHashMap<>();

    private RequestText() {}

    /// The role asks for kms:Decrypt, and the key policy names it.
    public static RequestText base() {
        return new RequestText()
                .with("principalArn", "'" + ROLE + "'")
                .with("action", "'kms:Decrypt'")
                .with("resourceArn", "'" + KEY + "'")
                .with("keyPolicy", policy(allow("{'AWS':'" + ROLE + "'}")));
    }

    /// @param value JSON
    public RequestText with(String member, String value) {
        members.put(member, value);
        return this;
    }

    public RequestText without(String member) {
        members.remove(member);
        return this;
    }

    public static String policy(String... statements) {
        return "{'Version':'2012-10-17','Statement':[" + String.join(",", statements) + "]}";
    }

    public static String allow(String principal) {
        return "{'Sid':'Mine','Effect':'Allow','Principal':"
                + principal
                + ",'Action':'kms:*','Resource':'*'}";
    }

    public static String allowIf(String principal, String condition) {
        String plain = allow(principal);
        return plain.substring(0, plain.length() - 1) + ",'Condition':" + condition + "}";
    }

    /// An IAM policy.
    public static String iam(String effect, String action) {
        return policy("{'Effect':'" + effect + "','Action':'" + action + "','Resource':'*'}");
    }

    /// As a string that holds the JSON.
    public static String quoted(String json) {
        return "'" + json.replace("'", "\\'") + "'";
    }

    /// One line without its end.
    public String line() {
        StringBuilder line = new StringBuilder("{");
        members.forEach((name, value) -> {
            if (line.length() > 1) line.append(',');
            line.append('"').append(name).append("\":").append(value.replace('\'', '"'));
        });
        return line.append('}').toString();
    }
}
