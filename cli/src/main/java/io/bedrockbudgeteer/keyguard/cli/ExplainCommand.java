package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.console.InputFile;
import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import io.bedrockbudgeteer.keyguard.cli.explain.RequestRun;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Answers access questions: many from a file, or one from flags.
@Command(
        name = "explain",
        description = {
            "Says whether a principal may do something with a KMS key, and which statement decides:"
                    + " ALLOWED, DENIED, CONDITIONAL (it hangs on condition keys that were not given)"
                    + " or UNKNOWN (AWS does not document it, or something was not given).",
            "",
            "Works offline, on the policies that you give it."
        },
        mixinStandardHelpOptions = true,
        version = Main.NAME_AND_VERSION,
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Exit codes: 0 answered, whatever the answer is; 2 something could not be",
            "read; 141 nobody read the answers to their end.",
            "",
            "Examples:",
            "",
            "  aws kms get-key-policy --key-id KEY --query Policy --output text > key.json",
            "  keyguard explain --policy-file key.json --action kms:Decrypt --key KEY-ARN \\",
            "    --principal arn:aws:iam::111122223333:role/app \\",
            "    --identity-policy-file role.json --no-boundary",
            "",
            "  keyguard explain --requests questions.jsonl > answers.jsonl"
        })
final class ExplainCommand implements Callable<Integer> {
    private final Screen screen;
    private final InstantSource clock;

    @Option(
            names = "--requests",
            paramLabel = "FILE",
            description =
                    "Many questions, as JSON lines; - is standard input. Writes one JSON line for"
                            + " each, in their order. The flags below are for one question.")
    private @Nullable String requests;

    @Mixin private final OneQuestion one = new OneQuestion();

    ExplainCommand(Screen screen, InstantSource clock) {
        this.screen = screen;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        if (requests == null) return one.answer(screen, clock);
        one.mustBeEmpty();
        return answerAll(new InputFile("--requests", requests));
    }

    private int answerAll(InputFile file) throws IOException {
        RequestRun.Result result;
        try (InputStream in = file.open(screen.in())) {
            result = RequestRun.run(in, screen.out(), clock);
        }
        if (result.unreadable() == 0) return Main.FINE;
        throw new BadInput(
                result.unreadable()
                        + " of "
                        + result.rows()
                        + (result.rows() == 1 ? " line" : " lines")
                        + " could not be read; first: "
                        + result.firstProblem());
    }
}
