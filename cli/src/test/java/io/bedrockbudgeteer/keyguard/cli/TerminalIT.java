package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bin/keyguard` in a real pseudo-terminal, which util-linux `script` makes: colours, the
/// question, Ctrl-C.
class TerminalIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String CTRL_C = "\u0003";
    private static final String GREEN = "\u001B[32m";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder = Path.of(".");

    private final FakeAws aws = new FakeAws();
    private final String key = aws.kms.newKey(OnAws.KEY_ID);
    private Optional<Session> session = Optional.empty();

    @BeforeAll
    static void it_can_be_tried() throws Exception {
        StartScriptIT.what_was_packaged_is_new();
        assumeTrue(
                isUtilLinux(),
                "there is no util-linux script here, which makes a pseudo-terminal; skipped");
    }

    private static boolean isUtilLinux() throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder("script", "--version").redirectErrorStream(true).start();
            String version =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 && version.contains("util-linux");
        } catch (IOException _) {
            return false;
        }
    }

    TerminalIT() {
        aws.iam.inline(
                aws.iam.newRole("admin"),
                "all",
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}");
    }

    @AfterEach
    void close() {
        session.ifPresent(Session::end);
        aws.close();
    }

    /// A process on a pseudo-terminal, and what it has shown so far.
    private static final class Session {
        private final Process process;
        private final StringBuilder shown = new StringBuilder();
        private final Thread reader;

        Session(Process process) {
            this.process = process;
            this.reader = Thread.ofPlatform().daemon().start(this::read);
        }

        private void read() {
            byte[] buffer = new byte[4096];
            try (InputStream out = process.getInputStream()) {
                for (int n = out.read(buffer); n >= 0; n = out.read(buffer))
                    add(new String(buffer, 0, n, StandardCharsets.UTF_8));
            } catch (IOException _) {
                return; // the terminal is gone
            }
        }

        private synchronized void add(String text) {
            shown.append(text);
        }

        synchronized String text() {
            return shown.toString();
        }

        void type(String text) {
            try {
                OutputStream in = process.getOutputStream();
                in.write(text.getBytes(StandardCharsets.UTF_8));
                in.flush();
            } catch (IOException e) {
                throw new AssertionError("nobody reads; shown: " + text(), e);
            }
        }

        void awaits(String text) {
            Instant end = Instant.now().plus(PATIENCE);
            while (!text().contains(text)) {
                assertThat(Instant.now())
                        .as("waited for " + text + "; shown: " + text())
                        .isBefore(end);
                Thread.onSpinWait();
            }
        }

        int ended() throws InterruptedException {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("ended; shown: " + text())
                    .isTrue();
            reader.join();
            return process.exitValue();
        }

        void end() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Session start(String command) throws IOException {
        return start(command, Map.of());
    }

    /// @param command for a shell, in which `keyguard` is the start script
    private Session start(String command, Map<String, String> more) throws IOException {
        String line =
                "stty cols 100 rows 40; exec "
                        + command.replace("keyguard", ROOT.resolve("bin/keyguard").toString());
        ProcessBuilder builder =
                new ProcessBuilder("script", "-qefc", line, "/dev/null")
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("AWS_") || name.equals("COLUMNS"));
        variables.remove("NO_COLOR");
        for (String name :
                new String[] {
                    "AWS_REGION",
                    "AWS_ACCESS_KEY_ID",
                    "AWS_SECRET_ACCESS_KEY",
                    "AWS_SESSION_TOKEN",
                    "AWS_ENDPOINT_URL",
                    "KEYGUARD_TIME_SCALE"
                }) variables.put(name, aws.environment().required(name));
        variables.put("KEYGUARD_CACHE", ROOT.resolve("cli/target/start-script-cache").toString());
        variables.put("SHELL", "/bin/sh");
        variables.putAll(more);
        Session started = new Session(builder.start());
        session = Optional.of(started);
        return started;
    }

    private String apply() {
        return "keyguard apply --key " + key;
    }

    @Test
    void it_asks_in_colour_at_the_width_of_the_terminal_and_writes_after_yes() throws Exception {
        Session terminal = start(apply());
        terminal.awaits("Only 'yes' is accepted:");
        assertThat(aws.kms.puts()).isEmpty();
        terminal.type("yes\n");
        assertThat(terminal.ended()).as(terminal.text()).isZero();
        String shown = terminal.text();
        assertThat(shown)
                .contains(GREEN + "  + BedrockBudgeteerTrailDataKeys")
                .contains("\r\u001B[Kreading the key policy back: 5 of 5\r\u001B[K")
                .contains("The key policy was written and read back as planned.");
        // Commands to paste are not broken; everything that is read is.
        assertThat(
                        shown.substring(0, shown.indexOf("Only 'yes'"))
                                .lines()
                                .filter(line -> !line.contains("\u001B"))
                                .mapToInt(String::length)
                                .max()
                                .orElse(0))
                .isBetween(81, 100);
        assertThat(aws.kms.policy(key)).contains("BedrockBudgeteerTrailDataKeys");
    }

    @Test
    void a_no_leaves_the_key_alone() throws Exception {
        Session terminal = start(apply());
        terminal.awaits("Only 'yes' is accepted:");
        terminal.type("no\n");
        assertThat(terminal.ended()).isEqualTo(1);
        assertThat(terminal.text()).contains("Nothing was written; the key policy is unchanged.");
        assertThat(aws.kms.puts()).isEmpty();
    }

    @Test
    void no_color_is_respected() throws Exception {
        Session terminal = start(apply() + " --dry-run", Map.of("NO_COLOR", "1"));
        assertThat(terminal.ended()).isEqualTo(1);
        assertThat(terminal.text())
                .contains("  + BedrockBudgeteerTrailDataKeys")
                .doesNotContain("\u001B[3");
    }

    @Test
    void output_that_goes_elsewhere_has_no_colours_and_nobody_is_asked() throws Exception {
        Session terminal = start("sh -c '" + apply() + " --dry-run | cat'");
        terminal.ended();
        assertThat(terminal.text())
                .contains("  + BedrockBudgeteerTrailDataKeys")
                .doesNotContain("\u001B[3");
        Session asking = start("sh -c '" + apply() + " | cat'");
        asking.ended();
        assertThat(asking.text()).contains("there is no terminal to ask on");
    }

    @Test
    void ctrl_c_at_the_question_leaves_the_key_as_it_was() throws Exception {
        Session terminal = start(apply());
        terminal.awaits("Only 'yes' is accepted:");
        terminal.type(CTRL_C);
        assertThat(terminal.ended()).isEqualTo(130);
        assertThat(terminal.text())
                .contains(
                        "keyguard: interrupted; nothing was written, the key policy is unchanged");
        assertThat(aws.kms.puts()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void ctrl_c_while_it_writes_leaves_it_as_planned_and_says_so() throws Exception {
        AtomicBoolean once = new AtomicBoolean();
        aws.faults(call -> {
            if (call.operation().equals("kms:PutKeyPolicy") && once.compareAndSet(false, true)) {
                session.orElseThrow().type(CTRL_C);
                session.orElseThrow().awaits("interrupted while the key policy is written");
            }
            return Optional.empty();
        });
        Session terminal = start(apply() + " --yes");
        assertThat(terminal.ended()).isEqualTo(130);
        assertThat(terminal.text())
                .contains("interrupted, and finished all the same: the key policy is as planned");
        assertThat(aws.kms.policy(key)).contains("BedrockBudgeteerTrailDataKeys");
        assertThat(folder).isNotEmptyDirectory(); // the old policy
    }

    @Test
    void ctrl_c_while_a_key_is_made_takes_it_back() throws Exception {
        AtomicBoolean once = new AtomicBoolean();
        aws.faults(call -> {
            if (call.operation().equals("kms:CreateAlias") && once.compareAndSet(false, true)) {
                session.orElseThrow().type(CTRL_C);
                session.orElseThrow().awaits("interrupted while the key is made");
            }
            return Optional.empty();
        });
        Session terminal = start("keyguard create --yes");
        assertThat(terminal.ended()).isEqualTo(130);
        assertThat(terminal.text())
                .contains("is scheduled for deletion on")
                .contains("nothing else is left of it");
        assertThat(aws.kms.aliases()).isEmpty();
    }
}
