package io.bedrockbudgeteer.keyguard.plan;

import static io.bedrockbudgeteer.keyguard.plan.Samples.DEFAULT_POLICY;
import static io.bedrockbudgeteer.keyguard.plan.Samples.changed;
import static io.bedrockbudgeteer.keyguard.plan.Samples.requirements;
import static io.bedrockbudgeteer.keyguard.plan.Samples.situation;
import static io.bedrockbudgeteer.keyguard.plan.Samples.withStatement;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.finding.Severity;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Dead entries leave statements of others only when that was asked for, and nothing else does.
class RepairTest {
    private static final String ROLE_ID = "AROAEXAMPLEEXAMPLE1234";
    private static final String USER_ID = "AIDAEXAMPLEEXAMPLE1234";

    /// @param principal the Principal element before
    /// @param expected the element after; empty when the statement goes
    record Row(String principal, String expected) {}

    private static Row row(String principal, String expected) {
        return new Row(
                principal.replace('\'', '"').replace("R!", ROLE_ID).replace("U!", USER_ID),
                expected.replace('\'', '"').replace("R!", ROLE_ID).replace("U!", USER_ID));
    }

    private static final List<Row> ROWS =
            List.of(
                    row("{'AWS':['R!','a']}", "{'AWS':['a']}"),
                    row("{'AWS':['a','R!']}", "{'AWS':['a']}"),
                    row("{'AWS': [ 'a' , 'R!' , 'U!' , 'b' ]}", "{'AWS': [ 'a' , 'b' ]}"),
                    row("{'AWS':['R!','a','U!']}", "{'AWS':['a']}"),
                    row("{'AWS':['a','R!','b','U!','c']}", "{'AWS':['a','b','c']}"),
                    row("{'AWS':['a',\n\t'R!'\n]}", "{'AWS':['a'\n]}"),
                    row("{'AWS':['a','\\u0041ROAEXAMPLEEXAMPLE1234']}", "{'AWS':['a']}"),
                    row("{'AWS':'R!'}", ""),
                    row("{'AWS':['R!','U!']}", ""),
                    row("{'AWS':'R!','Service':'s'}", "{'Service':'s'}"),
                    row("{'Service':'s' , 'AWS' : 'R!'}", "{'Service':'s'}"),
                    row("{ 'AWS' : ['R!'] , 'Service':['s','t'] }", "{ 'Service':['s','t'] }"),
                    row("{'\\u0041WS':'R!','Service':'s'}", "{'Service':'s'}"),
                    row(
                            "{'Federated':'f','AWS':['R!','U!'],'Service':'s'}",
                            "{'Federated':'f','Service':'s'}"));

    static List<Row> rows() {
        return ROWS;
    }

    private static String statement(String principal) {
        return "{\"Sid\":\"Theirs\",\"Effect\":\"Allow\",\"Principal\":"
                + principal
                + ",\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}";
    }

    private static Plan repaired(String policy) {
        return Planner.add(
                situation(policy),
                requirements(),
                RoleStatements.LEAST,
                List.of(),
                Repair.DEAD_ENTRIES);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void an_id_goes_and_every_other_byte_stays(Row row) {
        KeyPolicy policy = KeyPolicy.read(withStatement(statement(row.principal())));
        Repaired repaired = Repaired.of(policy, Repair.DEAD_ENTRIES, Set.of());
        assertThat(repaired.policy().text())
                .isEqualTo(
                        row.expected().isEmpty()
                                ? DEFAULT_POLICY
                                : withStatement(statement(row.expected())));
        assertThat(repaired.changes())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.label()).isEqualTo("Theirs");
                    assertThat(change.removed()).isEqualTo(row.expected().isEmpty());
                    assertThat(change.before()).isEqualTo(statement(row.principal()));
                });
    }

    @Test
    void no_row_disappears() {
        assertThat(ROWS).hasSize(14);
    }

    @Test
    void nothing_is_repaired_unless_asked_for() {
        String policy = withStatement(statement("{\"AWS\":[\"a\",\"" + ROLE_ID + "\"]}"));
        Plan plan = Samples.add(situation(policy));
        assertThat(plan).isInstanceOf(Plan.Refused.class);
        assertThat(plan.findings().getFirst().rule()).isEqualTo(Rule.POL003);
        assertThat(plan.findings().getFirst().fix()).contains("or set RepairPolicy to true");
    }

    @Test
    void the_repair_and_our_statements_come_in_one_text() {
        String policy =
                withStatement(statement("{\"AWS\":[\"111122223333\",\"" + ROLE_ID + "\"]}"));
        Plan.Change plan = (Plan.Change) repaired(policy);
        assertThat(plan.repairs()).hasSize(1);
        assertThat(plan.changes()).hasSize(6);
        assertThat(plan.policy().text()).doesNotContain(ROLE_ID);
        assertThat(plan.policy().orphanIds()).isEmpty();
        assertThat(repaired(plan.policy().text())).isInstanceOf(Plan.NoChange.class);
        assertThat(changed(Planner.remove(situation(plan.policy().text()))).text())
                .isEqualTo(withStatement(statement("{\"AWS\":[\"111122223333\"]}")));
        assertThat(PlanReport.written(plan).getFirst())
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(Rule.POL023);
                    assertThat(finding.message())
                            .isEqualTo(
                                    "Principals that do not exist any more were taken out of statement \"Theirs\" of the key policy as asked: "
                                            + ROLE_ID
                                            + ".");
                });
    }

    @Test
    void a_policy_that_lacks_nothing_is_repaired_all_the_same() {
        KeyPolicy complete = changed(Samples.add(situation(DEFAULT_POLICY)));
        String broken =
                complete.text()
                        .replace(
                                "\n  ]",
                                ",\n    " + statement("{\"AWS\":\"" + USER_ID + "\"}") + "\n  ]");
        Plan.Change plan = (Plan.Change) repaired(broken);
        assertThat(plan.changes()).isEmpty();
        assertThat(plan.policy().text()).isEqualTo(complete.text());
        assertThat(PlanReport.written(plan))
                .extracting(Finding::message)
                .containsExactly(
                        "Statement \"Theirs\" was taken out of the key policy as asked: "
                                + USER_ID
                                + " was its only principal and does not exist any more.");
    }

    @Test
    void a_check_shows_what_a_write_with_this_repair_would_put() {
        String broken =
                withStatement(statement("{\"AWS\":[\"111122223333\",\"" + ROLE_ID + "\"]}"));
        Plan.Change looked =
                (Plan.Change)
                        Planner.check(
                                situation(broken),
                                requirements(),
                                RoleStatements.LEAST,
                                List.of(),
                                Repair.DEAD_ENTRIES);
        Plan.Change written = (Plan.Change) repaired(broken);
        assertThat(looked.policy().text()).isEqualTo(written.policy().text());
        assertThat(looked.changes()).isEqualTo(written.changes());
        assertThat(looked.repairs()).isEqualTo(written.repairs()).hasSize(1);

        Plan.Change plain =
                (Plan.Change)
                        Planner.check(
                                situation(broken), requirements(), RoleStatements.LEAST, List.of());
        assertThat(plain.repairs()).isEmpty();
        assertThat(plain.policy().text()).contains(ROLE_ID);
    }

    @Test
    void a_statement_without_action_or_resource_goes() {
        for (String dead :
                List.of(
                        "{\"Sid\":\"Dead\",\"Effect\":\"Allow\",\"Principal\":\"*\",\"Resource\":\"*\"}",
                        "{\"Sid\":\"Dead\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"kms:*\"}",
                        "{\"Sid\":\"Dead\",\"Effect\":\"Deny\",\"NotPrincipal\":{\"AWS\":\""
                                + ROLE_ID
                                + "\"},\"Action\":[],\"Resource\":\"*\"}")) {
            Repaired repaired =
                    Repaired.of(KeyPolicy.read(withStatement(dead)), Repair.DEAD_ENTRIES, Set.of());
            assertThat(repaired.policy().text()).as(dead).isEqualTo(DEFAULT_POLICY);
            Plan.Change plan = (Plan.Change) repaired(withStatement(dead));
            assertThat(PlanReport.written(plan).getFirst().message())
                    .isEqualTo(
                            "Statement \"Dead\" was taken out of the key policy as asked: it had no Action or no Resource and gave nothing.");
        }
    }

    @Test
    void what_may_give_something_stays_and_blocks() {
        String other = "arn:aws:kms:us-east-1:111122223333:key/other";
        for (String kept :
                List.of(
                        // an emptied NotPrincipal would deny everybody
                        "{\"Effect\":\"Deny\",\"NotPrincipal\":{\"AWS\":[\""
                                + ROLE_ID
                                + "\",\"111122223333\"]},\"Action\":\"kms:TagResource\",\"Resource\":\"*\"}",
                        "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"kms:Decrypt\",\"Resource\":\""
                                + other
                                + "\"}",
                        "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"111122223333\"},\"Action\":\"kms:Decrypt\",\"Resource\":\"arn:aws:kms:*\"}",
                        "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\""
                                + ROLE_ID
                                + "\"},\"Action\":\"kms:Decrypt\",\"Resource\":\"*\",\"Odd\":1}")) {
            Plan plan = repaired(withStatement(kept));
            assertThat(plan).as(kept).isInstanceOf(Plan.Refused.class);
            assertThat(
                            Repaired.of(
                                            KeyPolicy.read(withStatement(kept)),
                                            Repair.DEAD_ENTRIES,
                                            Set.of())
                                    .changes())
                    .as(kept)
                    .isEmpty();
        }
    }

    @Test
    void removal_repairs_only_where_there_is_something_to_remove() {
        String dead = statement("{\"AWS\":\"" + ROLE_ID + "\"}");
        String ours = changed(Samples.add(situation(DEFAULT_POLICY))).text();
        String both = ours.replace("\n  ]", ",\n    " + dead + "\n  ]");
        assertThat(Planner.remove(situation(both))).isInstanceOf(Plan.Refused.class);
        assertThat(changed(Planner.remove(situation(both), Repair.DEAD_ENTRIES)).text())
                .isEqualTo(DEFAULT_POLICY);
        assertThat(
                        Planner.ownStatements(
                                changed(Planner.keepDecrypt(situation(both), Repair.DEAD_ENTRIES)),
                                Samples.OWNER))
                .hasSize(4);
        assertThat(Planner.remove(situation(withStatement(dead)), Repair.DEAD_ENTRIES))
                .isInstanceOf(Plan.NoChange.class);
    }

    @Test
    void what_is_going_to_be_repaired_is_a_warning_of_the_check() {
        KeyPolicy policy =
                KeyPolicy.read(
                        withStatement(
                                statement("{\"AWS\":[\"111122223333\",\"" + ROLE_ID + "\"]}")
                                        + ",{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Resource\":\"*\"}"));
        assertThat(PolicyHealth.of(policy, Samples.KEY).findings())
                .filteredOn(Finding::isError)
                .extracting(Finding::rule)
                .containsExactly(Rule.POL003, Rule.POL004);
        assertThat(PolicyHealth.of(policy, Samples.KEY, Repair.DEAD_ENTRIES).findings())
                .filteredOn(finding -> Set.of(Rule.POL003, Rule.POL004).contains(finding.rule()))
                .hasSize(2)
                .allMatch(finding -> finding.severity() == Severity.WARNING);
    }
}
