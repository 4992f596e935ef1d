package io.bedrockbudgeteer.keyguard.plan;

import static io.bedrockbudgeteer.keyguard.plan.Samples.DEFAULT_POLICY;
import static io.bedrockbudgeteer.keyguard.plan.Samples.GUARD;
import static io.bedrockbudgeteer.keyguard.plan.Samples.NO_DELEGATION;
import static io.bedrockbudgeteer.keyguard.plan.Samples.OWNER;
import static io.bedrockbudgeteer.keyguard.plan.Samples.changed;
import static io.bedrockbudgeteer.keyguard.plan.Samples.requirements;
import static io.bedrockbudgeteer.keyguard.plan.Samples.role;
import static io.bedrockbudgeteer.keyguard.plan.Samples.rules;
import static io.bedrockbudgeteer.keyguard.plan.Samples.situation;
import static io.bedrockbudgeteer.keyguard.plan.Samples.withStatement;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.policy.Grant;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which statements are ours to change, and what a change of ours may not do.
class OwnershipTest {

    private static Plan add(String policy, String... purposes) {
        return Planner.add(
                situation(policy), requirements(purposes), RoleStatements.LEAST, List.of());
    }

    private static List<String> kindsAndPurposes(Plan plan) {
        return ((Plan.Change) plan)
                .changes().stream().map(change -> change.kind() + " " + change.purpose()).toList();
    }

    @Test
    void a_statement_of_ours_that_was_given_to_another_role_belongs_to_who_did_it() {
        String patched = changed(add(NO_DELEGATION, "FirehoseDelivery")).text();
        String given =
                patched.replace(
                        role("firehose-delivery").toString(),
                        "arn:aws:iam::111122223333:role/somebody-elses");
        assertThat(Planner.ownStatements(KeyPolicy.read(given), OWNER))
                .singleElement()
                .satisfies(own -> assertThat(own.state()).isEqualTo(OwnStatement.State.EDITED));

        Plan removal = Planner.remove(situation(given));
        assertThat(removal).isInstanceOf(Plan.NoChange.class);
        assertThat(rules(removal)).containsExactly(Rule.POL011);

        Plan again = add(given, "FirehoseDelivery");
        assertThat(kindsAndPurposes(again)).containsExactly("ADD FirehoseDelivery");
        assertThat(changed(again).statements().get(1).text())
                .isEqualTo(KeyPolicy.read(given).statements().get(1).text());
    }

    @Test
    void each_name_that_an_edited_statement_holds_is_passed_over() {
        String text = DEFAULT_POLICY;
        for (String name :
                List.of("TrailDecrypt", "TrailDecrypt2", "TrailDecrypt3", "TrailDecrypt4")) {
            Plan plan = add(text, "TrailDecrypt");
            assertThat(kindsAndPurposes(plan)).containsExactly("ADD TrailDecrypt");
            assertThat(((Plan.Change) plan).changes().getFirst().sid())
                    .matches("BedrockBudgeteer" + name + "[0-9a-f]{20}");
            // Somebody breaks it, and it is written anew.
            text = changed(plan).text().replace("\"kms:Decrypt\"", "\"kms:Encrypt\"");
        }
        assertThat(Planner.ownStatements(KeyPolicy.read(text), OWNER))
                .hasSize(4)
                .allMatch(own -> own.purpose().equals("TrailDecrypt"))
                .allMatch(own -> own.state() == OwnStatement.State.EDITED);
        assertThat(Planner.remove(situation(text)).findings()).hasSize(4);
    }

    @Test
    void a_statement_is_written_where_it_leaves_less_to_decide() {
        // Theirs hangs on two keys, ours on one of them: better, though not yet sure.
        String policy =
                withStatement(
                        """
                        {"Sid": "Org", "Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "kms:Decrypt", "Resource": "*", \
                        "Condition": {"StringEquals": {"aws:SourceOrgID": "o-1"}}},
                            {"Sid": "Perimeter", "Effect": "Deny", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "kms:Decrypt", "Resource": "*", \
                        "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}}\
                        """);
        Plan plan = add(policy, "TrailDecrypt");
        assertThat(kindsAndPurposes(plan)).containsExactly("ADD TrailDecrypt");
        assertThat(((Plan.Change) plan).before().getFirst().verdict().hangsOn())
                .containsExactly("aws:SourceOrgID", "aws:SourceVpce");
        assertThat(((Plan.Change) plan).after().getFirst().verdict().hangsOn())
                .containsExactly("aws:SourceVpce");
        assertThat(rules(plan)).containsExactly(Rule.POL015);
    }

    @Test
    void a_statement_that_leaves_as_much_to_decide_is_not_written() {
        String policy =
                withStatement(
                        """
                        {"Sid": "Theirs", "Effect": "Allow", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "kms:Decrypt", "Resource": "*", \
                        "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}},
                            {"Sid": "Perimeter", "Effect": "Deny", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "kms:Decrypt", "Resource": "*", \
                        "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}}\
                        """);
        Plan plan = add(policy, "TrailDecrypt");
        assertThat(plan).isInstanceOf(Plan.NoChange.class);
        assertThat(rules(plan)).containsExactly(Rule.POL015);
    }

    @Test
    void a_change_after_which_the_guard_could_not_write_again_is_refused() {
        // The guard may write only by a statement that carries our Sid and is not wanted any more.
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("Effect", "Allow");
        content.put("Principal", Map.of("AWS", GUARD.toString()));
        content.put("Action", "kms:PutKeyPolicy");
        content.put("Resource", "*");
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("Sid", OwnSid.of("Guard", OWNER, content).toString());
        named.putAll(content);
        String policy =
                NO_DELEGATION
                        .replace("\"kms:Put*\" ", "\"kms:Tag*\" ")
                        .replace(
                                "\"Statement\" : [ {",
                                "\"Statement\" : [ " + JsonText.object(named) + ", {");
        for (Plan plan : List.of(add(policy, "TrailDecrypt"), Planner.remove(situation(policy)))) {
            assertThat(plan).isInstanceOf(Plan.Refused.class);
            assertThat(plan.findings().getFirst().rule()).isEqualTo(Rule.POL008);
            assertThat(plan.findings().getFirst().message())
                    .startsWith(
                            GUARD
                                    + " may not kms:PutKeyPolicy under the new policy: Nothing allows kms:PutKeyPolicy for ");
        }
    }

    @Test
    void a_deny_without_sid_is_counted_in_the_policy_as_it_is_now() {
        // Our statement in front of it goes with the change, and the number with it.
        String ours =
                KeyPolicy.read(changed(add(DEFAULT_POLICY, "NoticeQueue")).text())
                        .statements()
                        .get(1)
                        .text();
        String policy =
                withStatement(
                        ours
                                + ",\n    {\"Effect\": \"Deny\", \"Principal\": {\"AWS\": \""
                                + GUARD
                                + "\"}, \"Action\": \"kms:Put*\", \"Resource\": \"*\"}");
        assertThat(Planner.remove(situation(policy)).findings().getFirst().message())
                .startsWith(
                        GUARD
                                + " may not kms:PutKeyPolicy under the present policy: statement 3 denies kms:PutKeyPolicy");
    }

    @Test
    void a_grant_stands_in_for_a_statement_of_a_role_but_not_of_a_service() {
        // Whether a service uses a grant to its principal where its page prints a statement is not
        // documented.
        Situation toService = withGrant(situation(DEFAULT_POLICY), "sns.amazonaws.com", true);
        Plan plan =
                Planner.add(
                        toService, requirements("NoticeQueue"), RoleStatements.LEAST, List.of());
        assertThat(plan.before())
                .isNotEmpty()
                .allMatch(row -> row.verdict().basis().equals("grant"));
        assertThat(kindsAndPurposes(plan)).containsExactly("ADD NoticeQueue");

        String firehose = role("firehose-delivery").toString();
        assertThat(kindsAndPurposes(add(NO_DELEGATION, "FirehoseDelivery")))
                .containsExactly("ADD FirehoseDelivery");
        assertThat(
                        Planner.add(
                                withGrant(situation(NO_DELEGATION), firehose, false),
                                requirements("FirehoseDelivery"),
                                RoleStatements.LEAST,
                                List.of()))
                .isInstanceOf(Plan.NoChange.class);
    }

    private static Situation withGrant(Situation situation, String grantee, boolean toService) {
        Grant grant =
                new Grant(
                        "g1",
                        grantee,
                        toService,
                        Set.of("Decrypt", "GenerateDataKey"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true);
        return new Situation(
                situation.key(),
                situation.policy(),
                situation.roles(),
                List.of(grant),
                situation.caller(),
                situation.owner());
    }

    @Test
    void a_guard_that_may_not_write_now_is_told_why() {
        String policy = NO_DELEGATION.replace("\"kms:Put*\" ", "\"kms:Tag*\" ");
        Plan plan = add(policy, "TrailDecrypt");
        assertThat(plan).isInstanceOf(Plan.Refused.class);
        assertThat(plan.findings().getFirst().message())
                .isEqualTo(
                        GUARD
                                + " may not kms:PutKeyPolicy under the present policy: Nothing allows kms:PutKeyPolicy for "
                                + GUARD
                                + ": no statement of the key policy covers it.");
    }

    @Test
    void what_the_command_put_counts_for_every_stack_and_stays_when_a_stack_goes() {
        Plan first =
                Planner.add(
                        Samples.ownedBy(situation(DEFAULT_POLICY), Owner.command("production")),
                        requirements("TrailDecrypt"),
                        RoleStatements.LEAST,
                        List.of());
        String put = changed(first).text();

        assertThat(add(put, "TrailDecrypt")).isInstanceOf(Plan.NoChange.class);
        assertThat(Planner.remove(situation(put))).isInstanceOf(Plan.NoChange.class);
        Plan removal = Planner.remove(Samples.ownedBy(situation(put), Owner.command("production")));
        assertThat(changed(removal).text()).isEqualTo(DEFAULT_POLICY);
    }
}
