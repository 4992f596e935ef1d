package io.bedrockbudgeteer.keyguard.aws;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Recognises addresses of this machine by their text. Names are not resolved: `localhost` can be
/// anything that the resolver says.
public final class Loopback {
    private static final Pattern LITERAL =
            Pattern.compile(
                    "127\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){2}|\\[::1]");

    private Loopback() {}

    /// Whether a URL's host is a loopback literal, 127.0.0.0/8 or `[::1]`.
    public static boolean isUrl(String url) {
        try {
            return isHost(new URI(url).getHost());
        } catch (URISyntaxException _) {
            return false;
        }
    }

    public static boolean isHost(@Nullable String host) {
        return host != null && LITERAL.matcher(host).matches();
    }
}
