package io.bedrockbudgeteer.keyguard.plan;

import static io.bedrockbudgeteer.keyguard.plan.Samples.DEFAULT_POLICY;
import static io.bedrockbudgeteer.keyguard.plan.Samples.OWNER;
import static io.bedrockbudgeteer.keyguard.plan.Samples.changed;
import static io.bedrockbudgeteer.keyguard.plan.Samples.requirements;
import static io.bedrockbudgeteer.keyguard.plan.Samples.situation;
import static io.bedrockbudgeteer.keyguard.plan.Samples.withStatement;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The net under the planner, held under drafts that no planner makes: each harm is caught before a
/// write.
class WriteChecksTest {

    private static final String FOREIGN =
            withStatement(
                    "{\"Sid\": \"Theirs\", \"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"111122223333\"}, \"Action\": [\"kms:Decrypt\"], \"Resource\": \"*\"}");
    private static final Plan.Change PLAN =
            (Plan.Change)
                    Planner.add(
                            situation(FOREIGN),
                            requirements("TrailDecrypt"),
                            RoleStatements.LEAST,
                            List.of());
    private static final String GOOD = changed(PLAN).text();

    private static void verify(String after, boolean minified) {
        WriteChecks.verify(
                KeyPolicy.read(FOREIGN),
                new Draft(KeyPolicy.read(after), PLAN.changes(), minified),
                OWNER);
    }

    private static void assertCaught(String after, boolean minified, String says) {
        assertThatThrownBy(() -> verify(after, minified))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(says);
    }

    @Test
    void a_draft_of_the_planner_passes() {
        assertThatCode(() -> verify(GOOD, false)).doesNotThrowAnyException();
        assertThatCode(() -> verify(KeyPolicy.read(GOOD).minified().text(), true))
                .doesNotThrowAnyException();
    }

    @Test
    void a_byte_of_somebody_elses_statement() {
        assertCaught(
                GOOD.replace("[\"kms:Decrypt\"]", "[ \"kms:Decrypt\"]"),
                false,
                "a statement of somebody else would change");
        assertCaught(
                GOOD.replace("[\"kms:Decrypt\"]", "[\"kms:Encrypt\"]"),
                false,
                "a statement of somebody else would change");
    }

    @Test
    void the_meaning_of_somebody_elses_statement_where_white_space_goes() {
        assertCaught(
                KeyPolicy.read(GOOD)
                        .minified()
                        .text()
                        .replace("[\"kms:Decrypt\"]", "[\"kms:Encrypt\"]"),
                true,
                "the policy would say something else");
    }

    @Test
    void what_stands_around_the_statements() {
        assertCaught(
                GOOD.replace("\"2012-10-17\"", "\"2008-10-17\""),
                false,
                "the policy would say something else");
        assertCaught(
                GOOD.replace("\"Version\"", "\"Id\": \"new\", \"Version\""),
                false,
                "the policy would say something else");
    }

    @Test
    void a_statement_of_somebody_else_that_is_lost() {
        assertCaught(DEFAULT_POLICY, false, "a statement of somebody else would change");
        assertCaught(DEFAULT_POLICY, true, "the policy would say something else");
    }

    @Test
    void a_sid_that_stands_twice() {
        KeyPolicy good = KeyPolicy.read(GOOD);
        String own = good.statements().getLast().text();
        assertCaught(GOOD.replace(own, own + "," + own), false, "a Sid would be repeated");
    }

    @Test
    void a_sid_that_stood_twice_before_is_not_ours_to_mend() {
        String twice = FOREIGN.replace("Theirs", "Enable IAM User Permissions");
        Plan.Change plan =
                (Plan.Change)
                        Planner.check(
                                situation(twice),
                                requirements("TrailDecrypt"),
                                RoleStatements.LEAST,
                                List.of());
        assertThatCode(() ->
                        WriteChecks.verify(
                                KeyPolicy.read(twice),
                                new Draft(plan.policy(), plan.changes(), false),
                                OWNER))
                .doesNotThrowAnyException();
    }

    @Test
    void a_character_that_kms_does_not_take() {
        String own = KeyPolicy.read(GOOD).statements().getLast().text();
        // As the key of a condition of ours, so that nothing else is wrong with the draft.
        String odd = own.replace("aws:SourceArn", "aws:SourceArn\u65e5");
        KeyPolicy draft = KeyPolicy.read(GOOD.replace(own, odd));
        OwnSid sid = OwnSid.parse(draft.statements().getLast().sid().orElseThrow()).orElseThrow();
        String content = draft.statements().getLast().contentSha256().substring(0, 8);
        String renamed =
                draft.text().replace(sid.content() + sid.principal(), content + sid.principal());
        assertCaught(renamed, false, "characters that KMS does not take");
    }

    @Test
    void a_statement_of_ours_that_would_not_be_found_again() {
        String own = KeyPolicy.read(GOOD).statements().getLast().text();
        // Ours by Sid, but not what the Sid says; somebody else's edit looks the same and is
        // compared byte by byte, so the draft is compared with a policy that has it.
        String edited = own.replace("\"kms:Decrypt\"", "\"kms:Encrypt\"");
        String text = GOOD.replace(own, edited);
        assertThatThrownBy(() ->
                        WriteChecks.verify(
                                KeyPolicy.read(text),
                                new Draft(KeyPolicy.read(text), PLAN.changes(), false),
                                OWNER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("would not be recognised again");
        assertThatCode(() ->
                        WriteChecks.verify(
                                KeyPolicy.read(text),
                                new Draft(KeyPolicy.read(text), List.of(), false),
                                OWNER))
                .as("left alone, because no change of ours is about it")
                .doesNotThrowAnyException();
    }
}
