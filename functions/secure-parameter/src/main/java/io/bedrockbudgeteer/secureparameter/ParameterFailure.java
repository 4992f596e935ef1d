package io.bedrockbudgeteer.secureparameter;

import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;

/// The request cannot be fulfilled; carries the finding that says why. Never carries a value.
final class ParameterFailure extends RuntimeException {
    private final transient Finding finding;

    ParameterFailure(Finding finding) {
        super(finding.line());
        this.finding = finding;
    }

    Finding finding() {
        return finding;
    }

    static ParameterFailure foreign(String name) {
        return new ParameterFailure(
                Finding.of(
                        Rule.PAR001,
                        "The parameter "
                                + name
                                + " exists and does not carry the tags of this stack and resource; it is not touched.",
                        "Delete it or rename it (aws ssm delete-parameter --name "
                                + name
                                + "), or deploy with another parameter root or environment."));
    }

    static ParameterFailure unwritable(String name, String why, String fix) {
        return new ParameterFailure(
                Finding.of(
                        Rule.PAR002,
                        "The parameter " + name + " could not be written: " + why + ".",
                        fix));
    }

    /// The value of a reply.
    ///
    /// @throws ParameterFailure for a problem
    static <T> T need(Reply<T> reply, String name, Secret value) {
        return switch (reply) {
            case Reply.Ok<T>(T found) -> found;
            case Reply.Failed<T>(Problem problem) ->
                    throw unwritable(name, words(problem, value), fix(problem));
        };
    }

    // A refused value is repeated in messages about validation.
    static String words(Problem problem, Secret value) {
        boolean mayShowValue =
                problem.code().contains("Validation") || problem.detail().contains(value.value());
        return mayShowValue ? problem.operation() + " failed: " + problem.code() : problem.text();
    }

    private static String fix(Problem problem) {
        return switch (problem.kind()) {
            case DENIED ->
                    "Let the role of the function "
                            + problem.operation()
                            + " on the parameter, and with a key kms:Encrypt and kms:Decrypt on the key for its encryption context.";
            case TRANSIENT -> "Repeat the operation.";
            case NOT_FOUND, REFUSED ->
                    "Check name, value (at most 4096 bytes), tags and key of the parameter.";
        };
    }
}
