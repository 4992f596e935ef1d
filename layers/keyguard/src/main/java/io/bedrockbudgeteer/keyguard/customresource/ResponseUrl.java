package io.bedrockbudgeteer.keyguard.customresource;

import io.bedrockbudgeteer.keyguard.aws.Loopback;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// Where the answer goes: a pre-signed URL, used byte for byte and never printed. Checked by shape
/// only: the hosts differ by Region and partition, and a false refusal would hang the stack for an
/// hour.
final class ResponseUrl {
    private static final int HIGHEST_PORT = 65_535;

    private final URI uri;

    private ResponseUrl(URI uri) {
        this.uri = uri;
    }

    /// @param local whether AWS is simulated on this machine; then, and only for a loopback
    ///   literal, http and any port are taken
    /// @throws CannotAnswer saying which rule the URL breaks, without the URL
    static ResponseUrl of(String text, boolean local) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException _) {
            throw new CannotAnswer("ResponseURL is not a URL; nothing was answered.");
        }
        // A URL is ASCII. The JDK would send a question mark for anything else: another URL.
        if (!text.chars().allMatch(c -> c < 0x80)) throw unusable("has characters outside ASCII");
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || uri.getRawUserInfo() != null)
            throw unusable("has no host, or has user information");
        if (uri.getPort() > HIGHEST_PORT) throw unusable("has a port that does not exist");
        if (local
                && Loopback.isHost(uri.getHost())
                && (scheme.equals("http") || scheme.equals("https"))) return new ResponseUrl(uri);
        if (!scheme.equals("https")) throw unusable("is not https");
        if (uri.getPort() != -1 && uri.getPort() != 443)
            throw unusable("has a port other than 443");
        return new ResponseUrl(uri);
    }

    private static CannotAnswer unusable(String rule) {
        return new CannotAnswer("ResponseURL " + rule + "; nothing was answered.");
    }

    /// A connection that is not open yet.
    HttpURLConnection connection() throws IOException {
        return (HttpURLConnection) uri.toURL().openConnection();
    }

    @Override
    public String toString() {
        return "response URL";
    }
}
