package io.bedrockbudgeteer.keyguard.plan;

import static io.bedrockbudgeteer.keyguard.plan.Samples.DEFAULT_POLICY;
import static io.bedrockbudgeteer.keyguard.plan.Samples.NO_DELEGATION;
import static io.bedrockbudgeteer.keyguard.plan.Samples.add;
import static io.bedrockbudgeteer.keyguard.plan.Samples.changed;
import static io.bedrockbudgeteer.keyguard.plan.Samples.requirements;
import static io.bedrockbudgeteer.keyguard.plan.Samples.situation;
import static io.bedrockbudgeteer.keyguard.plan.Samples.withStatement;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static List<String> purposes(Plan plan) {
        return ((Plan.Change) plan).changes().stream().map(StatementChange::purpose).toList();
    }

    private static List<Rule> rules(Plan plan) {
        return plan.findings().stream().map(Finding::rule).distinct().toList();
    }

    @Test
    void with_the_default_policy_only_the_services_get_statements() {
        Plan plan = add(situation(DEFAULT_POLICY));
        assertThat(purposes(plan)).containsExactly("TrailDataKeys", "TrailDescribeKey", "TrailDecrypt", "LogGroups", "AlarmTopic", "NoticeQueue");
        assertThat(plan.findings()).isEmpty();
        assertThat(((Plan.Change) plan).after()).allMatch(row -> row.verdict().isAllowed());
        assertThat(plan.before()).anyMatch(row -> !row.verdict().isAllowed());
    }

    @Test
    void without_delegation_the_roles_get_statements_too() {
        Plan plan = add(situation(NO_DELEGATION));
        assertThat(purposes(plan)).hasSize(13).doesNotHaveDuplicates();
        assertThat(rules(plan)).containsExactly(Rule.POL010);
        assertThat(((Plan.Change) plan).after()).allMatch(row -> row.verdict().isAllowed());
    }

    @Test
    void a_policy_that_is_enough_is_not_changed() {
        KeyPolicy enough = changed(add(situation(DEFAULT_POLICY)));
        assertThat(add(situation(enough.text()))).isInstanceOf(Plan.NoChange.class);
    }

    @Test
    void removal_gives_the_text_back_byte_for_byte() {
        for (String text : List.of(
                DEFAULT_POLICY,
                DEFAULT_POLICY.replace("\n", "\r\n"),
                NO_DELEGATION,
                DEFAULT_POLICY.replaceAll("\\s*\n\\s*", ""),
                DEFAULT_POLICY.replace("[\n    {", "{").replace("}\n  ]", "}"),
                DEFAULT_POLICY.replace("[\n    {", "{").replace("}\n  ]", "}").replaceAll("\\s*\n\\s*", ""))) {
            KeyPolicy patched = changed(add(situation(text)));
            assertThat(changed(Planner.remove(situation(patched.text()))).text()).isEqualTo(text);
        }
    }

    @Test
    void new_statements_look_like_their_neighbours() {
        String crlf = DEFAULT_POLICY.replace("\n", "\r\n");
        String text = changed(Planner.add(situation(crlf), requirements("TrailDecrypt"), RoleStatements.LEAST, List.of())).text();
        assertThat(text.replace("\r\n", "")).doesNotContain("\n");
        assertThat(text.replaceAll("Decrypt[0-9a-f]{20}", "Decrypt#").replace("\r\n", "\n")).isEqualTo("""
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {
                      "Sid": "Enable IAM User Permissions",
                      "Effect": "Allow",
                      "Principal": {
                        "AWS": "arn:aws:iam::111122223333:root"
                      },
                      "Action": "kms:*",
                      "Resource": "*"
                    },
                    {
                      "Sid": "BedrockBudgeteerTrailDecrypt#",
                      "Effect": "Allow",
                      "Principal": {
                        "Service": "cloudtrail.amazonaws.com"
                      },
                      "Action": "kms:Decrypt",
                      "Resource": "*",
                      "Condition": {
                        "StringEquals": {
                          "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:trail/bedrock-budgeteer-production-trail"
                        }
                      }
                    }
                  ]
                }""");
    }

    @Test
    void a_statement_of_ours_with_other_content_is_replaced_where_it_stands() {
        KeyPolicy patched = changed(add(situation(DEFAULT_POLICY)));
        Plan again = Planner.add(
                situation(patched.text().replace("BedrockBudgeteer-*", "BedrockBudgeteer-*")),
                requirements().stream().filter(requirement -> !requirement.purpose().equals("NoticeQueue")).toList(),
                RoleStatements.LEAST,
                List.of());
        assertThat(((Plan.Change) again).changes()).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(StatementChange.Kind.REMOVE);
            assertThat(change.purpose()).isEqualTo("NoticeQueue");
        });
    }

    @Test
    void a_deny_in_the_way_is_named_and_nothing_is_written() {
        Plan plan = add(situation(withStatement("""
                {"Sid": "OnlyOurs", "Effect": "Deny", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "kms:GenerateDataKey*", "Resource": "*"}""")));
        assertThat(plan).isInstanceOf(Plan.Refused.class);
        assertThat(plan.findings().getFirst().line()).contains("POL007", "OnlyOurs", "kms:GenerateDataKey", "cloudtrail.amazonaws.com");
    }

    @Test
    void an_orphan_blocks_the_write() {
        Plan plan = add(situation(withStatement("""
                {"Sid": "Old", "Effect": "Allow", "Principal": {"AWS": "AROAEXAMPLEEXAMPLE1234"}, "Action": "kms:Decrypt", "Resource": "*"}""")));
        assertThat(plan).isInstanceOf(Plan.Refused.class);
        assertThat(rules(plan)).containsExactly(Rule.POL003);
    }

    @Test
    void keep_decrypt_leaves_only_what_old_data_needs() {
        KeyPolicy patched = changed(add(situation(DEFAULT_POLICY)));
        KeyPolicy reduced = changed(Planner.keepDecrypt(situation(patched.text())));
        List<Statement> own = reduced.statements().subList(1, reduced.statements().size());
        assertThat(own).hasSize(4).allSatisfy(statement -> assertThat(statement.actions().orElseThrow().patterns()).containsExactly("kms:Decrypt"));
        assertThat(Planner.keepDecrypt(situation(reduced.text()))).isInstanceOf(Plan.NoChange.class);
        assertThat(changed(Planner.remove(situation(reduced.text()))).text()).isEqualTo(DEFAULT_POLICY);
    }
}
