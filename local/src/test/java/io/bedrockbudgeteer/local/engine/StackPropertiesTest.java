package io.bedrockbudgeteer.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.local.template.Deployment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Made-up graphs, orders and failures: what must hold whatever the order is. The seed is the name
/// of each case.
class StackPropertiesTest {
    private static final int CASES = 60;

    private final FakeProviders world = new FakeProviders();
    private final Map<String, Set<String>> needs = new HashMap<>();

    static LongStream seeds() {
        return LongStream.range(0, CASES);
    }

    /// Each resource may need those before it.
    private Deployment anyDeployment(Random random, int size) {
        StringBuilder resources = new StringBuilder();
        List<String> types = List.of("Fake::Thing", "Fake::Role", "Fake::Store");
        for (int i = 0; i < size; i++) {
            int here = i;
            Set<String> mine = new HashSet<>();
            IntStream.range(0, i)
                    .filter(j -> random.nextInt(here) < 2)
                    .forEach(j -> mine.add("R" + j));
            needs.put("R" + i, mine);
            resources.append(
                    "  R%d: {Type: %s, DependsOn: %s, Properties: {Size: 1}}%n"
                            .formatted(
                                    i,
                                    types.get(random.nextInt(types.size())),
                                    new ArrayList<>(mine)));
        }
        return Engines.deployment(resources.toString());
    }

    private static Order anyOrder(Random random) {
        return random.nextBoolean() ? new Order.Adversarial() : new Order.Seeded(random.nextLong());
    }

    private List<String> called(String operation) {
        return world.calls.stream()
                .filter(call -> call.startsWith(operation))
                .map(call -> call.split(" ")[1])
                .toList();
    }

    private void assertAfterNeeds(List<String> order) {
        for (int i = 0; i < order.size(); i++) {
            Set<String> open = new HashSet<>(needs.getOrDefault(order.get(i), Set.of()));
            open.removeAll(order.subList(0, i));
            assertThat(open).as("%s in %s", order.get(i), order).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void creation_respects_the_graph_and_deletion_reverses_it(long seed) throws Exception {
        Random random = new Random(seed);
        Deployment deployment = anyDeployment(random, 2 + random.nextInt(18));
        StackEngine engine =
                new StackEngine(
                        Engines.PLACE, world, Options.standard().withOrder(anyOrder(random)));

        assertThat(engine.create(deployment).status()).isEqualTo(Status.CREATE_COMPLETE);
        assertThat(called("create")).containsExactlyInAnyOrderElementsOf(needs.keySet());
        assertAfterNeeds(called("create"));

        assertThat(engine.delete().status()).isEqualTo(Status.DELETE_COMPLETE);
        assertThat(called("delete")).containsExactlyInAnyOrderElementsOf(needs.keySet());
        assertAfterNeeds(called("delete").reversed());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_failed_creation_leaves_nothing(long seed) throws Exception {
        Random random = new Random(seed);
        int size = 2 + random.nextInt(18);
        Deployment deployment = anyDeployment(random, size);
        String unlucky = "R" + random.nextInt(size);
        world.failing(unlucky, "create", "no");
        StackEngine engine =
                new StackEngine(
                        Engines.PLACE, world, Options.standard().withOrder(anyOrder(random)));

        assertThat(engine.create(deployment).status()).isEqualTo(Status.ROLLBACK_COMPLETE);

        List<String> created = new ArrayList<>(called("create"));
        created.remove(unlucky);
        assertThat(called("delete")).containsExactlyInAnyOrderElementsOf(created);
        assertAfterNeedsAmong(called("delete").reversed(), created);
        assertThat(engine.resources()).isEmpty();
    }

    private void assertAfterNeedsAmong(List<String> order, List<String> known) {
        needs.values().forEach(mine -> mine.retainAll(known));
        assertAfterNeeds(order);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_failed_update_restores_everything(long seed) throws Exception {
        Random random = new Random(seed);
        int size = 2 + random.nextInt(18);
        Deployment deployment = anyDeployment(random, size);
        StackEngine engine =
                new StackEngine(
                        Engines.PLACE, world, Options.standard().withOrder(anyOrder(random)));
        engine.create(deployment);
        Map<String, Live> before = engine.resources();
        String unlucky = "R" + random.nextInt(size);
        world.scripts.put(
                unlucky,
                (operation, target, id) -> {
                    if (!Integer.valueOf(1).equals(target.properties().get("Size"))) {
                        throw new ResourceFailed("no");
                    }
                });

        StringBuilder changed = new StringBuilder();
        for (int i = 0; i < size; i++) {
            boolean replaced = random.nextBoolean();
            changed.append(
                    "  R%d: {Type: %s, DependsOn: %s, Properties: {Size: 2%s}}%n"
                            .formatted(
                                    i,
                                    engine.resource("R" + i).type(),
                                    new ArrayList<>(needs.get("R" + i)),
                                    replaced ? ", Name: n" : ""));
        }
        changed.append("  New: {Type: Fake::Thing}\n");
        StackResult result = engine.update(Engines.deployment(changed.toString()));

        assertThat(result.status()).isEqualTo(Status.UPDATE_ROLLBACK_COMPLETE);
        assertThat(engine.resources()).isEqualTo(before);
    }
}
