package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.cli.console.Ink;
import io.bedrockbudgeteer.keyguard.cli.console.Interrupts;
import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import io.bedrockbudgeteer.keyguard.cli.console.Terminal;
import io.bedrockbudgeteer.keyguard.cli.console.TerminalWidth;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The `keyguard` command. Exit codes: 0 fine or answered, 1 something was found or is pending, 2
/// wrong usage or could not run, 141 nobody read the output to its end.
@Command(
        name = "keyguard",
        description = {
            "Looks after the policy of the KMS key that an application is encrypted with: what is"
                    + " missing, what would be changed, and who may do what.",
            ""
        },
        mixinStandardHelpOptions = true,
        version = Main.NAME_AND_VERSION,
        sortOptions = false,
        footer = {
            "",
            "Exit codes: 0 fine; 1 something was found or is pending; 2 could not run.",
            "",
            "Examples:",
            "",
            "  keyguard check --key alias/budgeteer",
            "  keyguard plan --key-file key.json --policy-file policy.json",
            "  keyguard explain --requests questions.jsonl"
        })
public final class Main {
    private static final String COMPLETION = "completion";

    // By name, in the order of the help; each is made with what it works on.
    private static final Map<String, Function<Surroundings, Object>> COMMANDS =
            new LinkedHashMap<>();

    static {
        COMMANDS.put("check", around -> new CheckCommand(around.screen(), around.clock()));
        COMMANDS.put("plan", around -> new PlanCommand(around.screen(), around.clock()));
        COMMANDS.put("explain", around -> new ExplainCommand(around.screen(), around.clock()));
        COMMANDS.put("statements", around -> new StatementsCommand(around.screen()));
        COMMANDS.put("apply", ApplyCommand::new);
        COMMANDS.put("remove", RemoveCommand::new);
        COMMANDS.put("create", CreateCommand::new);
        COMMANDS.put("deploy-policy", around -> new DeployPolicyCommand(around.screen()));
        COMMANDS.put(COMPLETION, around -> new CompletionCommand(around.screen()));
        COMMANDS.put("warm-up", around -> new WarmUpCommand(around.clock()));
    }

    static final String VERSION = "0.1.0";
    static final String NAME_AND_VERSION = "keyguard " + VERSION;

    static final int FINE = 0;
    static final int FOUND = 1;
    static final int COULD_NOT_RUN = 2;

    /// As a shell shows a process that ended by SIGPIPE.
    static final int OUTPUT_CLOSED = 141;

    @Option(
            names = "--debug",
            description = "Show where an error comes from.",
            scope = ScopeType.INHERIT)
    private boolean debug;

    @Option(
            names = "--no-color",
            description = "No colours. So does the variable NO_COLOR.",
            scope = ScopeType.INHERIT)
    private boolean noColor;

    private Main() {}

    public static void main(String[] args) {
        // The JDK's default console brings line editing, which takes longer to load than an answer.
        System.setProperty("jdk.console", "java.base");
        Terminal terminal =
                Terminal.of(
                        Optional.ofNullable(System.getProperty(Terminal.STREAMS)),
                        Main::isTerminal);
        // Without the buffers of System.in and System.out: what is read and written has its own.
        Screen screen =
                new Screen(
                        new FileInputStream(FileDescriptor.in),
                        new FileOutputStream(FileDescriptor.out),
                        new PrintWriter(
                                new FileOutputStream(FileDescriptor.err),
                                true,
                                StandardCharsets.UTF_8),
                        () -> Ink.isWanted(System.getenv(), terminal::shows),
                        () ->
                                TerminalWidth.of(
                                        System.getenv(), terminal::shows, TerminalWidth::ask));
        System.exit(
                run(
                        List.of(args),
                        new Surroundings(
                                screen,
                                terminal,
                                Interrupts.OF_PROCESS,
                                InstantSource.system(),
                                System::nanoTime,
                                Environment.ofProcess())));
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /// As [#run(List, Surroundings)], in a pipeline.
    static int run(List<String> args, Screen screen, InstantSource clock) {
        return run(args, Surroundings.of(screen, clock));
    }

    /// @return the exit code
    static int run(List<String> args, Surroundings around) {
        Main main = new Main();
        Screen given = around.screen();
        Screen screen =
                new Screen(
                        given.in(),
                        given.out(),
                        given.err(),
                        () -> !main.noColor && given.colourful().getAsBoolean(),
                        given.columns());
        CommandLine line = new CommandLine(main);
        Surroundings shown = around.with(screen);
        commandsFor(args).forEach((name, made) -> line.addSubcommand(name, made.apply(shown)));
        PrintWriter out = new PrintWriter(screen.out(), false, StandardCharsets.UTF_8);
        line.setOut(out);
        line.setErr(screen.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        line.setExpandAtFiles(false); // a value may begin with @
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, _) -> Failures.wrongUsage(e, screen, main.debug));
        line.setExecutionExceptionHandler((e, _, _) -> Failures.failed(e, screen, main.debug));
        String[] arguments = args.isEmpty() ? new String[] {"--help"} : args.toArray(String[]::new);
        line.setExecutionStrategy(parsed -> {
            // Only now it is known whether colours were refused.
            if (asksForHelp(arguments))
                line.setColorScheme(
                        CommandLine.Help.defaultColorScheme(
                                screen.colourful().getAsBoolean() ? Ansi.ON : Ansi.OFF));
            return new CommandLine.RunLast().execute(parsed);
        });
        try {
            int code = line.execute(arguments);
            out.flush();
            return code;
        } catch (Error e) {
            return Failures.failed(e, screen, main.debug);
        }
    }

    /// The command that is asked for, alone: reading what all the others look like takes as long as
    /// a check does. All of them when it is not clear which, or when it is about all.
    private static Map<String, Function<Surroundings, Object>> commandsFor(List<String> args) {
        for (String argument : args) {
            if (argument.startsWith("-")) continue;
            Function<Surroundings, Object> named = COMMANDS.get(argument);
            boolean alone = named != null && !argument.equals(COMPLETION);
            return alone ? Map.of(argument, named) : COMMANDS;
        }
        return args.contains("--version") || args.contains("-V") ? Map.of() : COMMANDS;
    }

    private static boolean asksForHelp(String[] arguments) {
        List<String> all = List.of(arguments);
        return all.contains("--help") || all.contains("-h");
    }
}
