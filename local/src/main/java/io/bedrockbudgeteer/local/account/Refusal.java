package io.bedrockbudgeteer.local.account;

/// An AWS service refuses a call. Carries what the service would answer.
public final class Refusal extends RuntimeException {
    private final String code;
    private final int status;

    /// @param code error code, such as `AccessDeniedException`
    /// @param status HTTP status
    /// @param message the service's sentence
    public Refusal(String code, int status, String message) {
        super(message);
        this.code = code;
        this.status = status;
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    /// The message, never null.
    public String text() {
        String message = getMessage();
        return message == null ? code : message;
    }
}
