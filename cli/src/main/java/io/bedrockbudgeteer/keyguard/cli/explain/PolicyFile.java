package io.bedrockbudgeteer.keyguard.cli.explain;

/// A policy that came from a file.
///
/// @param shown the file's name for people
/// @param text the document
/// @param prefix what the evaluator puts before the label of its statements: nothing for the key
///   policy, such as `identity policy 2, ` for others
public record PolicyFile(String shown, String text, String prefix) {}
