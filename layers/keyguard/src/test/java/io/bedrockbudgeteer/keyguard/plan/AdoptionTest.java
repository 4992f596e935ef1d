package io.bedrockbudgeteer.keyguard.plan;

import static io.bedrockbudgeteer.keyguard.plan.Samples.DEFAULT_POLICY;
import static io.bedrockbudgeteer.keyguard.plan.Samples.OWNER;
import static io.bedrockbudgeteer.keyguard.plan.Samples.add;
import static io.bedrockbudgeteer.keyguard.plan.Samples.changed;
import static io.bedrockbudgeteer.keyguard.plan.Samples.situation;
import static io.bedrockbudgeteer.keyguard.plan.Samples.withStatement;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Statements that an earlier release wrote are found by their Sid and brought to today's shape
/// where they stand.
class AdoptionTest {

    /// As an earlier release would have written it: the same purpose, other content.
    private static String earlier(String purpose, Map<String, Object> content) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Sid", OwnSid.of(purpose, OWNER, content).toString());
        statement.putAll(content);
        return JsonText.object(statement);
    }

    private static Map<String, Object> trail(Object actions) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("Effect", "Allow");
        content.put("Principal", Map.of("Service", "cloudtrail.amazonaws.com"));
        content.put("Action", actions);
        content.put("Resource", "*");
        content.put(
                "Condition", Map.of("StringEquals", Map.of("aws:SourceAccount", "111122223333")));
        return content;
    }

    @Test
    void an_older_shape_is_replaced_in_place_and_nothing_is_written_twice() {
        String old = withStatement(earlier("TrailDecrypt", trail("kms:Decrypt")));
        Plan.Change plan = (Plan.Change) add(situation(old));
        assertThat(plan.changes())
                .filteredOn(change -> change.purpose().equals("TrailDecrypt"))
                .singleElement()
                .satisfies(
                        change -> assertThat(change.kind()).isEqualTo(StatementChange.Kind.CHANGE));
        Statement second = plan.policy().statements().get(1);
        assertThat(second.sid().orElseThrow()).startsWith("BedrockBudgeteerTrailDecrypt");
        assertThat(second.text()).contains("aws:SourceArn").doesNotContain("aws:SourceAccount");
        assertThat(plan.policy().saysTheSameAs(changed(add(situation(DEFAULT_POLICY))))).isTrue();
    }

    @Test
    void a_purpose_that_today_is_gone_is_taken_out() {
        String old = withStatement(earlier("TableStreams", trail(List.of("kms:Decrypt"))));
        Plan.Change plan = (Plan.Change) add(situation(old));
        assertThat(plan.changes().getFirst().kind()).isEqualTo(StatementChange.Kind.REMOVE);
        assertThat(plan.policy().text()).doesNotContain("TableStreams");
    }

    @Test
    void one_statement_that_today_is_two_keeps_its_place_for_the_first() {
        Map<String, Object> both = trail(List.of("kms:GenerateDataKey*", "kms:DescribeKey"));
        String old = withStatement(earlier("TrailDataKeys", both));
        KeyPolicy today = changed(add(situation(old)));
        assertThat(today.statements().get(1).text()).contains("kms:GenerateDataKey*");
        assertThat(Planner.ownStatements(today, OWNER))
                .extracting(OwnStatement::state)
                .containsOnly(OwnStatement.State.INTACT);
        assertThat(add(situation(today.text()))).isInstanceOf(Plan.NoChange.class);
    }

    @Test
    void removal_finds_what_an_earlier_release_wrote() {
        String old = withStatement(earlier("AnyPurpose", trail("kms:Decrypt")));
        assertThat(changed(Planner.remove(situation(old))).text()).isEqualTo(DEFAULT_POLICY);
    }

    @Test
    void what_kms_writes_back_in_another_form_is_still_ours() {
        Map<String, Object> content = trail("kms:Decrypt");
        Map<String, Object> readBack = new LinkedHashMap<>();
        readBack.put("Resource", List.of("*"));
        readBack.put("Action", List.of("kms:Decrypt"));
        readBack.put("Condition", content.get("Condition"));
        readBack.put("Effect", "Allow");
        readBack.put("Principal", Map.of("Service", List.of("cloudtrail.amazonaws.com")));
        readBack.put("Sid", OwnSid.of("TrailDecrypt", OWNER, content).toString());
        KeyPolicy policy = KeyPolicy.read(withStatement(JsonText.object(readBack)));
        assertThat(Planner.ownStatements(policy, OWNER))
                .singleElement()
                .satisfies(own -> assertThat(own.state()).isEqualTo(OwnStatement.State.INTACT));
    }
}
