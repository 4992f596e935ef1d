package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.aws.OutOfTime;
import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.console.OutputClosed;
import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import java.io.IOException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The one place that turns exceptions into a line of text and an exit code.
final class Failures {

    private Failures() {}

    /// What was typed is not a command.
    static int wrongUsage(ParameterException e, Screen screen, boolean debug) {
        if (debug) e.printStackTrace(screen.err());
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        screen.say(sentence(e) + "; type `" + command + " --help`");
        return Main.COULD_NOT_RUN;
    }

    /// What was typed is a command, and it did not end well.
    static int failed(Throwable e, Screen screen, boolean debug) {
        if (e instanceof OutputClosed) return Main.OUTPUT_CLOSED;
        if (debug) e.printStackTrace(screen.err());
        screen.say(
                switch (e) {
                    case BadInput bad -> bad.sentence();
                    case IOException failure ->
                            "reading or writing failed: "
                                    + message(failure)
                                    + "; look at the disk and the file, and run again";
                    case OutOfTime late ->
                            "this took too long: "
                                    + message(late)
                                    + "; look at the network, and run again";
                    case OutOfMemoryError _ ->
                            "there is not enough memory; give Java more, such as"
                                    + " JAVA_TOOL_OPTIONS=-Xmx1g, and run again";
                    default ->
                            "unexpected: "
                                    + message(e)
                                    + (debug ? "" : "; run again with --debug to see where");
                });
        return Main.COULD_NOT_RUN;
    }

    private static String sentence(ParameterException e) {
        String message = message(e);
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty())
            return message + "; did you mean " + unmatched.getSuggestions().getFirst() + "?";
        return message;
    }

    private static String message(Throwable e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName()
                : message.strip().replaceAll("\\s+", " ");
    }
}
