package io.bedrockbudgeteer.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Reported as skipped where Python or cfn-lint is missing.
class CfnLintTest {

    @Test
    void the_shipped_template_has_no_findings_in_any_partition() {
        Python.require("cfnlint");

        assertThat(CfnLint.findings(ProjectTemplate.file())).isEmpty();
    }
}
