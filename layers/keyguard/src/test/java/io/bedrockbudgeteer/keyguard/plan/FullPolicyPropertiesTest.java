package io.bedrockbudgeteer.keyguard.plan;

import static io.bedrockbudgeteer.keyguard.plan.Samples.DEFAULT_POLICY;
import static io.bedrockbudgeteer.keyguard.plan.Samples.OWNER;
import static io.bedrockbudgeteer.keyguard.plan.Samples.add;
import static io.bedrockbudgeteer.keyguard.plan.Samples.changed;
import static io.bedrockbudgeteer.keyguard.plan.Samples.situation;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.finding.Severity;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A whole stack on policies of other people that leave just enough room for it, or just too
/// little. A failure names the seed; `-Dfull.seed=S` starts there.
class FullPolicyPropertiesTest {
    private static final long FIRST = Long.getLong("full.seed", 1);
    private static final int SEEDS = Integer.getInteger("full.seeds", 120);

    /// How a plan ends.
    private enum Ending {
        LAID_OUT,
        DENSE,
        ALL_DENSE,
        REFUSED
    }

    /// Statements of several layouts until the text has a random length near the limit.
    private static String policy(Random random) {
        int length = 26_000 + random.nextInt(10_000);
        List<String> statements = new ArrayList<>();
        statements.add(KeyPolicy.read(DEFAULT_POLICY).statements().getFirst().text());
        int total = 0;
        for (int number = 1; total < length; number++) {
            String dense =
                    "{\"Sid\":\"Theirs%d\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:role/%s\"},\"Action\":[\"kms:Decrypt\",\"kms:DescribeKey\"],\"Resource\":\"*\"}"
                            .formatted(number, "r".repeat(1 + random.nextInt(60)));
            String statement =
                    switch (random.nextInt(3)) {
                        case 0 -> dense;
                        case 1 -> dense.replace(",\"", ", \"").replace(":{", " : {");
                        default -> JsonText.pretty(JsonReader.read(dense)).indent(4).strip();
                    };
            statements.add(statement);
            total += statement.length();
        }
        String gap = random.nextBoolean() ? ",\n    " : ",";
        return "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    "
                + String.join(gap, statements)
                + "\n  ]\n}\n";
    }

    @Test
    void a_plan_fits_or_is_refused_and_nobody_else_notices() {
        Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            String text = policy(new Random(seed));
            try {
                endings.merge(check(text), 1, Integer::sum);
            } catch (Throwable e) {
                throw new AssertionError("-Dfull.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(endings).containsOnlyKeys(Ending.values());
    }

    private static Ending check(String text) {
        Plan plan = add(situation(text));
        KeyPolicy before = KeyPolicy.read(text);
        if (plan instanceof Plan.Refused) {
            assertThat(Samples.rules(plan)).contains(Rule.POL005);
            // With nothing of its own on the key yet, the stack is as long as on any other.
            KeyPolicy elsewhere = changed(add(situation(DEFAULT_POLICY)));
            int perStack = Room.of(elsewhere, OWNER).orElseThrow().perStack();
            assertThat(before.shortestLength() + perStack).isGreaterThan(KeyPolicy.MAX_LENGTH);
            return Ending.REFUSED;
        }
        KeyPolicy after = changed(plan);
        assertThat(after.length()).isLessThanOrEqualTo(KeyPolicy.MAX_LENGTH);
        boolean minified =
                plan.findings().stream()
                        .anyMatch(found ->
                                found.rule() == Rule.POL006 && found.severity() == Severity.INFO);
        assertThat(foreign(after, minified)).isEqualTo(foreign(before, minified));
        assertThat(add(situation(after.text()))).isInstanceOf(Plan.NoChange.class);
        assertThat(add(situation(printedByKms(after)))).isInstanceOf(Plan.NoChange.class);

        KeyPolicy restored = changed(Planner.remove(situation(after.text())));
        assertThat(restored.text()).isEqualTo(minified ? before.minified().text() : text);

        if (minified) return Ending.ALL_DENSE;
        Set<Integer> own = OwnStatement.movable(after, OWNER);
        return after.whiteSpaceIn(own) == 0 ? Ending.DENSE : Ending.LAID_OUT;
    }

    private static String printedByKms(KeyPolicy policy) {
        return JsonText.pretty(JsonReader.read(policy.text()));
    }

    private static List<String> foreign(KeyPolicy policy, boolean minified) {
        Set<Integer> own = new HashSet<>(OwnStatement.movable(policy, OWNER));
        KeyPolicy read = minified ? policy.minified() : policy;
        return read.statements().stream()
                .filter(statement -> !own.contains(statement.index()))
                .map(Statement::text)
                .toList();
    }
}
