package io.bedrockbudgeteer.local.lambda;

import java.time.Duration;

/// A failure of the answer endpoint that a test asks for; each is used for one request.
public sealed interface AnswerFault {

    /// Answers with a status instead of taking the answer, such as 503.
    record Status(int code) implements AnswerFault {}

    /// Closes the connection without reading.
    record ResetBefore() implements AnswerFault {}

    /// Takes the answer, then closes the connection instead of confirming it.
    record ResetAfter() implements AnswerFault {}

    /// Takes the answer after a while.
    record Delay(Duration time) implements AnswerFault {}
}
