package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.cli.report.ReportJson;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// docs/keyguard-json.md explains every member that check and plan write, and no other.
class JsonPageTest {
    // What comes from a policy has its own members.
    private static final Set<String> STATEMENTS =
            Set.of("changes[].before", "changes[].after", "repairs[].before");

    @Test
    void every_member_of_check_is_explained_and_no_other() throws IOException {
        List<String> outputs = outputs("check");
        try (OnAws on = new OnAws()) {
            on.aws.accessAnalyzer.finding("ERROR", "CODE", "What is wrong.", "https://example.org");
            outputs.add(on.run("check", "--key", on.key, "--access-analyzer", "-o", "json").out());
        }
        assertThat(explained(ReportJson.CHECK))
                .containsExactlyInAnyOrderElementsOf(members(outputs));
    }

    @Test
    void every_member_of_plan_is_explained_and_no_other() throws IOException {
        Set<String> members = new TreeSet<>();
        for (String member : members(outputs("plan"))) {
            // Both tables have the rows that check has.
            String row = member.replaceFirst("^access\\.(before|after)\\[]\\.", "access[].");
            if (!row.equals(member)) members.add(member.substring(0, member.indexOf("[]")));
            members.add(row);
        }
        assertThat(explained(ReportJson.PLAN)).containsExactlyInAnyOrderElementsOf(members);
    }

    private static List<String> explained(String schema) throws IOException {
        Page page = Page.of("keyguard-json.md");
        List<String> explained = new ArrayList<>(page.firstColumn("## In both"));
        explained.addAll(page.firstColumn("## " + schema));
        return explained;
    }

    private static List<String> outputs(String command) {
        List<String> outputs = new ArrayList<>();
        for (ReportCase each : ReportCase.all())
            outputs.add(Cli.run(each.arguments(command, "-o", "json")).out());
        return outputs;
    }

    private static Set<String> members(List<String> outputs) {
        TreeSet<String> members = new TreeSet<>();
        for (String output : outputs) collect(members, "", JsonReader.read(output));
        // Where an object or a list of objects is null or empty in one of them.
        Set<String> parents = new TreeSet<>();
        for (String member : members)
            for (String other : members)
                if (other.startsWith(member + ".") || other.startsWith(member + "[]"))
                    parents.add(member);
        members.removeAll(parents);
        return members;
    }

    /// Adds the path of every value that is no object, and of every list of objects.
    private static void collect(Set<String> members, String path, Json json) {
        switch (json) {
            case Json.Obj object when !STATEMENTS.contains(path) ->
                    object.members()
                            .forEach((name, value) ->
                                    collect(
                                            members,
                                            path.isEmpty() ? name : path + "." + name,
                                            value));
            case Json.Arr list -> {
                if (list.items().stream().noneMatch(item -> item instanceof Json.Obj))
                    members.add(path);
                else for (Json item : list.items()) collect(members, path + "[]", item);
            }
            default -> members.add(path);
        }
    }
}
