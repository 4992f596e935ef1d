package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.key.KeyService;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// keyguard remove: takes out exactly what is ours.
class RemoveTest {
    private static final String STACK =
            "arn:aws:cloudformation:eu-central-1:111122223333:stack/shop/11111111-aaaa";
    private static final String SECOND =
            "arn:aws:cloudformation:eu-central-1:111122223333:stack/shop/22222222-bbbb";

    @TempDir private Path folder = Path.of(".");

    private Scene scene = new Scene(folder);

    @BeforeEach
    void open() {
        scene.close();
        scene = new Scene(folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private Cli.Ended apply(String... more) {
        return on("apply", "0.json", more);
    }

    private Cli.Ended on(String command, String backup, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                command,
                                "--key",
                                scene.key,
                                "--yes",
                                "--backup",
                                folder.resolve(backup).toString()));
        arguments.addAll(List.of(more));
        return scene.run(arguments.toArray(String[]::new));
    }

    /// As KMS answers, not as it was put.
    private String read() {
        return new KeyService(
                        AwsClients.of(scene.aws.environment()), Deadline.in(Duration.ofMinutes(1)))
                .policy(Arn.parse(scene.key))
                .found()
                .orElseThrow();
    }

    static List<String> policies() {
        return List.of(
                "", // that of every new key
                Policies.NO_DELEGATION,
                Policies.BY_HAND);
    }

    @ParameterizedTest
    @MethodSource("policies")
    void what_apply_wrote_is_taken_out_to_the_byte(String policy) {
        if (!policy.isEmpty()) scene.withPolicy(policy);
        scene.withRoles();
        String before = read();
        Cli.Ended applied = apply();
        assertThat(applied.code()).as(applied.out() + applied.err()).isZero();
        assertThat(read()).isNotEqualTo(before);
        Cli.Ended removed = on("remove", "1.json");
        assertThat(removed.code()).as(removed.out() + removed.err()).isZero();
        assertThat(read()).isEqualTo(before);
        assertThat(scene.aws.kms.puts()).hasSize(2);
    }

    @Test
    void the_text_is_as_agreed() throws IOException {
        apply();
        Cli.Ended ended = on("remove", "1.json");
        Golden.check("remove.txt", scene.neutral(Scene.withoutChanges(ended.out())));
        assertThat(on("remove", "2.json").out())
                .isEqualTo(
                        "No changes. There is nothing of ours in the key policy (284 of 32,768 bytes).\n");
    }

    @Test
    void statements_of_other_environments_and_of_stacks_stay() {
        apply();
        on("apply", "2.json", "--environment", "staging");
        on("apply", "3.json", "--stack-name", STACK);
        String all = read();
        assertThat(on("remove", "4.json", "--environment", "staging").code()).isZero();
        assertThat(read().length()).isLessThan(all.length());
        assertThat(on("apply", "5.json", "--dry-run").out()).contains("No changes.");
    }

    @Test
    void what_a_stack_that_is_gone_left_behind_is_taken_out() {
        String before = read();
        apply("--stack-name", STACK);
        scene.aws.cloudFormation.status(STACK, "DELETE_COMPLETE");
        assertThat(on("remove", "1.json", "--stack-name", STACK).code()).isZero();
        assertThat(read()).isEqualTo(before);
    }

    @Test
    void a_stack_is_found_by_its_name_and_what_it_left() {
        String before = read();
        apply("--stack-name", SECOND);
        scene.aws.cloudFormation.status(STACK, "DELETE_COMPLETE");
        scene.aws.cloudFormation.status(SECOND, "DELETE_FAILED");
        assertThat(on("remove", "1.json", "--stack-name", "shop").code()).isZero();
        assertThat(read()).isEqualTo(before);
    }

    @Test
    void a_stack_that_lives_keeps_its_statements() {
        apply("--stack-name", STACK);
        String before = read();
        scene.aws.cloudFormation.status(STACK, "UPDATE_COMPLETE");
        for (String name : List.of(STACK, "shop"))
            Scene.oneLine(
                    on("remove", "1.json", "--stack-name", name),
                    2,
                    "is UPDATE_COMPLETE and needs its statements",
                    "delete it");
        assertThat(read()).isEqualTo(before);
    }

    @Test
    void a_stack_that_cannot_be_told_is_said_so() {
        apply("--stack-name", STACK);
        on("apply", "1.json", "--stack-name", SECOND);
        scene.aws.cloudFormation.status(STACK, "DELETE_COMPLETE");
        scene.aws.cloudFormation.status(SECOND, "DELETE_COMPLETE");
        Scene.oneLine(
                on("remove", "2.json", "--stack-name", "shop"),
                2,
                "several stacks of that name left statements",
                STACK,
                SECOND);
        Scene.oneLine(
                on("remove", "2.json", "--stack-name", "other"),
                2,
                "no stack \"other\" is known in eu-central-1",
                "give the ARN");
        scene.aws.fail("cloudformation:ListStacks", 9, AwsError.accessDenied("not authorized"));
        Scene.oneLine(
                on("remove", "2.json", "--stack-name", "shop"),
                2,
                "whether the stack is gone could not be seen",
                "let your IAM policy allow cloudformation:ListStacks");
    }

    @Test
    void a_disabled_key_gets_rid_of_our_statements_too() {
        apply();
        scene.aws.kms.set(scene.key, "KeyState", "Disabled");
        assertThat(on("remove", "1.json").code()).isZero();
    }
}
