package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.testing.CustomResourceEvents;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The command in this process, against AWS on loopback. Credentials are system properties, which
/// the SDK asks before everything else.
public final class OnAws implements AutoCloseable {
    public static final String REGION = CustomResourceEvents.REGION;
    public static final String KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
    public static final String ACCESS_KEY = "AKIAFAKEFAKEFAKEFAKE";

    private static final Map<String, String> CREDENTIALS =
            Map.of(
                    "aws.accessKeyId", ACCESS_KEY,
                    "aws.secretAccessKey", "secret",
                    "aws.sessionToken", "token");

    public final FakeAws aws = new FakeAws();

    /// The ARN of the one key, which has the policy of a new key.
    public final String key = aws.kms.newKey(KEY_ID);

    public OnAws() {
        CREDENTIALS.forEach(System::setProperty);
    }

    /// Runs a command with the flags that lead it here.
    public Cli.Ended run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--endpoint-url", aws.url(), "--region", REGION));
        return Cli.run(all.toArray(String[]::new));
    }

    @Override
    public void close() {
        CREDENTIALS.keySet().forEach(System::clearProperty);
        aws.close();
    }
}
