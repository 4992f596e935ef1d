package io.bedrockbudgeteer.keyguard.testing;

import org.jspecify.annotations.Nullable;

/// An error as a service sends it.
public final class AwsError extends RuntimeException {
    private final int status;
    private final String code;
    private final @Nullable String words;

    /// @param words null for an error without a message, which KMS can send
    public AwsError(int status, String code, @Nullable String words) {
        super(code + ": " + words);
        this.status = status;
        this.code = code;
        this.words = words;
    }

    public static AwsError accessDenied(String words) {
        return new AwsError(400, "AccessDeniedException", words);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public @Nullable String words() {
        return words;
    }
}
