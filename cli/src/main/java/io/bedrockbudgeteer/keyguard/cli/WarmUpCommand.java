package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Rehearsal;
import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import io.bedrockbudgeteer.keyguard.key.KeyCheck;
import io.bedrockbudgeteer.keyguard.key.KeyRehearsal;
import io.bedrockbudgeteer.keyguard.key.KeyService;
import io.bedrockbudgeteer.keyguard.key.PolicyUse;
import io.bedrockbudgeteer.keyguard.key.Site;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Does what people do most, on a made-up key and without the network, so that the JDK can note
/// which classes that takes. For the start script, which makes an AOT cache of it. Exit code 2 when
/// one of these commands could not run.
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {
    private static final String KEY = KeyRehearsal.KEY.toString();

    private final InstantSource clock;

    WarmUpCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        // At an address without TLS, so that no connection is opened for it.
        Rehearsal.play(
                _ -> Optional.empty(),
                Map.of("AWS_REGION", "us-east-1", "AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
                new KeyRehearsal(),
                (clients, _) -> check(clients));
        Path policy = copy("policy.json");
        Path key = copy("key.json");
        List<Integer> codes = new ArrayList<>();
        try {
            codes.add(run("--help"));
            codes.add(
                    run(
                            "explain",
                            "--policy-file",
                            policy.toString(),
                            "--key",
                            KEY,
                            "--principal",
                            "logs.us-east-1.amazonaws.com",
                            "--action",
                            "kms:Decrypt"));
            for (String command : List.of("check", "plan"))
                for (String form : List.of("text", "json"))
                    codes.add(
                            run(
                                    command,
                                    "--key-file",
                                    key.toString(),
                                    "--policy-file",
                                    policy.toString(),
                                    "-o",
                                    form));
        } finally {
            Files.delete(policy);
            Files.delete(key);
        }
        return codes.contains(Main.COULD_NOT_RUN) ? Main.COULD_NOT_RUN : Main.FINE;
    }

    private static void check(AwsClients clients) {
        KeyCheck.of(
                KEY,
                new KeyService(clients, Deadline.in(Duration.ofSeconds(5))),
                new Site("aws", "us-east-1", "111122223333"),
                PolicyUse.WRITE);
    }

    private int run(String... arguments) {
        Screen nobody =
                new Screen(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        new PrintWriter(
                                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                        () -> true);
        return Main.run(List.of(arguments), nobody, clock);
    }

    private static Path copy(String name) throws IOException {
        Path file = Files.createTempFile("keyguard", name);
        try (InputStream in = WarmUpCommand.class.getResourceAsStream("warm-up-" + name)) {
            Files.write(file, Objects.requireNonNull(in, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
