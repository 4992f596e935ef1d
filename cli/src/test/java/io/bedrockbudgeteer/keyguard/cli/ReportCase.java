package io.bedrockbudgeteer.keyguard.cli;

import java.util.ArrayList;
import java.util.List;

/// A key and its policy, as files, and what check and plan make of them.
///
/// @param name of the golden files
/// @param kept which forms are kept as golden files
/// @param checked exit code of check
/// @param planned exit code of plan
record ReportCase(
        String name,
        Kept kept,
        String key,
        String policy,
        List<String> more,
        int checked,
        int planned) {

    /// What is worth keeping: a form whose layout another case shows already is not.
    enum Kept {
        /// Text of 80 columns without colour.
        TEXT(1),
        /// Text of 80 and 120 columns, with and without colour.
        EVERY_TEXT(4),
        /// Every text, json, sarif and junit.
        ALL(7);

        private final int files;

        Kept(int files) {
            this.files = files;
        }

        /// How many golden files each command has.
        int files() {
            return files;
        }
    }

    private static final String FOLDER = Golden.INPUT + "/report/";

    static List<ReportCase> all() {
        return List.of(
                // Something to add, and nothing else.
                of("default", Kept.ALL, "key", "default", 1, 1),
                // Statements to add, to change and to remove.
                of("outdated", Kept.EVERY_TEXT, "key", "outdated", 1, 1),
                // Statements of others to repair.
                of("orphan-repaired", Kept.EVERY_TEXT, "key", "orphan", 1, 1, "--repair"),
                of("orphan", Kept.TEXT, "key", "orphan", 1, 1),
                // Rows of which the policy alone does not decide; a plan that is refused.
                of("deny", Kept.EVERY_TEXT, "key", "deny", 1, 1),
                of("no-delegation", Kept.TEXT, "key", "no-delegation", 1, 1),
                of("sufficient", Kept.TEXT, "key", "sufficient", 0, 0),
                of("disabled", Kept.TEXT, "key-disabled", "sufficient", 1, 1),
                of("always", Kept.TEXT, "key", "sufficient", 1, 1, "--role-statements", "always"));
    }

    static ReportCase named(String name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    private static ReportCase of(
            String name,
            Kept kept,
            String key,
            String policy,
            int checked,
            int planned,
            String... more) {
        return new ReportCase(name, kept, key, policy, List.of(more), checked, planned);
    }

    static String file(String name) {
        return FOLDER + name + ".json";
    }

    /// The command line without `-o`.
    String[] arguments(String command, String... last) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                command,
                                "--key-file",
                                file(key),
                                "--policy-file",
                                file(policy),
                                "--grants-file",
                                file("grants")));
        arguments.addAll(more);
        arguments.addAll(List.of(last));
        return arguments.toArray(String[]::new);
    }

    int code(String command) {
        return command.equals("check") ? checked : planned;
    }

    @Override
    public String toString() {
        return name;
    }
}
