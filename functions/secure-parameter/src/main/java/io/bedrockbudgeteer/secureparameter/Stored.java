package io.bedrockbudgeteer.secureparameter;

/// A parameter as Systems Manager has it.
///
/// @param type `String` or `SecureString`
/// @param value decrypted
/// @param version counts from 1
/// @param arn its ARN
record Stored(String type, Secret value, long version, String arn) {}
