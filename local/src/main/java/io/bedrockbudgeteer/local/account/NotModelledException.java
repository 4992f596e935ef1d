package io.bedrockbudgeteer.local.account;

/// The template or a function asks for something that this simulation does not know. Always fails
/// the run: nothing is skipped silently.
public final class NotModelledException extends RuntimeException {

    /// @param what the type, property, attribute, intrinsic, operator or API operation, and where
    ///   it was met
    public NotModelledException(String what) {
        super("not modelled here: " + what);
    }
}
