package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.cli.console.Interrupts;
import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import io.bedrockbudgeteer.keyguard.cli.console.Terminal;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.requirement.Requirements;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The commands that write, in this process, on AWS on loopback: one key with the policy that the
/// console would give it, and an administrator who calls.
final class Scene implements AutoCloseable {
    static final String KEY_ID = OnAws.KEY_ID;
    static final String REGION = OnAws.REGION;
    private static final String ALL =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

    // From the first statement to what follows the last.
    private static final Pattern CHANGES =
            Pattern.compile(
                    "(?s)((?:\u001B\\[\\d+m)? {2}[+~-] Bedrock).*?\n((?:\u001B\\[\\d+m)?(?:Not seen|Plan:))");

    private final OnAws place = new OnAws();
    final FakeAws aws = place.aws;
    final String key = place.key;
    final AtomicLong nanoTime = new AtomicLong();
    private final Path folder;
    private final StringWriter err = new StringWriter();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private InputStream in = InputStream.nullInputStream();
    private Terminal terminal = Terminal.NONE;
    private boolean colourful;
    private int columns = 80;
    private volatile Optional<Runnable> handler = Optional.empty();

    /// @param folder where backups go
    Scene(Path folder) {
        this.folder = folder;
        aws.iam.inline(aws.iam.newRole("admin"), "all", ALL);
    }

    /// The roles of the stack, as after its first deployment.
    Scene withRoles() {
        Requirements.names(Arn.parse(key), "production")
                .roleArns()
                .values()
                .forEach(role -> aws.iam.inline(aws.iam.newRole(role.resourceName()), "all", ALL));
        return this;
    }

    Scene withPolicy(String text) {
        aws.kms.policy(key, text);
        return this;
    }

    /// Standard input, output and error are a terminal, and this is typed.
    Scene typing(String text) {
        return typing(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    Scene typing(InputStream typed) {
        in = typed;
        terminal = Terminal.of(Optional.of("012"), () -> false);
        return this;
    }

    Scene colourful() {
        colourful = true;
        return this;
    }

    Scene wide(int width) {
        columns = width;
        return this;
    }

    /// The command on the key, with its own backup file.
    Cli.Ended on(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "--key", key));
        arguments.addAll(List.of("--backup", backup().toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    Cli.Ended run(String... arguments) {
        return run(Map.of(), arguments);
    }

    Cli.Ended run(Map<String, String> variables, String... arguments) {
        out.reset();
        err.getBuffer().setLength(0);
        int code =
                Main.run(
                        List.of(arguments),
                        new Surroundings(
                                new Screen(
                                        in,
                                        out,
                                        new PrintWriter(err, true),
                                        () -> colourful,
                                        () -> columns),
                                terminal,
                                watch(),
                                InstantSource.fixed(Cli.NOW),
                                nanoTime::get,
                                aws.environment(variables)));
        return new Cli.Ended(code, out.toString(StandardCharsets.UTF_8), err.toString());
    }

    private Interrupts watch() {
        return given -> {
            handler = Optional.of(given);
            return () -> handler = Optional.empty();
        };
    }

    /// Ctrl-C: the handler runs on a thread of its own; returns once it has said something.
    void interrupt() {
        Thread thread = Thread.ofPlatform().daemon().start(handler.orElseThrow());
        while (!said().contains("interrupted") && thread.isAlive()) Thread.onSpinWait();
    }

    /// What was said on standard error so far.
    String said() {
        return err.toString();
    }

    Path backup() {
        return folder.resolve("before.json");
    }

    /// The policy as a reader gets it.
    String policy() {
        return aws.kms.policy(key);
    }

    /// A text that does not name the folder of this run.
    String neutral(String text) {
        return text.replace(folder.toString(), "FOLDER");
    }

    /// Without the changes themselves, which are the business of keyguard plan.
    static String withoutChanges(String text) {
        return CHANGES.matcher(text).replaceFirst("$1…\n$2");
    }

    List<Path> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void oneLine(Cli.Ended ended, int code, String... parts) {
        assertThat(ended.err()).startsWith("keyguard: ").hasLineCount(1).contains(parts);
        assertThat(ended.err()).doesNotContain("\tat ");
        assertThat(ended.code()).as(ended.err()).isEqualTo(code);
    }

    @Override
    public void close() {
        place.close();
    }
}
