package io.bedrockbudgeteer.keyguard.plan;

import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// One change to one of our statements.
///
/// @param kind what happens to it
/// @param sid Sid of the statement after the change; for a removal, before it
/// @param purpose purpose of the requirement it serves
/// @param text JSON text of the statement after the change; for a removal, before it
/// @param reason for people: why, one sentence
public record StatementChange(Kind kind, String sid, String purpose, String text, String reason) {

    /// Add, change in place, take out.
    public enum Kind {
        ADD,
        CHANGE,
        REMOVE
    }

    /// The statement in one line, for somebody else to paste. Its Sid is none of ours: a stack
    /// takes out, and counts on, only what it wrote itself, while what a person pasted stays and
    /// counts.
    ///
    /// @param label tells the Sids of several stacks on one key apart, such as the environment
    public String pasteable(String label) {
        Map<String, Object> members = new LinkedHashMap<>(JsonReader.readObject(text).members());
        String name = label.replaceAll("[^A-Za-z0-9]", "");
        String first = name.substring(0, Math.min(1, name.length())).toUpperCase(Locale.ROOT);
        members.put("Sid", "Budgeteer" + purpose + first + name.substring(first.length()));
        return JsonText.object(members);
    }
}
