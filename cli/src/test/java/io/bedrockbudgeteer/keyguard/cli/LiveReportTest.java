package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.CustomResourceEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Check and plan on AWS, which listens on loopback here.
class LiveReportTest {
    private static final String EXECUTION_ROLE = "bedrock-budgeteer-production-lambda-execution";

    private final OnAws on = new OnAws();

    @TempDir private Path folder = Path.of(".");

    @AfterEach
    void close() {
        on.close();
    }

    private static Json.Obj json(Cli.Ended ended) {
        return JsonReader.readObject(ended.out());
    }

    private static String member(Json.Obj root, String name) {
        return JsonText.write(root.get(name).orElseThrow());
    }

    private static Json.Obj object(Json.Obj parent, String name) {
        return (Json.Obj) parent.get(name).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "plan"})
    void aws_and_files_say_the_same(String command) throws IOException {
        on.aws.kms.policy(on.key, Files.readString(Path.of(ReportCase.file("outdated"))));
        Cli.Ended live = on.run(command, "--key", on.key, "-o", "json");
        Cli.Ended offline = Cli.run(ReportCase.named("outdated").arguments(command, "-o", "json"));
        assertThat(live.err()).isEmpty();
        assertThat(live.code()).isEqualTo(offline.code()).isEqualTo(1);
        for (String name : List.of("key", "counts", "access", "assumedRoles", "owner"))
            assertThat(member(json(live), name)).as(name).isEqualTo(member(json(offline), name));
        if (command.equals("plan"))
            assertThat(member(json(live), "changes")).isEqualTo(member(json(offline), "changes"));
    }

    @Test
    void nothing_is_called_that_could_change_something() {
        on.aws.iam.newRole("admin");
        on.aws.iam.newRole(EXECUTION_ROLE);
        for (String command : List.of("check", "plan"))
            assertThat(on.run(command, "--key", on.key).code()).isEqualTo(1);
        assertThat(on.aws.calls())
                .contains("kms:GetKeyPolicy", "kms:ListGrants", "iam:ListRolePolicies")
                .allSatisfy(call -> assertThat(call).matches("[a-z]+:(Get|List|Describe).*"));
    }

    @Test
    void a_key_may_be_named_in_every_way_that_kms_knows() {
        String alias = on.aws.kms.newAlias("budgeteer", on.key);
        for (String name : List.of(on.key, OnAws.KEY_ID, "alias/budgeteer", alias)) {
            Cli.Ended ended = on.run("check", "--key", name);
            assertThat(ended.err()).as(name).isEmpty();
            assertThat(ended.out()).startsWith(on.key + "\n");
        }
        assertThat(on.run("check", "--key", alias).out()).contains("asked for as alias/budgeteer");
    }

    @Test
    void the_region_of_a_key_arn_will_do() {
        Cli.Ended ended =
                Cli.run("check", "--key", on.key, "--endpoint-url", on.aws.url(), "-o", "json");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void what_plan_shows_makes_the_key_ready() {
        Json.Obj plan = json(on.run("plan", "--key", on.key, "-o", "json"));
        on.aws.kms.policy(
                on.key, object(object(plan, "policy"), "after").string("text").orElseThrow());
        Cli.Ended again = on.run("plan", "--key", on.key);
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("\nNo changes. ");
        Cli.Ended checked = on.run("check", "--key", on.key);
        assertThat(checked.code()).isZero();
        assertThat(checked.out().replaceAll("\\s+", " "))
                .contains("The key is ready for environment production.");
    }

    @Test
    void a_role_that_exists_counts_as_it_is() {
        on.aws.iam.newRole(EXECUTION_ROLE);
        Json.Obj check = json(on.run("check", "--key", on.key, "-o", "json"));
        assertThat(member(check, "assumedRoles")).doesNotContain(EXECUTION_ROLE);
        assertThat(member(check, "findings")).contains("\"IAM", EXECUTION_ROLE);
    }

    @Test
    void grants_that_may_not_be_listed_are_said_to_be_unseen() {
        on.aws.fail("kms:ListGrants", 1, AwsError.accessDenied("not authorized"));
        Cli.Ended ended = on.run("check", "--key", on.key);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out().replaceAll("\\s+", " "))
                .contains("Grants could not be read: kms:ListGrants failed: AccessDenied");
    }

    @Test
    void who_could_not_write_the_plan_is_warned() {
        String admin = on.aws.iam.newRole("admin");
        on.aws.iam.inline(
                admin,
                "read",
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"kms:Get*\",\"Resource\":\"*\"}}");
        Cli.Ended ended = on.run("plan", "--key", on.key);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("POL008 warning", "role/admin may not kms:PutKeyPolicy");
        on.aws.iam.inline(
                admin,
                "write",
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\"}}");
        assertThat(on.run("plan", "--key", on.key).out()).doesNotContain("POL008");
    }

    @Test
    void the_statements_of_a_stack_are_planned_as_its_guard_does() {
        on.aws.cloudFormation.newStack("app", CustomResourceEvents.STACK);
        Json.Obj byName =
                json(on.run("plan", "--key", on.key, "--stack-name", "app", "-o", "json"));
        Json.Obj byArn =
                json(
                        on.run(
                                "plan",
                                "--key",
                                on.key,
                                "--stack-name",
                                CustomResourceEvents.STACK,
                                "-o",
                                "json"));
        assertThat(byName.string("owner")).contains(CustomResourceEvents.STACK);
        assertThat(member(byName, "changes")).isEqualTo(member(byArn, "changes"));
        assertThat(member(byName, "changes"))
                .isNotEqualTo(
                        member(json(on.run("plan", "--key", on.key, "-o", "json")), "changes"));
    }

    @Test
    void a_second_opinion_is_about_the_planned_policy_and_decides_nothing() throws IOException {
        on.aws.accessAnalyzer.finding(
                "WARNING", "MISSING_VERSION", "Say which version.", "https://example.org/1");
        on.aws.accessAnalyzer.finding("SUGGESTION", "EMPTY_ARRAY", "Leave it out.", "");
        Cli.Ended text = on.run("check", "--key", on.key, "--access-analyzer");
        assertThat(text.err()).isEmpty();
        assertThat(text.code()).isEqualTo(1);
        assertThat(text.out())
                .contains(
                        "Second opinion of IAM Access Analyzer on the planned policy",
                        "  - WARNING MISSING_VERSION: Say which version.\n    https://example.org/1\n",
                        "  - SUGGESTION EMPTY_ARRAY: Leave it out.\n",
                        "  - PASS CheckNoPublicAccess: ");
        String planned =
                object(
                                object(
                                        json(on.run("plan", "--key", on.key, "-o", "json")),
                                        "policy"),
                                "after")
                        .string("text")
                        .orElseThrow();
        assertThat(on.aws.accessAnalyzer.policies()).hasSize(3).containsOnly(planned);

        on.aws.kms.policy(on.key, planned);
        on.aws.accessAnalyzer.publicAccess("It is public.", "Everybody may.", "Sid1");
        Cli.Ended json = on.run("check", "--key", on.key, "--access-analyzer", "-o", "json");
        assertThat(json.code()).isZero();
        assertThat(member(json(json), "secondOpinion"))
                .contains(
                        "\"type\":\"FAIL\"",
                        "It is public. Everybody may. (statement \\\"Sid1\\\")",
                        "\"notes\":[]");
    }

    @Test
    void a_second_opinion_that_may_not_be_asked_for_is_a_note() {
        on.aws.fail(
                "access-analyzer:/policy/validation",
                1,
                new AwsError(403, "AccessDeniedException", "User x is not authorized."));
        Cli.Ended ended = on.run("check", "--key", on.key, "--access-analyzer");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out().replaceAll("\\s+", " "))
                .contains(
                        "access-analyzer:ValidatePolicy gave no answer: AccessDeniedException: User x"
                                + " is not authorized. To see its opinion you need this permission",
                        "PASS CheckNoPublicAccess");
    }

    /// By a flag, and then variables do not count.
    @Test
    void a_profile_that_is_asked_for_wins() throws IOException {
        Path credentials =
                Files.writeString(
                        folder.resolve("credentials"),
                        "[other]\naws_access_key_id = AKIAOTHEROTHEROTHER0\naws_secret_access_key = s\n");
        Map<String, String> files =
                Map.of(
                        "aws.sharedCredentialsFile",
                        credentials.toString(),
                        "aws.configFile",
                        folder.resolve("none").toString());
        files.forEach(System::setProperty);
        try {
            assertThat(on.run("check", "--key", on.key).code()).isEqualTo(1);
            assertThat(on.aws.accessKeys()).containsOnly(OnAws.ACCESS_KEY);
            int before = on.aws.calls().size();
            assertThat(on.run("check", "--key", on.key, "--profile", "other").code()).isEqualTo(1);
            assertThat(on.aws.accessKeys().subList(before, on.aws.calls().size()))
                    .isNotEmpty()
                    .containsOnly("AKIAOTHEROTHEROTHER0");

            Cli.Ended missing = on.run("check", "--key", on.key, "--profile", "nobody");
            assertThat(missing.code()).isEqualTo(2);
            assertThat(missing.err())
                    .contains("the profile cannot be used: ", "nobody", "name another --profile")
                    .doesNotContain("ProfileFile")
                    .hasLineCount(1);
        } finally {
            files.keySet().forEach(System::clearProperty);
        }
    }
}
