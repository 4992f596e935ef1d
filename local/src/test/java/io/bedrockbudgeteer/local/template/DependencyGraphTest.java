package io.bedrockbudgeteer.local.template;

import static io.bedrockbudgeteer.local.template.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DependencyGraphTest {

    private static final String HEAD =
            """
            Parameters:
              Name: {Type: String, Default: budget}
            Conditions:
              Holds: !Equals [a, a]
              Fails: !Equals [a, b]
            Resources:
              A: {Type: 'AWS::SNS::Topic'}
              B: {Type: 'AWS::SNS::Topic'}
              Kept: {Type: 'AWS::SNS::Topic', Condition: Holds}
              Gone: {Type: 'AWS::SNS::Topic', Condition: Fails}
            """;

    /// @param resource attributes of resource T besides its type
    record Needs(String resource, Set<String> expected) {}

    record Refused(String resources, String message) {}

    static List<Needs> needs() {
        return List.of(
                new Needs("Properties: {V: text}", Set.of()),
                new Needs("Properties: {V: !Ref A}", Set.of("A")),
                new Needs("Properties: {V: !Ref Name}", Set.of()),
                new Needs("Properties: {V: !Ref 'AWS::Region', W: !Ref 'AWS::NoValue'}", Set.of()),
                new Needs("Properties: {V: [{W: !GetAtt A.Arn}, !Ref B]}", Set.of("A", "B")),
                new Needs(
                        "Properties: {V: !Sub '${A}-${B.Arn}-${Name}-${!Gone}'}", Set.of("A", "B")),
                new Needs("Properties: {V: !Sub ['${A}-${X}', {X: !Ref B}]}", Set.of("A", "B")),
                new Needs("Properties: {V: !Sub ['${A}', {A: x}]}", Set.of()),
                new Needs(
                        "Properties: {V: !Join ['', [!Ref A, !Select [0, [!Ref B]]]]}",
                        Set.of("A", "B")),
                new Needs("Properties: {V: !If [Holds, !Ref A, !Ref B]}", Set.of("A")),
                new Needs("Properties: {V: !If [Fails, !Ref A, !Ref B]}", Set.of("B")),
                new Needs(
                        "Properties: {V: !If [Fails, !Ref Gone, !If [Holds, !Ref Kept, !Ref A]]}",
                        Set.of("Kept")),
                new Needs("Metadata: {V: !Ref A}", Set.of("A")),
                new Needs(
                        "Metadata: {V: !If [Holds, !Ref Kept, '']}, DependsOn: [B]",
                        Set.of("Kept", "B")),
                new Needs("DependsOn: A", Set.of("A")),
                new Needs("DependsOn: [A, Kept, A]", Set.of("A", "Kept")),
                // A removed resource needs nothing and may name what is removed with it.
                new Needs(
                        "Condition: Fails, DependsOn: Gone, Properties: {V: !Ref Gone}", Set.of()));
    }

    @ParameterizedTest
    @MethodSource("needs")
    void a_resource_needs_what_it_refers_to_in_taken_branches(Needs row) {
        Deployment deployment =
                Texts.deployment(HEAD + "  T: {Type: 'Custom::T', " + row.resource() + "}");

        assertThat(deployment.dependencies().getOrDefault("T", Set.of())).isEqualTo(row.expected());
        assertThat(deployment.dependencies().keySet())
                .containsExactlyElementsOf(
                        deployment.resources().stream()
                                .map(Deployment.Resource::logicalId)
                                .toList());
    }

    static List<Refused> refusals() {
        return List.of(
                new Refused(
                        "T: {Type: 'Custom::T', DependsOn: Gone}",
                        "Resources.T.DependsOn: 'Gone' does not exist here, because its condition is false; give both the same condition"),
                new Refused(
                        "T: {Type: 'Custom::T', DependsOn: Missing}",
                        "Resources.T.DependsOn: 'Missing' is no resource of the template"),
                new Refused(
                        "T: {Type: 'Custom::T', DependsOn: Name}",
                        "'Name' is no resource of the template"),
                new Refused(
                        "T: {Type: 'Custom::T', DependsOn: T}",
                        "Resources.T.DependsOn: a resource cannot depend on itself"),
                new Refused(
                        "T: {Type: 'Custom::T', Condition: Missing}",
                        "Resources.T.Condition: condition 'Missing' is not defined"),
                new Refused(
                        "T: {Type: 'Custom::T', Properties: {V: [a, !Ref Gone]}}",
                        "Resources.T.Properties.V[1]: refers to 'Gone', which does not exist here"),
                new Refused(
                        "T: {Type: 'Custom::T', Metadata: {V: !Ref Gone}}",
                        "Resources.T.Metadata.V: refers to 'Gone'"),
                new Refused(
                        "T: {Type: 'Custom::T', Metadata: {V: !Ref Missing}}",
                        "Resources.T.Metadata.V: refers to 'Missing', which is no parameter and no resource"),
                // Wrong also where this deployment does not look.
                new Refused(
                        "T: {Type: 'Custom::T', Condition: Fails, Properties: {V: !Ref Missing}}",
                        "refers to 'Missing'"),
                new Refused(
                        "T: {Type: 'Custom::T', Condition: Fails, DependsOn: Missing}",
                        "'Missing' is no resource of the template"),
                new Refused(
                        "T: {Type: 'Custom::T', Properties: {V: !If [Holds, a, !If [Missing, b, c]]}}",
                        "condition 'Missing' is not defined"),
                new Refused(
                        "T: {Type: 'Custom::T', Properties: {V: !Ref T}}",
                        "circular dependency between resources: T -> T"),
                new Refused(
                        "T: {Type: 'Custom::T', DependsOn: U}\n  U: {Type: 'Custom::U', Properties: {V: !Ref W}}\n  W: {Type: 'Custom::W', Metadata: {V: !GetAtt T.X}}",
                        "circular dependency between resources: T -> U -> W -> T"),
                new Refused(
                        "S: {Type: 'Custom::S', DependsOn: T}\n  T: {Type: 'Custom::T', DependsOn: U}\n  U: {Type: 'Custom::U', DependsOn: T}",
                        "circular dependency between resources: T -> U -> T"),
                new Refused(
                        "T: {Type: 'Custom::T'}\nOutputs: {O: {Value: !Ref Gone}}",
                        "Outputs.O.Value: refers to 'Gone', which does not exist here"),
                new Refused(
                        "T: {Type: 'Custom::T'}\nOutputs: {O: {Value: !Ref Missing}}",
                        "Outputs.O.Value: refers to 'Missing'"),
                new Refused(
                        "T: {Type: 'Custom::T'}\nOutputs: {O: {Value: a, Condition: Missing}}",
                        "Outputs.O.Condition: condition 'Missing' is not defined"),
                new Refused(
                        "T: {Type: 'AWS::Serverless::Function'}",
                        "AWS::Serverless::Function needs Transform: AWS::Serverless-2016-10-31"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_reference_that_leads_nowhere_is_refused_with_its_place(Refused row) {
        assertThat(refusal(() -> Texts.deployment(HEAD + "  " + row.resources())))
                .contains(row.message());
    }

    @Test
    void no_case_has_gone_missing() {
        assertThat(needs()).hasSize(17);
        assertThat(refusals()).hasSize(18);
    }

    @Test
    void a_cycle_through_a_branch_that_is_not_taken_is_no_cycle() {
        Deployment deployment =
                Texts.deployment(
                        HEAD
                                + """
                                  T: {Type: 'Custom::T', Properties: {V: !If [Fails, !Ref U, '']}}
                                  U: {Type: 'Custom::U', Properties: {V: !Ref T}}
                                """);

        assertThat(deployment.dependencies())
                .containsEntry("U", Set.of("T"))
                .containsEntry("T", Set.of());
    }

    @Test
    void outputs_and_resources_follow_their_conditions() {
        Deployment deployment =
                Texts.deployment(
                        HEAD
                                + """
                                Outputs:
                                  Always: {Value: !Ref A, Description: Topic A}
                                  Never: {Value: !Ref Gone, Condition: Fails}
                                  Sometimes: {Value: !GetAtt Kept.Arn, Condition: Holds}
                                """);

        assertThat(deployment.outputs())
                .containsExactly(
                        Map.entry("Always", new Deployment.Output(Map.of("Ref", "A"), "Topic A")),
                        Map.entry(
                                "Sometimes",
                                new Deployment.Output(
                                        Map.of("Fn::GetAtt", List.of("Kept", "Arn")), "")));
        assertThat(deployment.resources())
                .extracting(Deployment.Resource::logicalId)
                .containsExactly("A", "B", "Kept");
    }

    @Test
    void policies_are_delete_unless_the_resource_says_otherwise() {
        Deployment deployment =
                Texts.deployment(
                        """
                        Resources:
                          Default: {Type: 'AWS::SNS::Topic'}
                          Stated: {Type: 'AWS::SNS::Topic', DeletionPolicy: RetainExceptOnCreate, UpdateReplacePolicy: Retain}
                        """);

        assertThat(deployment.resources())
                .extracting(
                        Deployment.Resource::deletionPolicy,
                        Deployment.Resource::updateReplacePolicy)
                .containsExactly(
                        tuple("Delete", "Delete"), tuple("RetainExceptOnCreate", "Retain"));
    }

    /// Random graphs: what the order says about who needs whom is the transitive closure of the
    /// edges, and one edge back is a cycle.
    @Test
    void needs_are_the_closure_of_the_edges_and_an_edge_back_is_a_cycle() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 100; round++) {
            Map<String, Set<String>> edges = randomGraph(random);
            Map<String, Set<String>> closure = closure(edges);
            StaticOrder order = new StaticOrder(Texts.deployment(text(edges)));

            closure.forEach((id, needed) ->
                    assertThat(order.needs(id))
                            .as("seed %s, %s of %s", seed, id, edges)
                            .isEqualTo(needed));

            Map.Entry<String, Set<String>> any =
                    closure.entrySet().stream()
                            .filter(entry -> !entry.getValue().isEmpty())
                            .findFirst()
                            .orElse(Map.entry("R0", Set.of("R0")));
            String target = any.getValue().iterator().next();
            Map<String, Set<String>> cyclic = new LinkedHashMap<>(edges);
            cyclic.put(target, new LinkedHashSet<>(Set.of(any.getKey())));
            assertThat(refusal(() -> Texts.deployment(text(cyclic))))
                    .as("seed %s, %s", seed, cyclic)
                    .startsWith("circular dependency");
        }
    }

    private static Map<String, Set<String>> randomGraph(RandomGenerator random) {
        int size = random.nextInt(1, 12);
        Map<String, Set<String>> edges = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            Set<String> to = new LinkedHashSet<>();
            for (int j = i + 1; j < size; j++) {
                if (random.nextInt(3) == 0) {
                    to.add("R" + j);
                }
            }
            edges.put("R" + i, to);
        }
        return edges;
    }

    /// Written differently from the code under test: grows the sets until nothing changes.
    private static Map<String, Set<String>> closure(Map<String, Set<String>> edges) {
        Map<String, Set<String>> out = new HashMap<>();
        edges.forEach((id, to) -> out.put(id, new HashSet<>(to)));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Set<String> reached : out.values()) {
                Set<String> more = new HashSet<>();
                reached.forEach(next -> more.addAll(out.getOrDefault(next, Set.of())));
                changed |= reached.addAll(more);
            }
        }
        return out;
    }

    private static String text(Map<String, Set<String>> edges) {
        StringBuilder out = new StringBuilder("Resources:\n");
        edges.forEach((id, to) -> {
            out.append("  ").append(id).append(": {Type: 'Custom::R', Properties: {V: [");
            to.forEach(next -> out.append("!Ref ").append(next).append(", "));
            out.append("x]}}\n");
        });
        return out.toString();
    }
}
