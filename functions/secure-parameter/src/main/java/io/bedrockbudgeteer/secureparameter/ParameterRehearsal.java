package io.bedrockbudgeteer.secureparameter;

import io.bedrockbudgeteer.keyguard.aws.Rehearsal;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Systems Manager for a [Rehearsal], with one parameter that is there and is as it is wanted.
///
/// @param owner whose parameter it is
record ParameterRehearsal(Ownership owner) implements Rehearsal.Script {
    static final String NAME = "/rehearsal";
    static final String VALUE = "rehearsal";

    // One body for every operation: each takes the members it knows.
    @Override
    public byte[] answer(String service, String operation, byte[] body) {
        List<Map<String, String>> tags = new ArrayList<>();
        owner.tags(Map.of())
                .forEach((name, value) -> tags.add(Map.of("Key", name, "Value", value)));
        Map<String, Object> parameter =
                Map.of("Name", NAME, "Type", "String", "Value", VALUE, "Version", 1, "ARN", NAME);
        return JsonText.write(Map.of("TagList", tags, "Version", 1, "Parameter", parameter))
                .getBytes(StandardCharsets.UTF_8);
    }
}
