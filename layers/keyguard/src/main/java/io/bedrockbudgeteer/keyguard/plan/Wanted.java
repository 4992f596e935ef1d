package io.bedrockbudgeteer.keyguard.plan;

import java.util.Map;

/// A statement that ought to stand in the key policy.
///
/// @param purpose purpose of the requirement it serves
/// @param content its members, without Sid
/// @param reason for people: why, one sentence
record Wanted(String purpose, Map<String, Object> content, String reason) {}
