package io.bedrockbudgeteer.keyguard.testing;

/// What goes wrong with one call to [FakeAws].
///
/// The word `taken` means: the service did what was asked, and only the answer got lost.
public sealed interface Fault {

    /// The service answers with an error and does nothing.
    record Refused(AwsError error) implements Fault {}

    /// The service does what was asked, and answers with an error all the same.
    record Misreported(AwsError error) implements Fault {}

    /// Something in front of the service answers with a status and not a word.
    record Bare(int status) implements Fault {}

    /// The service says nothing until the fake is closed.
    record Silence(boolean taken) implements Fault {}

    /// The connection breaks before the answer.
    record Reset(boolean taken) implements Fault {}

    /// One call on the wire.
    ///
    /// @param operation such as `kms:PutKeyPolicy`
    /// @param invocation the same for all attempts that the SDK makes for one call. AWS SDKs and
    ///   Tools Reference Guide, Retry behavior
    /// @param caller the access key id that the call was signed with
    record Call(String operation, String invocation, String caller) {}
}
