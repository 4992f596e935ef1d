package io.bedrockbudgeteer.keyguard.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsPageTest {

    private static final Map<String, String> CHAPTERS = new LinkedHashMap<>();

    static {
        CHAPTERS.put("KEY", "The key");
        CHAPTERS.put("POL", "The key policy");
        CHAPTERS.put("IAM", "The roles");
        CHAPTERS.put("ALM", "The alarm");
        CHAPTERS.put("PAR", "Secure parameters");
    }

    @Test
    void the_page_lists_every_rule() throws IOException {
        Pages.assertUpToDate("docs/findings.md", page());
    }

    @Test
    void ids_are_complete_and_every_rule_says_how_to_mend_it() {
        Map<String, Integer> next = new LinkedHashMap<>();
        for (Rule rule : Rule.values()) {
            String chapter = rule.id().substring(0, 3);
            assertThat(CHAPTERS).containsKey(chapter);
            assertThat(rule.id())
                    .isEqualTo("%s%03d".formatted(chapter, next.merge(chapter, 1, Integer::sum)));
            assertThat(rule.title()).doesNotEndWith(".");
            assertThat(rule.fix()).endsWith(".");
            assertThat(rule.source()).matches("[A-Z].*: .*");
        }
        assertThat(Rule.values()).hasSizeGreaterThanOrEqualTo(50);
    }

    @Test
    void a_finding_reads_the_same_everywhere() {
        Finding finding =
                Finding.of(Rule.KEY008, "Key x is disabled.", "aws kms enable-key --key-id x");
        assertThat(finding.line())
                .isEqualTo("KEY008 error: Key x is disabled. Fix: aws kms enable-key --key-id x");
        assertThat(finding.as(Severity.INFO).line()).startsWith("KEY008 info: ");
        assertThat(Finding.of(Rule.POL018, "Gone.", "").line()).isEqualTo("POL018 info: Gone.");
    }

    private static String page() {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Findings

                        What a check can find. Ids never change their meaning. An error stops a deployment; a warning and an info do not.
                        A check may lower a severity where the rule cannot hurt, for example where nothing is written.

                        <!-- Generated from the code by the tests; do not edit. -->
                        """);
        CHAPTERS.forEach((prefix, title) -> {
            page.append("\n## ").append(title).append("\n");
            for (Rule rule : Rule.values()) {
                if (!rule.id().startsWith(prefix)) continue;
                page.append("\n### ").append(rule.id()).append("\n\n");
                page.append(rule.title())
                        .append(" (")
                        .append(rule.severity().name().toLowerCase(Locale.ROOT))
                        .append(").\n\n");
                page.append(rule.fix()).append("\n\n");
                page.append("Source: ").append(rule.source()).append("\n");
            }
        });
        return page.toString();
    }
}
