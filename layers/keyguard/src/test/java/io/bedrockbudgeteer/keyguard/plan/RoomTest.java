package io.bedrockbudgeteer.keyguard.plan;

import static io.bedrockbudgeteer.keyguard.plan.Samples.DEFAULT_POLICY;
import static io.bedrockbudgeteer.keyguard.plan.Samples.OWNER;
import static io.bedrockbudgeteer.keyguard.plan.Samples.add;
import static io.bedrockbudgeteer.keyguard.plan.Samples.changed;
import static io.bedrockbudgeteer.keyguard.plan.Samples.ownedBy;
import static io.bedrockbudgeteer.keyguard.plan.Samples.situation;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.finding.Severity;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// One stack after the other on one key until no more fits: the plan knows before, and says what to
/// do.
class RoomTest {
    private static final String ROLE =
            "{\"Sid\":\"%s\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:role/%s\"},\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}";

    private static Owner stack(int number) {
        return Owner.stack(
                "arn:aws:cloudformation:us-east-1:111122223333:stack/budgeteer-%d/0a1b2c3d"
                        .formatted(number));
    }

    private static Plan plan(String policy, int number) {
        return add(ownedBy(situation(policy), stack(number)));
    }

    private static Finding only(Plan plan, Rule rule) {
        List<Finding> found =
                plan.findings().stream()
                        .filter(finding ->
                                finding.rule() == rule && finding.severity() != Severity.INFO)
                        .toList();
        assertThat(found).as(plan.findings().toString()).hasSize(1);
        return found.getFirst();
    }

    @Test
    void who_has_no_statement_has_no_size() {
        assertThat(Room.of(KeyPolicy.read(DEFAULT_POLICY), OWNER)).isEmpty();
    }

    @Test
    void as_many_stacks_fit_as_the_plan_of_the_first_says_and_the_last_warns() {
        String policy = changed(plan(DEFAULT_POLICY, 1)).text();
        Room room = Room.of(KeyPolicy.read(policy), stack(1)).orElseThrow();
        assertThat(room.more()).isGreaterThan(5);
        List<Integer> left = new ArrayList<>();
        Plan last = plan(DEFAULT_POLICY, 1);
        for (int number = 2; number <= room.more() + 1; number++) {
            last = plan(policy, number);
            policy = changed(last).text();
            Room now = Room.of(KeyPolicy.read(policy), stack(number)).orElseThrow();
            assertThat(now.perStack()).isEqualTo(room.perStack());
            left.add(now.more());
            if (now.more() > 0)
                assertThat(last.findings().toString()).doesNotContain("does not fit any more");
        }
        assertThat(left).isSortedAccordingTo((a, b) -> b - a).hasSize(room.more()).endsWith(0);
        assertThat(only(last, Rule.POL006).message())
                .contains(
                        "Another stack of this size ("
                                + room.perStack()
                                + " characters) does not fit any more, ");

        Plan next = plan(policy, room.more() + 2);
        assertThat(next).isInstanceOf(Plan.Refused.class);
        Finding finding = only(next, Rule.POL005);
        int length = KeyPolicy.read(policy).shortestLength() + room.perStack();
        assertThat(finding.message())
                .isEqualTo(
                        "The key policy would be "
                                + length
                                + " characters long even without white space, "
                                + (length - 32_768)
                                + " more than the 32768 that KMS takes.");
        assertThat(finding.fix())
                .startsWith(
                        "Use another key for this stack: deploy with KmsKeyArn=<ARN of the other key>. Or make room by hand: Statements of "
                                + (room.more() + 2)
                                + " stacks take ")
                .contains("`keyguard remove --stack-name <ARN of the stack>`");

        // What the others wrote goes without a trace.
        String left2 = changed(Planner.remove(ownedBy(situation(policy), stack(2)))).text();
        assertThat(plan(left2, room.more() + 2)).isInstanceOf(Plan.Change.class);
    }

    private static String document(List<String> statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    private static List<String> padding() {
        List<String> statements = new ArrayList<>();
        statements.add(KeyPolicy.read(DEFAULT_POLICY).statements().getFirst().text());
        for (int number = 1; number <= 44; number++)
            statements.add(
                    ROLE.formatted("Padding" + number, "p" + number)
                            .replace("kms:Decrypt", "kms:Get" + "x".repeat(590 + number)));
        return statements;
    }

    private static Optional<Finding> tooLong(List<String> statements) {
        Plan plan = plan(document(statements), 1);
        return plan.findings().stream()
                .filter(finding -> finding.rule() == Rule.POL005)
                .findFirst();
    }

    @Test
    void statements_to_merge_are_named_with_what_that_saves() {
        List<String> statements = padding();
        statements.add(ROLE.formatted("First", "a"));
        statements.add(ROLE.formatted("Second", "b"));
        statements.add(ROLE.formatted("Third", "a").replace("\"Sid\":\"Third\",", ""));
        String fix = tooLong(statements).orElseThrow().fix();
        assertThat(fix)
                .contains(
                        "Or make room by hand: one statement for \"First\", \"Second\", number 48, which differ in the Principal only, saves ")
                .contains(" characters, which is not enough. Delete what nobody needs any more.")
                .contains("aws kms get-key-policy ");

        List<String> merged = statements.subList(0, statements.size() - 3);
        int apart = KeyPolicy.read(document(statements)).shortestLength();
        merged.add(
                ROLE.formatted("First", "a")
                        .replace(
                                "\"arn:aws:iam::111122223333:role/a\"",
                                "[\"arn:aws:iam::111122223333:role/a\",\"arn:aws:iam::111122223333:role/b\"]"));
        int saved = apart - KeyPolicy.read(document(merged)).shortestLength();
        assertThat(fix).contains("only, saves " + saved + " characters");
    }

    @Test
    void several_merges_add_up_to_enough() {
        List<String> statements = new ArrayList<>(padding().subList(0, 30));
        for (int number = 1; number <= 40; number++)
            statements.add(
                    ROLE.formatted("Reader" + number, "r")
                            .replace("kms:Decrypt", "kms:Get" + "y".repeat(number)));
        for (int number = 1; number <= 30; number++)
            statements.add(ROLE.formatted("User" + number, "u" + number));
        String fix = tooLong(statements).orElseThrow().fix();
        assertThat(fix)
                .contains(
                        "one statement for \"Reader1\", \"Reader2\", \"Reader3\", \"Reader4\", \"Reader5\", \"Reader6\" and 34 more, which differ in the Action only, saves ")
                .contains("; together ")
                .contains(", which is enough.");
    }
}
