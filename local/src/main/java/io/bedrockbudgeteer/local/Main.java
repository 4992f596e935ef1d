package io.bedrockbudgeteer.local;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.engine.OperationRefused;
import io.bedrockbudgeteer.local.lambda.KeptFiles;
import io.bedrockbudgeteer.local.report.Ink;
import io.bedrockbudgeteer.local.template.TemplateException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The `local` command. Exit codes: 0 done, 1 the stack failed, 2 wrong usage or could not run.
@Command(
        name = "local",
        description =
                "Deploys the application on this machine, without AWS: the shipped template and the packaged functions,"
                        + " in a simulated account.",
        mixinStandardHelpOptions = true,
        version = "bedrock-budgeteer local 0.1.0",
        subcommands = {DeployCommand.class, ServeCommand.class})
public final class Main {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int COULD_NOT_RUN = 2;

    @Option(names = "--debug", description = "Show stack traces.", scope = ScopeType.INHERIT)
    private boolean debug;

    private Main() {}

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        boolean terminal =
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
        boolean noColor = !System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        int code = run(List.of(args), new Screen(out, err, Ink.forOutput(terminal, noColor)));
        KeptFiles.finish();
        System.exit(code);
    }

    /// @return the exit code
    static int run(List<String> args, Screen screen) {
        Main main = new Main();
        CommandLine line = new CommandLine(main, new Commands(screen));
        line.setOut(screen.out());
        line.setErr(screen.err());
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(
                        screen.ink() == Ink.COLOUR
                                ? CommandLine.Help.Ansi.ON
                                : CommandLine.Help.Ansi.OFF));
        line.setExecutionExceptionHandler((e, command, parsed) -> main.report(e, screen));
        int code =
                line.execute(
                        args.isEmpty() ? new String[] {"--help"} : args.toArray(String[]::new));
        screen.out().flush();
        screen.err().flush();
        return code;
    }

    /// One sentence; the stack trace only when asked for.
    private int report(Exception e, Screen screen) {
        if (debug) {
            e.printStackTrace(screen.err());
        }
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        int code =
                switch (e) {
                    case KeySetUpRefused _, OperationRefused _ -> FAILED;
                    default -> COULD_NOT_RUN;
                };
        boolean expected =
                e instanceof KeySetUpRefused
                        || e instanceof OperationRefused
                        || e instanceof TemplateException
                        || e instanceof NotModelledException
                        || e instanceof IllegalArgumentException
                        || e instanceof IOException;
        screen.err()
                .println(
                        "local: "
                                + message
                                + (expected || debug ? "" : " (unexpected; --debug shows where)"));
        return code;
    }

    /// Makes the commands, with the place they write to.
    private record Commands(Screen screen) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type == DeployCommand.class) {
                return type.cast(new DeployCommand(screen));
            }
            if (type == ServeCommand.class) {
                return type.cast(new ServeCommand(screen));
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
