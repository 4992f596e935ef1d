package io.bedrockbudgeteer.local.service;

import io.bedrockbudgeteer.local.account.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// Temporary credentials of the simulated account. The access key tells who calls; signatures are
/// not verified, so the secret guards nothing. Thread-safe.
public final class Credentials {
    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final Map<String, Holder> holders = new ConcurrentHashMap<>();
    private final RandomGenerator random;

    /// One set of credentials. Kept out of [#toString], as real ones would have to be.
    public record Keys(String accessKeyId, String secretAccessKey, String sessionToken) {
        /// As environment variables of an SDK or the AWS CLI.
        public Map<String, String> environment() {
            Map<String, String> variables = new LinkedHashMap<>();
            variables.put("AWS_ACCESS_KEY_ID", accessKeyId);
            variables.put("AWS_SECRET_ACCESS_KEY", secretAccessKey);
            variables.put("AWS_SESSION_TOKEN", sessionToken);
            return variables;
        }

        @Override
        public String toString() {
            return "Keys[" + accessKeyId + "]";
        }
    }

    /// @param roleId the role that the credentials are of: one made again under its name is another
    ///   one
    record Holder(Principal principal, String roleId) {}

    Credentials(RandomGenerator random) {
        this.random = random;
    }

    synchronized Keys issue(Principal principal, String roleId) {
        Keys keys = new Keys("ASIA" + text(16), text(40), text(64));
        holders.put(keys.accessKeyId(), new Holder(principal, roleId));
        return keys;
    }

    Optional<Holder> find(String accessKeyId) {
        return Optional.ofNullable(holders.get(accessKeyId));
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++)
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        return text.toString();
    }
}
