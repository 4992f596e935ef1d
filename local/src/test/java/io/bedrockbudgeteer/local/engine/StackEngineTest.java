package io.bedrockbudgeteer.local.engine;

import static io.bedrockbudgeteer.local.engine.Engines.deployment;
import static io.bedrockbudgeteer.local.engine.Engines.engine;
import static io.bedrockbudgeteer.local.engine.Engines.lines;
import static io.bedrockbudgeteer.local.engine.Engines.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.local.account.NotModelledException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackEngineTest {
    private final FakeProviders world = new FakeProviders();

    private static final String THREE =
            """
              First: {Type: Fake::Thing}
              Second: {Type: Fake::Thing, Properties: {Uses: !Ref First}}
              Third: {Type: Fake::Thing, Properties: {Uses: !GetAtt Second.Arn}}
            """;

    @Test
    void resources_are_created_in_the_order_of_their_references() throws Exception {
        StackResult result = engine(world).create(deployment(THREE));

        assertThat(result.status()).isEqualTo(Status.CREATE_COMPLETE);
        assertThat(world.calls).containsExactly("create First", "create Second", "create Third");
        assertThat(lines(result))
                .containsExactly(
                        "shop CREATE_IN_PROGRESS",
                        "First CREATE_IN_PROGRESS",
                        "First CREATE_COMPLETE",
                        "Second CREATE_IN_PROGRESS",
                        "Second CREATE_COMPLETE",
                        "Third CREATE_IN_PROGRESS",
                        "Third CREATE_COMPLETE",
                        "shop CREATE_COMPLETE");
    }

    @Test
    void references_carry_the_physical_id_and_the_attribute() throws Exception {
        StackEngine engine = engine(world);
        engine.create(deployment(THREE));

        assertThat(engine.resource("Second").properties()).containsEntry("Uses", "First-1");
        assertThat(engine.resource("Third").properties()).containsEntry("Uses", "arn:Second-2");
    }

    @Test
    void what_holds_a_key_comes_first_among_the_ready_ones() throws Exception {
        engine(world)
                .create(
                        deployment(
                                """
                                  Plain: {Type: Fake::Thing}
                                  Role: {Type: Fake::Role}
                                  Store: {Type: Fake::Store, Properties: {Key: k}}
                                """));

        assertThat(world.calls).containsExactly("create Store", "create Plain", "create Role");
    }

    @Test
    void a_failed_creation_is_rolled_back_in_reverse_order() throws Exception {
        world.failing("Third", "create", "out of stock");

        StackResult result = engine(world).create(deployment(THREE));

        assertThat(result.status()).isEqualTo(Status.ROLLBACK_COMPLETE);
        assertThat(result.reason())
                .isEqualTo("The following resource(s) failed to create: [Third].");
        assertThat(Engines.reasons(result, "Third")).containsExactly("out of stock");
        assertThat(world.calls)
                .containsExactly(
                        "create First",
                        "create Second",
                        "create Third",
                        "delete Second Second-2",
                        "delete First First-1");
        assertThat(lines(result))
                .endsWith(
                        "Third CREATE_FAILED",
                        "shop ROLLBACK_IN_PROGRESS",
                        "Third DELETE_COMPLETE",
                        "Second DELETE_IN_PROGRESS",
                        "Second DELETE_COMPLETE",
                        "First DELETE_IN_PROGRESS",
                        "First DELETE_COMPLETE",
                        "shop ROLLBACK_COMPLETE");
    }

    @Test
    void nothing_starts_after_a_failure() throws Exception {
        world.failing("First", "create", "no");

        engine(world)
                .create(
                        deployment(
                                """
                                  First: {Type: Fake::Thing}
                                  Other: {Type: Fake::Thing}
                                """));

        assertThat(world.calls).containsExactly("create First");
    }

    @Test
    void a_roll_back_that_fails_keeps_what_could_not_be_deleted() throws Exception {
        world.scripts.put(
                "First",
                (operation, target, id) -> {
                    if (operation.equals("delete")) {
                        throw new ResourceFailed("in use");
                    }
                });
        world.failing("Third", "create", "no");
        StackEngine engine = engine(world);

        StackResult result = engine.create(deployment(THREE));

        assertThat(result.status()).isEqualTo(Status.ROLLBACK_FAILED);
        assertThat(engine.resources()).containsOnlyKeys("First");
    }

    @Test
    void without_roll_back_what_succeeded_stays() throws Exception {
        world.failing("Third", "create", "no");
        StackEngine engine =
                new StackEngine(Engines.PLACE, world, Options.standard().withoutRollback());

        StackResult result = engine.create(deployment(THREE));

        assertThat(result.status()).isEqualTo(Status.CREATE_FAILED);
        assertThat(engine.resources()).containsOnlyKeys("First", "Second");
        assertThat(engine.delete().status()).isEqualTo(Status.DELETE_COMPLETE);
    }

    @Test
    void a_rolled_back_stack_can_only_be_deleted() throws Exception {
        world.failing("Third", "create", "no");
        StackEngine engine = engine(world);
        engine.create(deployment(THREE));

        assertThatThrownBy(() -> engine.update(deployment(THREE)))
                .isInstanceOf(OperationRefused.class)
                .hasMessageContaining("is in ROLLBACK_COMPLETE state and can not be updated");
        assertThat(engine.delete().status()).isEqualTo(Status.DELETE_COMPLETE);
    }

    @Test
    void outputs_are_resolved_at_the_end() throws Exception {
        StackResult result =
                engine(world)
                        .create(
                                whole(
                                        """
                                        Resources:
                                          First: {Type: Fake::Thing, Properties: {Size: 3}}
                                        Outputs:
                                          Name: {Value: !Ref First}
                                          Size: {Value: !GetAtt First.Size}
                                        """,
                                        Map.of()));

        assertThat(result.outputs())
                .containsExactly(Map.entry("Name", "First-1"), Map.entry("Size", "3"));
    }

    @Test
    void deletion_runs_against_the_graph_and_what_others_may_need_goes_early() throws Exception {
        StackEngine engine = engine(world);
        engine.create(
                deployment(
                        """
                          Store: {Type: Fake::Store, Properties: {Uses: !Ref Role}}
                          Role: {Type: Fake::Role}
                          Plain: {Type: Fake::Thing}
                          Loose: {Type: Fake::Role}
                        """));
        world.calls.clear();

        StackResult result = engine.delete();

        assertThat(result.status()).isEqualTo(Status.DELETE_COMPLETE);
        assertThat(world.calls)
                .extracting(call -> call.split(" ")[1])
                .containsExactly("Loose", "Plain", "Store", "Role");
        assertThat(engine.resources()).isEmpty();
    }

    @Test
    void a_failed_deletion_keeps_the_resource_and_what_it_needs_and_may_be_repeated()
            throws Exception {
        StackEngine engine = engine(world);
        engine.create(deployment(THREE));
        world.failing("Second", "delete", "in use");

        StackResult result = engine.delete();

        assertThat(result.status()).isEqualTo(Status.DELETE_FAILED);
        assertThat(result.reason())
                .isEqualTo("The following resource(s) failed to delete: [Second].");
        assertThat(engine.resources()).containsOnlyKeys("First", "Second");
        world.scripts.clear();
        assertThat(engine.delete().status()).isEqualTo(Status.DELETE_COMPLETE);
    }

    @Test
    void retained_resources_are_skipped_by_a_deletion() throws Exception {
        StackEngine engine = engine(world);
        engine.create(
                deployment(
                        """
                          Kept: {Type: Fake::Thing, DeletionPolicy: Retain}
                          KeptToo: {Type: Fake::Thing, DeletionPolicy: RetainExceptOnCreate}
                          Gone: {Type: Fake::Thing}
                        """));
        world.calls.clear();

        StackResult result = engine.delete();

        assertThat(world.calls).containsExactly("delete Gone Gone-3");
        assertThat(lines(result))
                .contains("Kept DELETE_SKIPPED", "KeptToo DELETE_SKIPPED", "shop DELETE_COMPLETE");
    }

    @Test
    void a_rolled_back_creation_deletes_retain_except_on_create_and_keeps_retain()
            throws Exception {
        world.failing("Last", "create", "no");

        StackResult result =
                engine(world)
                        .create(
                                deployment(
                                        """
                                          Kept: {Type: Fake::Thing, DeletionPolicy: Retain}
                                          Gone: {Type: Fake::Thing, DeletionPolicy: RetainExceptOnCreate}
                                          Last: {Type: Fake::Thing, DependsOn: [Kept, Gone]}
                                        """));

        assertThat(world.calls).endsWith("create Last", "delete Gone Gone-2");
        assertThat(lines(result)).contains("Kept DELETE_SKIPPED");
    }

    @Test
    void what_is_not_known_is_refused_before_anything_is_created() {
        Map<String, String> cases =
                Map.of(
                        "  A: {Type: Fake::Unknown}", "resource type Fake::Unknown",
                        "  A: {Type: Fake::Thing, Properties: {Colour: red}}",
                                "property Colour (A)",
                        "  A: {Type: Fake::Thing}\n  B: {Type: Fake::Thing, Properties: {Uses: !GetAtt A.Weight}}",
                                "attribute Weight of Fake::Thing (A), used in B",
                        "  A: {Type: Fake::Thing}\n  B: {Type: Fake::Thing, Properties: {Uses: !Sub 'x${A.Weight}'}}",
                                "attribute Weight of Fake::Thing (A), used in B");
        assertThat(cases).hasSize(4);
        cases.forEach((resources, message) ->
                assertThatThrownBy(() ->
                                engine(world)
                                        .create(
                                                deployment(
                                                        "  Z: {Type: Fake::Thing}\n" + resources)))
                        .as(resources)
                        .isInstanceOf(NotModelledException.class)
                        .hasMessageContaining(message));
        assertThat(world.calls).isEmpty();
    }

    @Test
    void what_turns_out_not_to_be_modelled_fails_the_resource_and_is_a_violation()
            throws Exception {
        java.util.List<String> violations = new java.util.ArrayList<>();
        world.scripts.put(
                "First",
                (operation, target, id) -> {
                    throw new NotModelledException("this");
                });

        StackResult result =
                new StackEngine(
                                Engines.PLACE,
                                world,
                                Options.standard().withViolations(violations::add))
                        .create(deployment(THREE));

        assertThat(result.status()).isEqualTo(Status.ROLLBACK_COMPLETE);
        assertThat(violations).containsExactly("not modelled here: this");
    }

    @Test
    void a_stack_that_was_deleted_can_be_created_again() throws Exception {
        StackEngine engine = engine(world);
        engine.create(deployment(THREE));

        assertThatThrownBy(() -> engine.create(deployment(THREE)))
                .isInstanceOf(OperationRefused.class);
        engine.delete();
        assertThat(engine.create(deployment(THREE)).status()).isEqualTo(Status.CREATE_COMPLETE);
    }
}
