package io.bedrockbudgeteer.keyguard.plan;

import static io.bedrockbudgeteer.keyguard.plan.Samples.DEFAULT_POLICY;
import static io.bedrockbudgeteer.keyguard.plan.Samples.GUARD;
import static io.bedrockbudgeteer.keyguard.plan.Samples.NO_DELEGATION;
import static io.bedrockbudgeteer.keyguard.plan.Samples.OWNER;
import static io.bedrockbudgeteer.keyguard.plan.Samples.add;
import static io.bedrockbudgeteer.keyguard.plan.Samples.changed;
import static io.bedrockbudgeteer.keyguard.plan.Samples.requirements;
import static io.bedrockbudgeteer.keyguard.plan.Samples.role;
import static io.bedrockbudgeteer.keyguard.plan.Samples.rules;
import static io.bedrockbudgeteer.keyguard.plan.Samples.situation;
import static io.bedrockbudgeteer.keyguard.plan.Samples.withIam;
import static io.bedrockbudgeteer.keyguard.plan.Samples.withStatement;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.finding.Severity;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final List<String> SERVICE_PURPOSES =
            List.of(
                    "TrailDataKeys",
                    "TrailDescribeKey",
                    "TrailDecrypt",
                    "LogGroups",
                    "AlarmTopic",
                    "NoticeQueue");

    private static List<String> purposes(Plan plan) {
        return plan instanceof Plan.Change change
                ? change.changes().stream().map(StatementChange::purpose).toList()
                : List.of();
    }

    private static String line(Plan plan, Rule rule) {
        return plan.findings().stream()
                .filter(finding -> finding.rule() == rule)
                .findFirst()
                .orElseThrow()
                .line();
    }

    @Test
    void with_the_default_policy_only_the_services_get_statements() {
        Plan plan = add(situation(DEFAULT_POLICY));
        assertThat(purposes(plan)).isEqualTo(SERVICE_PURPOSES);
        assertThat(plan.findings()).isEmpty();
        assertThat(((Plan.Change) plan).after()).allMatch(row -> row.verdict().isAllowed());
        assertThat(plan.before()).anyMatch(row -> !row.verdict().isAllowed());
        assertThat(((Plan.Change) plan).changes())
                .allSatisfy(change -> {
                    assertThat(change.kind()).isEqualTo(StatementChange.Kind.ADD);
                    assertThat(change.sid())
                            .matches("BedrockBudgeteer" + change.purpose() + "[0-9a-f]{20}");
                    assertThat(change.text()).contains(change.sid());
                });
    }

    @Test
    void what_another_stack_wrote_does_not_count_because_it_goes_with_that_stack() {
        KeyPolicy first = changed(add(situation(DEFAULT_POLICY)));
        Plan second = add(Samples.ownedBy(situation(first.text()), Samples.OTHER_OWNER));
        assertThat(purposes(second)).isEqualTo(SERVICE_PURPOSES);
    }

    @Test
    void without_delegation_the_roles_get_statements_too() {
        Plan plan = add(situation(NO_DELEGATION));
        assertThat(purposes(plan)).hasSize(13).doesNotHaveDuplicates();
        assertThat(rules(plan)).containsExactly(Rule.POL010);
        assertThat(((Plan.Change) plan).after()).allMatch(row -> row.verdict().isAllowed());
    }

    @Test
    void delegation_with_a_condition_that_roles_do_not_meet_is_no_delegation() {
        String rootUserOnly =
                DEFAULT_POLICY.replace(
                        "\"Resource\": \"*\"",
                        "\"Resource\": \"*\", \"Condition\": {\"StringEquals\": {\"aws:PrincipalType\": \"Account\"}}");
        String withGuard =
                rootUserOnly.replace(
                        "\"Statement\": [",
                        "\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \""
                                + GUARD
                                + "\"}, \"Action\": \"kms:PutKeyPolicy\", \"Resource\": \"*\"},");
        assertThat(purposes(add(situation(withGuard)))).hasSize(13);
    }

    @Test
    void role_statements_can_be_asked_for() {
        Plan plan =
                Planner.add(
                        situation(DEFAULT_POLICY),
                        requirements(),
                        RoleStatements.ALWAYS,
                        List.of());
        assertThat(purposes(plan)).hasSize(13);
        Plan back =
                Planner.add(
                        situation(changed(plan).text()),
                        requirements(),
                        RoleStatements.LEAST,
                        List.of());
        assertThat(((Plan.Change) back).changes())
                .hasSize(7)
                .allMatch(change -> change.kind() == StatementChange.Kind.REMOVE);
    }

    @Test
    void a_policy_that_is_enough_is_not_changed() {
        KeyPolicy enough = changed(add(situation(DEFAULT_POLICY)));
        Plan plan = add(situation(enough.text()));
        assertThat(plan).isInstanceOf(Plan.NoChange.class);
        assertThat(plan.before()).allMatch(row -> row.verdict().isAllowed());
        assertThat(plan.findings()).isEmpty();
    }

    @Test
    void new_statements_look_like_their_neighbours() {
        String crlf = DEFAULT_POLICY.replace("\n", "\r\n");
        String text =
                changed(
                                Planner.add(
                                        situation(crlf),
                                        requirements("TrailDecrypt"),
                                        RoleStatements.LEAST,
                                        List.of()))
                        .text();
        assertThat(text.replace("\r\n", "")).doesNotContain("\n");
        assertThat(text.replaceAll("Decrypt[0-9a-f]{20}", "Decrypt#").replace("\r\n", "\n"))
                .isEqualTo(
                        """
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
                        }\
                        """);
    }

    @Test
    void the_print_of_get_key_policy_is_continued_in_its_style() {
        String text =
                changed(
                                Planner.add(
                                        situation(NO_DELEGATION),
                                        requirements("TrailDescribeKey"),
                                        RoleStatements.LEAST,
                                        List.of()))
                        .text();
        assertThat(text.replaceAll("Key[0-9a-f]{20}", "Key#"))
                .endsWith(
                        """
                            "Resource" : "*"
                          }, {
                            "Sid" : "BedrockBudgeteerTrailDescribeKey#",
                            "Effect" : "Allow",
                            "Principal" : {
                              "Service" : "cloudtrail.amazonaws.com"
                            },
                            "Action" : "kms:DescribeKey",
                            "Resource" : "*",
                            "Condition" : {
                              "StringEquals" : {
                                "aws:SourceArn" : "arn:aws:cloudtrail:us-east-1:111122223333:trail/bedrock-budgeteer-production-trail"
                              }
                            }
                          } ]
                        }\
                        """);
    }

    @Test
    void a_statement_whose_log_groups_grew_is_replaced_where_it_stands() {
        Situation first =
                situation(
                        changed(
                                        Planner.add(
                                                situation(DEFAULT_POLICY),
                                                requirements("LogGroups", "AlarmTopic"),
                                                RoleStatements.LEAST,
                                                List.of()))
                                .text());
        Requirement logs = requirements("LogGroups").getFirst();
        Requirement more =
                new Requirement(
                        logs.purpose(),
                        logs.caller(),
                        List.of("kms:Decrypt"),
                        logs.condition(),
                        logs.requests(),
                        logs.service(),
                        logs.why(),
                        logs.source());
        Plan plan =
                Planner.add(
                        first,
                        List.of(more, requirements("AlarmTopic").getFirst()),
                        RoleStatements.LEAST,
                        List.of());
        assertThat(((Plan.Change) plan).changes())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.kind()).isEqualTo(StatementChange.Kind.CHANGE);
                    assertThat(change.purpose()).isEqualTo("LogGroups");
                });
        assertThat(changed(plan).statements().get(1).label())
                .startsWith("BedrockBudgeteerLogGroups");
        assertThat(changed(plan).statements().get(2).text())
                .isEqualTo(first.policy().statements().get(2).text());
    }

    @Test
    void a_statement_for_something_the_stack_no_longer_has_is_taken_out() {
        Situation first = situation(changed(add(situation(DEFAULT_POLICY))).text());
        List<Requirement> fewer = new ArrayList<>(requirements());
        fewer.removeIf(requirement -> requirement.purpose().equals("NoticeQueue"));
        Plan plan = Planner.add(first, fewer, RoleStatements.LEAST, List.of());
        assertThat(((Plan.Change) plan).changes())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.kind()).isEqualTo(StatementChange.Kind.REMOVE);
                    assertThat(change.purpose()).isEqualTo("NoticeQueue");
                });
    }

    @Test
    void the_guides_service_statement_is_reported_and_its_roles_are_not_needed() {
        Plan plan = add(situation(Samples.guide()));
        assertThat(purposes(plan)).isEqualTo(SERVICE_PURPOSES);
        assertThat(rules(plan)).containsExactly(Rule.POL019);
        assertThat(line(plan, Rule.POL019))
                .contains("Allow AWS Services", "dynamodb.amazonaws.com", "states.amazonaws.com");
    }

    @Test
    void our_statement_for_a_service_stays_when_somebody_adds_a_wide_one() {
        String wide =
                withStatement(
                        "{\"Sid\": \"Wide\", \"Effect\": \"Allow\", \"Principal\": {\"Service\": \"sns.amazonaws.com\"}, \"Action\": \"kms:*\", \"Resource\": \"*\"}");
        assertThat(purposes(add(situation(wide)))).doesNotContain("NoticeQueue");
        KeyPolicy ours =
                changed(
                        Planner.add(
                                situation(DEFAULT_POLICY),
                                requirements("NoticeQueue"),
                                RoleStatements.LEAST,
                                List.of()));
        String both =
                ours.text()
                        .replace(
                                "\"Statement\": [",
                                "\"Statement\": [{\"Sid\": \"Wide\", \"Effect\": \"Allow\", \"Principal\": {\"Service\": \"sns.amazonaws.com\"}, \"Action\": \"kms:*\", \"Resource\": \"*\"},");
        assertThat(
                        Planner.add(
                                situation(both),
                                requirements("NoticeQueue"),
                                RoleStatements.LEAST,
                                List.of()))
                .isInstanceOf(Plan.NoChange.class);
    }

    @Test
    void a_deny_in_the_way_is_named_and_nothing_is_written() {
        Plan plan =
                add(
                        situation(
                                withStatement(
                                        """
                                        {"Sid": "OnlyOurs", "Effect": "Deny", "Principal": {"Service": "cloudtrail.amazonaws.com"}, "Action": "kms:GenerateDataKey*", "Resource": "*"}\
                                        """)));
        assertThat(plan).isInstanceOf(Plan.Refused.class);
        assertThat(rules(plan)).containsExactly(Rule.POL007);
        assertThat(line(plan, Rule.POL007))
                .contains("OnlyOurs", "kms:GenerateDataKey", "cloudtrail.amazonaws.com");
    }

    @Test
    void a_deny_that_hangs_on_an_unknown_key_is_a_warning_that_names_the_key() {
        Plan plan =
                add(
                        situation(
                                withStatement(
                                        """
                                        {"Sid": "Perimeter", "Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*", \
                                        "Condition": {"StringNotEqualsIfExists": {"aws:SourceVpce": "vpce-1"}, "Bool": {"aws:PrincipalIsAWSService": "false"}}}\
                                        """)));
        assertThat(purposes(plan)).isEqualTo(SERVICE_PURPOSES);
        assertThat(plan.findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(Rule.POL015);
                    assertThat(finding.message())
                            .contains(
                                    "Perimeter",
                                    "aws:SourceVpce",
                                    "lambda-execution (Amazon DynamoDB)",
                                    "firehose-delivery (Amazon Data Firehose)");
                });
    }

    @Test
    void a_deny_that_would_lock_the_guard_out_stops_the_write() {
        // A Deny for all but one service also hits direct calls, such as the guard's own
        // PutKeyPolicy.
        Plan plan =
                add(
                        situation(
                                withStatement(
                                        """
                                        {"Sid": "ViaOnly", "Effect": "Deny", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*", \
                                        "Condition": {"StringNotEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com"}}}\
                                        """)));
        assertThat(plan).isInstanceOf(Plan.Refused.class);
        assertThat(line(plan, Rule.POL008)).contains(GUARD.toString(), "present policy", "ViaOnly");
    }

    @Test
    void a_guard_without_the_permission_is_told_before_the_write() {
        Situation situation = situation(DEFAULT_POLICY);
        Situation without =
                new Situation(
                        situation.key(),
                        situation.policy(),
                        situation.roles(),
                        List.of(),
                        IdentityAccess.of(GUARD, List.of(), Optional.empty()),
                        OWNER);
        assertThat(rules(add(without))).containsExactly(Rule.POL008);
        Situation unknown =
                new Situation(
                        situation.key(),
                        situation.policy(),
                        situation.roles(),
                        List.of(),
                        IdentityAccess.unknown(GUARD, "AccessDenied"),
                        OWNER);
        assertThat(rules(add(unknown)))
                .containsExactly(Rule.POL015); // KMS has its own check at the write
    }

    @Test
    void a_look_can_ask_whether_its_plan_could_be_written() {
        Situation may = situation(DEFAULT_POLICY);
        KeyPolicy planned = changed(add(may));
        assertThat(Planner.whatStopsTheCaller(may, planned)).isEmpty();

        Situation mayNot =
                new Situation(
                        may.key(),
                        may.policy(),
                        may.roles(),
                        List.of(),
                        IdentityAccess.of(GUARD, List.of(), Optional.empty()),
                        OWNER);
        assertThat(Planner.whatStopsTheCaller(mayNot, planned))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.rule()).isEqualTo(Rule.POL008);
                    assertThat(finding.message()).contains(GUARD.toString(), "present policy");
                });
        // The new policy would shut out whoever writes it.
        KeyPolicy closed = KeyPolicy.read(NO_DELEGATION.replace("\"kms:Put*\"", "\"kms:Tag*\""));
        assertThat(Planner.whatStopsTheCaller(may, closed))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.rule()).isEqualTo(Rule.POL008);
                    assertThat(finding.message()).contains("new policy");
                });
    }

    @Test
    void orphans_and_dead_statements_stop_a_write_but_not_a_look() {
        for (String blocker :
                List.of(
                        "{\"Sid\": \"Old\", \"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"AROAEXAMPLEEXAMPLE1234\"}, \"Action\": \"kms:Decrypt\", \"Resource\": \"*\"}",
                        "{\"Sid\": \"Old\", \"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\": \"kms:Decrypt\"}",
                        "{\"Sid\": \"Old\", \"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\": \"kms:Decrypt\", \"Resource\": \"arn:aws:kms:us-east-1:111122223333:alias/x\"}",
                        "{\"Sid\": \"Enable IAM User Permissions\", \"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\": \"kms:Decrypt\", \"Resource\": \"*\"}")) {
            Plan plan = add(situation(withStatement(blocker)));
            assertThat(plan).as(blocker).isInstanceOf(Plan.Refused.class);
            assertThat(plan.findings())
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.rule()).isIn(Rule.POL003, Rule.POL004, Rule.POL016);
                        assertThat(finding.fix())
                                .contains(
                                        "aws kms put-key-policy --region us-east-1 --key-id 1234abcd-12ab-34cd-56ef-1234567890ab");
                    });
            Plan look =
                    Planner.add(
                            situation(withStatement(blocker)),
                            requirements("LambdaExecutionTopics"),
                            RoleStatements.LEAST,
                            List.of());
            assertThat(look).as(blocker).isInstanceOf(Plan.NoChange.class);
            assertThat(look.findings())
                    .extracting(finding -> finding.severity())
                    .containsExactly(Severity.WARNING);
        }
    }

    @Test
    void a_check_tells_what_is_missing_where_nothing_may_be_written() {
        Situation situation =
                situation(
                        withStatement(
                                "{\"Sid\": \"Old\", \"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"AROAEXAMPLEEXAMPLE1234\"}, \"Action\": \"kms:Decrypt\", \"Resource\": \"*\"}"));
        Situation reader =
                new Situation(
                        situation.key(),
                        situation.policy(),
                        situation.roles(),
                        List.of(),
                        IdentityAccess.of(GUARD, List.of(), Optional.empty()),
                        OWNER);
        Plan plan = Planner.check(reader, requirements(), RoleStatements.LEAST, List.of());
        assertThat(purposes(plan)).isEqualTo(SERVICE_PURPOSES);
        assertThat(plan.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.line()).startsWith("POL003 warning"));
        assertThat(PlanReport.missing((Plan.Change) plan, "production")).hasSize(6);
        assertThat(add(reader)).isInstanceOf(Plan.Refused.class);
    }

    @Test
    void our_own_statement_of_a_role_that_was_recreated_is_written_anew() {
        KeyPolicy patched = changed(add(situation(NO_DELEGATION)));
        String role = role("lambda-execution").toString();
        String vanished = patched.text().replace("\"" + role + "\"", "\"AROAEXAMPLEEXAMPLE1234\"");
        assertThat(Planner.ownStatements(KeyPolicy.read(vanished), OWNER))
                .filteredOn(own -> own.state() == OwnStatement.State.VANISHED)
                .hasSize(3);
        Plan plan = add(situation(vanished));
        assertThat(((Plan.Change) plan).changes())
                .hasSize(3)
                .allMatch(change -> change.kind() == StatementChange.Kind.CHANGE);
        assertThat(changed(plan).text()).isEqualTo(patched.text());
        assertThat(changed(Planner.remove(situation(vanished))).text()).isEqualTo(NO_DELEGATION);
    }

    @Test
    void a_statement_of_ours_that_somebody_edited_is_left_alone_and_reported() {
        KeyPolicy patched =
                changed(
                        Planner.add(
                                situation(DEFAULT_POLICY),
                                requirements("TrailDecrypt"),
                                RoleStatements.LEAST,
                                List.of()));
        String edited =
                patched.text().replace("\"kms:Decrypt\"", "[\"kms:Decrypt\", \"kms:Encrypt\"]");
        Plan enough =
                Planner.add(
                        situation(edited),
                        requirements("TrailDecrypt"),
                        RoleStatements.LEAST,
                        List.of());
        assertThat(enough).isInstanceOf(Plan.NoChange.class);
        assertThat(rules(enough)).containsExactly(Rule.POL011);

        String broken = patched.text().replace("\"kms:Decrypt\"", "\"kms:Encrypt\"");
        Plan again =
                Planner.add(
                        situation(broken),
                        requirements("TrailDecrypt"),
                        RoleStatements.LEAST,
                        List.of());
        assertThat(((Plan.Change) again).changes())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.kind()).isEqualTo(StatementChange.Kind.ADD);
                    assertThat(change.sid()).startsWith("BedrockBudgeteerTrailDecrypt2");
                });
        assertThat(
                        Planner.add(
                                situation(changed(again).text()),
                                requirements("TrailDecrypt"),
                                RoleStatements.LEAST,
                                List.of()))
                .isInstanceOf(Plan.NoChange.class);

        Plan removal = Planner.remove(situation(edited));
        assertThat(removal).isInstanceOf(Plan.NoChange.class);
        assertThat(rules(removal)).containsExactly(Rule.POL011);
    }

    @Test
    void a_role_that_iam_does_not_let_is_mended_in_iam() {
        Situation situation =
                withIam(
                        situation(DEFAULT_POLICY),
                        role("firehose-delivery"),
                        IdentityAccess.of(role("firehose-delivery"), List.of(), Optional.empty()));
        Plan plan = add(situation);
        assertThat(rules(plan)).containsExactly(Rule.IAM003);
        assertThat(line(plan, Rule.IAM003))
                .contains(
                        "firehose-delivery",
                        "kms:Decrypt, kms:GenerateDataKey",
                        "\"Resource\":\"" + Samples.KEY + "\"");
        Plan always = Planner.add(situation, requirements(), RoleStatements.ALWAYS, List.of());
        assertThat(always.findings()).isEmpty();
        assertThat(purposes(always)).contains("FirehoseDelivery");
    }

    @Test
    void a_role_whose_policies_cannot_be_read_stops_the_deployment_where_they_matter() {
        Situation unknown =
                withIam(
                        situation(DEFAULT_POLICY),
                        role("step-functions"),
                        IdentityAccess.unknown(
                                role("step-functions"), "AccessDenied on iam:GetRolePolicy"));
        assertThat(rules(add(unknown))).containsExactly(Rule.IAM002);
        assertThat(line(add(unknown), Rule.IAM002)).contains("AccessDenied on iam:GetRolePolicy");
        Situation notNeeded =
                withIam(
                        situation(NO_DELEGATION),
                        role("step-functions"),
                        IdentityAccess.unknown(role("step-functions"), "AccessDenied"));
        assertThat(rules(add(notNeeded))).containsExactly(Rule.POL010);
    }

    @Test
    void an_iam_deny_or_a_boundary_is_named() {
        Situation denied =
                withIam(
                        situation(DEFAULT_POLICY),
                        role("firehose-delivery"),
                        IdentityAccess.of(
                                role("firehose-delivery"),
                                List.of(
                                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\"},{\"Sid\":\"NoKms\",\"Effect\":\"Deny\",\"Action\":\"kms:GenerateDataKey\",\"Resource\":\"*\"}]}"),
                                Optional.empty()));
        assertThat(line(add(denied), Rule.IAM003)).contains("identity policy, NoKms");
        Situation bounded =
                withIam(
                        situation(NO_DELEGATION),
                        role("firehose-delivery"),
                        IdentityAccess.of(
                                role("firehose-delivery"),
                                List.of(),
                                Optional.of("{\"Version\":\"2012-10-17\",\"Statement\":[]}")));
        assertThat(rules(add(bounded))).contains(Rule.IAM003);
        assertThat(add(bounded)).isInstanceOf(Plan.Refused.class);
    }

    @Test
    void an_iam_policy_that_hangs_on_a_condition_is_a_warning() {
        Situation tied =
                withIam(
                        situation(DEFAULT_POLICY),
                        role("firehose-delivery"),
                        IdentityAccess.of(
                                role("firehose-delivery"),
                                List.of(
                                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:SourceVpce\":\"v\"}}}]}"),
                                Optional.empty()));
        assertThat(rules(add(tied))).containsExactly(Rule.POL015);
        assertThat(add(tied)).isInstanceOf(Plan.Change.class);
    }

    @Test
    void a_policy_near_the_limit_is_written_without_white_space_or_not_at_all() {
        String statement =
                "{\"Sid\": \"Big%d\", \"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:role/r\"}, \"Action\": \"kms:Decrypt\", \"Resource\": \"*\"}";
        String full = DEFAULT_POLICY;
        for (int i = 0; full.length() < 31_500; i++)
            full =
                    full.replace(
                            "\n    }\n  ]",
                            "\n    },\n    "
                                    + statement.formatted(i).replace("\"*\"}", "\"*\"\n    }")
                                    + "\n  ]");
        Plan plan = add(situation(full));
        assertThat(changed(plan).length()).isLessThanOrEqualTo(KeyPolicy.MAX_LENGTH);
        assertThat(changed(plan).text()).doesNotContain("\n");
        assertThat(rules(plan)).containsExactly(Rule.POL006);
        assertThat(changed(plan).minified().text()).isEqualTo(changed(plan).text());

        String tooFull = KeyPolicy.read(full).minified().text();
        for (int i = 0; tooFull.length() < 32_500; i++)
            tooFull =
                    tooFull.substring(0, tooFull.length() - 2)
                            + ","
                            + statement.formatted(1000 + i).replace(": ", ":").replace(", ", ",")
                            + "]}";
        assertThat(tooFull.length()).isLessThan(KeyPolicy.MAX_LENGTH);
        Plan refused = add(situation(tooFull));
        assertThat(refused).isInstanceOf(Plan.Refused.class);
        assertThat(rules(refused)).containsExactly(Rule.POL005);
    }

    @Test
    void a_byte_order_mark_and_foreign_letters_are_sent_as_kms_takes_them() {
        String odd =
                "\uFEFF"
                        + DEFAULT_POLICY.replace(
                                "Enable IAM User Permissions",
                                "Zugriff \u00fcber IAM \u2013 \u65e5\u672c\u0085");
        KeyPolicy sent = changed(add(situation(odd)));
        assertThat(sent.text())
                .startsWith("{")
                .contains("Zugriff \u00fcber IAM \\u2013 \\u65e5\\u672c\\u0085")
                .doesNotContain("\uFEFF", "\u65e5");
        assertThat(sent.statements().getFirst().label())
                .isEqualTo("Zugriff \u00fcber IAM \u2013 \u65e5\u672c\u0085");
        assertThat(KeyPolicy.read(odd).text()).isEqualTo(odd);
    }

    @Test
    void a_missing_version_is_not_added() {
        KeyPolicy sent =
                changed(
                        add(
                                situation(
                                        DEFAULT_POLICY.replace(
                                                "\"Version\": \"2012-10-17\",\n", ""))));
        assertThat(sent.version()).isEmpty();
        assertThat(sent.text()).doesNotContain("Version");
    }

    @Test
    void removal_gives_the_text_back_byte_for_byte() {
        for (String text :
                List.of(
                        DEFAULT_POLICY,
                        DEFAULT_POLICY.replace("\n", "\r\n"),
                        NO_DELEGATION,
                        Samples.guide(),
                        DEFAULT_POLICY.replaceAll("\\s*\n\\s*", ""),
                        DEFAULT_POLICY.replace("[\n    {", "{").replace("}\n  ]", "}"),
                        DEFAULT_POLICY
                                .replace("[\n    {", "{")
                                .replace("}\n  ]", "}")
                                .replaceAll("\\s*\n\\s*", ""))) {
            KeyPolicy patched = changed(add(situation(text)));
            assertThat(changed(Planner.remove(situation(patched.text()))).text()).isEqualTo(text);
        }
    }

    @Test
    void removal_without_anything_of_ours_is_no_change_and_no_lecture() {
        Plan plan = Planner.remove(situation(Samples.guide()));
        assertThat(plan).isInstanceOf(Plan.NoChange.class);
        assertThat(plan.findings()).isEmpty();
    }

    @Test
    void removal_that_an_orphan_of_somebody_else_blocks_is_refused() {
        String blocked =
                changed(add(situation(DEFAULT_POLICY)))
                        .text()
                        .replace(
                                "\"Statement\": [",
                                "\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"AIDAEXAMPLEEXAMPLE1234\"}, \"Action\": \"kms:Decrypt\", \"Resource\": \"*\"},");
        Plan plan = Planner.remove(situation(blocked));
        assertThat(plan).isInstanceOf(Plan.Refused.class);
        assertThat(line(plan, Rule.POL003))
                .contains("Statement 1 (it has no Sid)", "AIDAEXAMPLEEXAMPLE1234");
    }

    @Test
    void keep_decrypt_leaves_only_what_old_data_needs() {
        KeyPolicy patched = changed(add(situation(DEFAULT_POLICY)));
        KeyPolicy reduced = changed(Planner.keepDecrypt(situation(patched.text())));
        List<Statement> own = reduced.statements().subList(1, reduced.statements().size());
        assertThat(own)
                .hasSize(4)
                .allSatisfy(statement ->
                        assertThat(statement.actions().orElseThrow().patterns())
                                .containsExactly("kms:Decrypt"));
        assertThat(Planner.ownStatements(reduced, OWNER))
                .extracting(OwnStatement::purpose)
                .containsExactly("TrailDecrypt", "LogGroups", "AlarmTopic", "NoticeQueue");
        assertThat(Planner.keepDecrypt(situation(reduced.text())))
                .isInstanceOf(Plan.NoChange.class);
        assertThat(changed(Planner.remove(situation(reduced.text()))).text())
                .isEqualTo(DEFAULT_POLICY);
        assertThat(changed(add(situation(reduced.text()))).saysTheSameAs(patched)).isTrue();
    }

    @Test
    void the_report_tells_what_was_written_and_what_is_missing() {
        Plan.Change plan = (Plan.Change) add(situation(DEFAULT_POLICY));
        assertThat(PlanReport.written(plan))
                .hasSize(6)
                .allMatch(finding -> finding.rule() == Rule.POL017);
        assertThat(PlanReport.missing(plan, "production"))
                .hasSize(6)
                .allSatisfy(finding -> {
                    assertThat(finding.rule()).isEqualTo(Rule.POL009);
                    assertThat(finding.fix())
                            .contains("\"Effect\":\"Allow\"")
                            .containsPattern("\"Sid\":\"Budgeteer[A-Za-z]+Production\"");
                });
        Plan.Change removal = (Plan.Change) Planner.remove(situation(plan.policy().text()));
        assertThat(PlanReport.written(removal))
                .hasSize(6)
                .allMatch(finding -> finding.rule() == Rule.POL018);
        assertThat(PlanReport.missing(removal, "production")).isEmpty();
    }

    @Test
    void what_somebody_pasted_counts_for_every_stack_and_is_taken_out_by_none() {
        Plan.Change plan = (Plan.Change) add(situation(DEFAULT_POLICY));
        String pasted =
                withStatement(
                        plan.changes().stream()
                                .map(change -> change.pasteable("production"))
                                .collect(Collectors.joining(",\n    ")));
        assertThat(add(situation(pasted))).isInstanceOf(Plan.NoChange.class);
        assertThat(add(Samples.ownedBy(situation(pasted), Samples.OTHER_OWNER)))
                .isInstanceOf(Plan.NoChange.class);
        assertThat(Planner.remove(situation(pasted))).isInstanceOf(Plan.NoChange.class);
    }

    @Test
    void the_table_names_action_resource_and_deciding_statement() {
        Plan.Change plan = (Plan.Change) add(situation(DEFAULT_POLICY));
        assertThat(plan.after())
                .filteredOn(row -> row.requirement().purpose().equals("LogGroups"))
                .hasSize(16)
                .allSatisfy(row -> {
                    assertThat(row.resource()).startsWith("arn:aws:logs:");
                    assertThat(row.verdict().decidedBy()).startsWith("BedrockBudgeteerLogGroups");
                });
        assertThat(plan.after())
                .filteredOn(row -> row.requirement().purpose().equals("FirehoseDelivery"))
                .allSatisfy(row -> {
                    assertThat(row.verdict().basis()).isEqualTo("delegated");
                    assertThat(row.verdict().decidedBy()).isEqualTo("Enable IAM User Permissions");
                });
        assertThat(plan.before())
                .extracting(row -> row.verdict().kind())
                .contains(Verdict.Kind.ALLOWED, Verdict.Kind.DENIED);
    }
}
