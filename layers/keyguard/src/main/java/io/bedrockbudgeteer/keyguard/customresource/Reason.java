package io.bedrockbudgeteer.keyguard.customresource;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The text of a FAILED answer: one line, fit for a public place, what is wrong first, where to
/// look last.
///
/// @param head what is wrong and what to do; cleaned and redacted, never blank
/// @param tail log stream and request id, or empty
record Reason(String head, String tail) {
    static final String TRUNCATED = "… [shortened, the log has the rest]";
    private static final String DEFAULT =
            "The request failed without saying why; the log of the function has more.";
    // Far more than fits into an answer; bounds the work on hostile texts.
    private static final int MOST = 16_384;

    private static final Pattern URL_QUERY =
            Pattern.compile("(https?://[^\\s?\"'<>]{1,2000})\\?[^\\s\"'<>]*");
    // The parts of a pre-signed URL that are secret, should they stand alone.
    private static final Pattern SIGNATURE =
            Pattern.compile(
                    "(?i)\\b(X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token|Signature|AWSAccessKeyId)=[^\\s&\"']+");
    // IAM User Guide, Unique identifiers: AKIA are access keys of users, ASIA temporary ones.
    private static final Pattern ACCESS_KEY = Pattern.compile("\\b(AKIA|ASIA)[A-Z0-9]{8,}");
    private static final Pattern BLANKS = Pattern.compile("\\s{2,}");

    /// @param text any text, or nothing
    /// @param logStream where the function logs, when it is known
    /// @param lambdaRequestId the Lambda request id, when it is known
    static Reason of(
            @Nullable String text, @Nullable String logStream, @Nullable String lambdaRequestId) {
        String stream = clean(logStream == null ? "" : logStream);
        String request = clean(lambdaRequestId == null ? "" : lambdaRequestId);
        String tail = stream.isBlank() ? "" : " (log stream " + stream;
        if (!request.isBlank()) tail += (tail.isEmpty() ? " (" : ", ") + "request " + request;
        String head = clean(text == null ? "" : text);
        return new Reason(head.isBlank() ? DEFAULT : head, tail.isEmpty() ? "" : tail + ")");
    }

    /// One line of well-formed text without URL queries and access key ids.
    static String clean(String text) {
        StringBuilder line = new StringBuilder();
        int end = Math.min(text.length(), MOST);
        for (int i = 0; i < end; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) line.append('\uFFFD');
            else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') line.append(' ');
            else line.appendCodePoint(c);
        }
        String result = BLANKS.matcher(line).replaceAll(" ").strip();
        result = URL_QUERY.matcher(result).replaceAll("$1?[redacted]");
        result = SIGNATURE.matcher(result).replaceAll("$1=[redacted]");
        return ACCESS_KEY.matcher(result).replaceAll("$1[redacted]");
    }

    String text() {
        return head + tail;
    }

    /// The first `codePoints` of the head, marked as shortened, with the whole tail.
    Reason shortenedTo(int codePoints) {
        return new Reason(
                head.substring(0, head.offsetByCodePoints(0, codePoints)) + TRUNCATED, tail);
    }

    int codePoints() {
        return head.codePointCount(0, head.length());
    }
}
