package io.bedrockbudgeteer.keyguard.customresource;

/// The attributes of a success do not fit into an answer. Thrown before anything was changed.
public final class AnswerTooLong extends RuntimeException {

    AnswerTooLong(int bytes) {
        super(
                "The answer would have "
                        + bytes
                        + " bytes; CloudFormation takes at most "
                        + Answer.MOST_BYTES);
    }
}
