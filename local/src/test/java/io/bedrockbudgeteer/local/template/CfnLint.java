package io.bedrockbudgeteer.local.template;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// AWS's template linter, for a commercial, a GovCloud and a China Region, informational rules
/// included.
final class CfnLint {

    private CfnLint() {}

    /// What the linter prints; empty when it finds nothing.
    static String findings(Path template, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-c",
                                "from cfnlint.runner import main; main()",
                                template.toString(),
                                "--regions",
                                "us-east-1",
                                "us-gov-west-1",
                                "cn-north-1",
                                "--include-checks",
                                "I"));
        arguments.addAll(List.of(more));
        Python.Result result = Python.run("", arguments.toArray(String[]::new));
        String text = result.out() + result.err();
        return result.exitCode() == 0 || !text.isBlank() ? text : "exit code " + result.exitCode();
    }
}
