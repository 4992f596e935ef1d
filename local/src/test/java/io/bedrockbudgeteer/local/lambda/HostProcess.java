package io.bedrockbudgeteer.local.lambda;

import io.bedrockbudgeteer.local.account.Functions.Function;
import io.bedrockbudgeteer.local.engine.FakeQueues;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A runner in a JVM of its own, so that a test can end it: starts a function, prints what it
/// answered, and waits.
final class HostProcess {

    private HostProcess() {}

    /// @param arguments runtime client, function zip, layer zip, event; then `exit` to end by
    ///   itself instead of waiting
    public static void main(String[] arguments) throws Exception {
        LambdaOptions options =
                new LambdaOptions(
                        RuntimeClient.valueOf(arguments[0]),
                        1,
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        InstantSource.system());
        LambdaHost host =
                new LambdaHost(options, function -> Map.of(), event -> {}, new FakeQueues());
        host.put(
                new Function(
                        "arn",
                        "f",
                        "Probe::handleRequest",
                        "java25",
                        256,
                        30,
                        Path.of(arguments[1]),
                        List.of(Path.of(arguments[2])),
                        Map.of(),
                        "role",
                        "/aws/lambda/f"));
        host.invoke("arn", arguments[3]);
        System.out.println(host.logs().get("f"));
        System.out.println("READY");
        if (arguments.length > 4) System.exit(0);
        Thread.sleep(60_000);
    }
}
