package io.bedrockbudgeteer.local.engine;

import static io.bedrockbudgeteer.local.engine.Engines.deployment;
import static io.bedrockbudgeteer.local.engine.Engines.engine;
import static io.bedrockbudgeteer.local.engine.Engines.lines;
import static io.bedrockbudgeteer.local.engine.Engines.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StackUpdateTest {
    private static final String BASE =
            """
              First: {Type: Fake::Thing, Properties: {Size: 1, Name: a}}
              Second: {Type: Fake::Thing, Properties: {Uses: !Ref First}}
              Third: {Type: Fake::Thing, Properties: {Uses: !Ref Second}}
            """;

    private final FakeProviders world = new FakeProviders();
    private final StackEngine engine = engine(world);

    @BeforeEach
    void createTheStack() throws Exception {
        engine.create(deployment(BASE));
        world.calls.clear();
    }

    private static String with(String first, String second, String third) {
        return BASE.replace("{Size: 1, Name: a}", first)
                .replace("{Uses: !Ref First}", second)
                .replace("{Uses: !Ref Second}", third);
    }

    @Test
    void an_update_without_changes_makes_no_event() throws Exception {
        StackResult result = engine.update(deployment(BASE));

        assertThat(result.events()).isEmpty();
        assertThat(result.status()).isEqualTo(Status.CREATE_COMPLETE);
        assertThat(world.calls).isEmpty();
    }

    @Test
    void a_number_and_its_text_are_the_same_property() throws Exception {
        engine.update(deployment(BASE.replace("Size: 1", "Size: '1'")));

        assertThat(world.calls).isEmpty();
    }

    @Test
    void only_the_changed_resource_is_updated_in_place() throws Exception {
        StackResult result = engine.update(deployment(BASE.replace("Size: 1", "Size: 2")));

        assertThat(world.calls).containsExactly("update First");
        assertThat(lines(result))
                .containsExactly(
                        "shop UPDATE_IN_PROGRESS",
                        "First UPDATE_IN_PROGRESS",
                        "First UPDATE_COMPLETE",
                        "shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                        "shop UPDATE_COMPLETE");
    }

    @Test
    void a_replacement_reaches_those_that_refer_to_it_and_the_old_one_goes_in_the_clean_up()
            throws Exception {
        StackResult result = engine.update(deployment(BASE.replace("Name: a", "Name: b")));

        assertThat(world.calls)
                .containsExactly("create First", "update Second", "delete First First-1");
        assertThat(engine.resource("Second").properties()).containsEntry("Uses", "First-4");
        assertThat(lines(result))
                .containsSubsequence(
                        "First UPDATE_COMPLETE",
                        "Second UPDATE_COMPLETE",
                        "shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                        "First DELETE_IN_PROGRESS",
                        "First DELETE_COMPLETE",
                        "shop UPDATE_COMPLETE");
    }

    @Test
    void update_replace_policy_retain_keeps_the_old_one() throws Exception {
        String kept =
                BASE.replace(
                        "First: {Type: Fake::Thing,",
                        "First: {Type: Fake::Thing, UpdateReplacePolicy: Retain,");

        StackResult result = engine.update(deployment(kept.replace("Name: a", "Name: b")));

        assertThat(world.calls).doesNotContain("delete First First-1");
        assertThat(lines(result)).contains("First DELETE_SKIPPED");
    }

    @Test
    void removed_resources_go_in_the_clean_up_against_the_old_graph() throws Exception {
        StackResult result =
                engine.update(
                        deployment("  Second: {Type: Fake::Thing, Properties: {Uses: First-1}}\n"));

        // The old graph had Third on Second on First: Third first, although Second itself stays.
        assertThat(world.calls).containsExactly("delete Third Third-3", "delete First First-1");
        assertThat(result.status()).isEqualTo(Status.UPDATE_COMPLETE);
        assertThat(engine.resources()).containsOnlyKeys("Second");
    }

    @Test
    void a_removed_resource_with_retain_stays_in_the_account() throws Exception {
        StackEngine other = engine(world);
        other.create(
                deployment(
                        """
                          Kept: {Type: Fake::Thing, DeletionPolicy: Retain}
                          Stays: {Type: Fake::Thing}
                        """));
        world.calls.clear();

        StackResult result = other.update(deployment("  Stays: {Type: Fake::Thing}\n"));

        assertThat(world.calls).isEmpty();
        assertThat(lines(result)).contains("Kept DELETE_SKIPPED");
    }

    @Test
    void a_clean_up_is_tried_three_times_and_then_abandoned() throws Exception {
        world.failing("Third", "delete", "in use");

        StackResult result = engine.update(deployment(BASE.substring(0, BASE.indexOf("  Third"))));

        assertThat(world.calls)
                .containsExactly(
                        "delete Third Third-3", "delete Third Third-3", "delete Third Third-3");
        assertThat(result.status()).isEqualTo(Status.UPDATE_COMPLETE);
        assertThat(engine.resources()).doesNotContainKey("Third");
    }

    @Test
    void a_condition_that_turns_false_removes_its_resource() throws Exception {
        String template =
                """
                Parameters: {Wanted: {Type: String}}
                Conditions: {IsWanted: !Equals [!Ref Wanted, 'yes']}
                Resources:
                  Stays: {Type: Fake::Thing}
                  Maybe: {Type: Fake::Thing, Condition: IsWanted}
                """;
        StackEngine other = engine(world);
        other.create(whole(template, Map.of("Wanted", "yes")));
        world.calls.clear();

        other.update(whole(template, Map.of("Wanted", "no")));

        assertThat(world.calls).containsExactly("delete Maybe Maybe-5");
    }

    @Test
    void a_failed_update_restores_what_was_touched_in_reverse_and_deletes_what_is_new()
            throws Exception {
        world.failing("Third", "update", "no");
        String changed =
                with("{Size: 2, Name: a}", "{Uses: !Ref First, Size: 2}", "{Uses: !Ref New}")
                        + "  New: {Type: Fake::Thing, Properties: {Uses: !Ref Second}}\n";

        StackResult result = engine.update(deployment(changed));

        assertThat(result.status()).isEqualTo(Status.UPDATE_ROLLBACK_COMPLETE);
        assertThat(result.reason())
                .isEqualTo("The following resource(s) failed to update: [Third].");
        assertThat(world.calls)
                .containsExactly(
                        "update First",
                        "update Second",
                        "create New",
                        "update Third",
                        "update Second",
                        "update First",
                        "delete New New-4");
        assertThat(lines(result))
                .containsSubsequence(
                        "Third UPDATE_FAILED",
                        "shop UPDATE_ROLLBACK_IN_PROGRESS",
                        "Third UPDATE_COMPLETE",
                        "Second UPDATE_COMPLETE",
                        "First UPDATE_COMPLETE",
                        "shop UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
                        "New DELETE_COMPLETE",
                        "shop UPDATE_ROLLBACK_COMPLETE");
        assertThat(engine.resource("First").properties()).containsEntry("Size", 1);
        assertThat(engine.resources()).containsOnlyKeys("First", "Second", "Third");
    }

    @Test
    void a_replacement_is_taken_back_by_deleting_the_new_one() throws Exception {
        world.failing("Third", "update", "no");

        engine.update(
                deployment(
                        with(
                                "{Size: 1, Name: b}",
                                "{Uses: !Ref First}",
                                "{Uses: !GetAtt First.Arn}")));

        assertThat(world.calls)
                .containsExactly(
                        "create First",
                        "update Second",
                        "update Third",
                        "update Second",
                        "delete First First-4");
        assertThat(engine.resource("First").physicalId()).isEqualTo("First-1");
        assertThat(engine.resource("Second").properties()).containsEntry("Uses", "First-1");
    }

    @Test
    void a_roll_back_that_fails_ends_in_update_rollback_failed() throws Exception {
        world.scripts.put(
                "First",
                (operation, target, id) -> {
                    if (target.properties().getOrDefault("Size", 0).equals(1)) {
                        throw new ResourceFailed("the old size is gone");
                    }
                });
        world.failing("Second", "update", "no");

        StackResult result =
                engine.update(
                        deployment(
                                with("{Size: 2, Name: a}", "{Uses: x}", "{Uses: !Ref Second}")
                                        .replace(
                                                "Second: {Type: Fake::Thing,",
                                                "Second: {Type: Fake::Thing, DependsOn: First,")));

        assertThat(result.status()).isEqualTo(Status.UPDATE_ROLLBACK_FAILED);
    }

    @Test
    void after_a_roll_back_the_next_update_starts_from_the_old_state() throws Exception {
        world.failing("Third", "update", "no");
        String changed = with("{Size: 2, Name: a}", "{Uses: !Ref First}", "{Uses: other}");
        engine.update(deployment(changed));
        world.scripts.clear();
        world.calls.clear();

        StackResult result = engine.update(deployment(changed));

        assertThat(result.status()).isEqualTo(Status.UPDATE_COMPLETE);
        assertThat(world.calls).containsExactlyInAnyOrder("update First", "update Third");
    }

    @Test
    void without_roll_back_an_update_can_be_tried_again_from_where_it_stopped() throws Exception {
        StackEngine other =
                new StackEngine(Engines.PLACE, world, Options.standard().withoutRollback());
        other.create(deployment(BASE));
        world.failing("Third", "update", "no");
        String changed = with("{Size: 2, Name: a}", "{Uses: !Ref First}", "{Uses: other}");

        assertThat(other.update(deployment(changed)).status()).isEqualTo(Status.UPDATE_FAILED);
        world.scripts.clear();
        world.calls.clear();
        assertThat(other.update(deployment(changed)).status()).isEqualTo(Status.UPDATE_COMPLETE);
        assertThat(world.calls).containsExactly("update Third");
    }

    @Test
    void a_resource_cannot_change_its_type() {
        assertThatThrownBy(() ->
                        engine.update(
                                deployment(
                                        BASE.replace(
                                                "Third: {Type: Fake::Thing",
                                                "Third: {Type: Fake::Store"))))
                .isInstanceOf(OperationRefused.class)
                .hasMessageContaining("Update of resource type is not permitted")
                .hasMessageContaining("[Third]");
    }
}
