package io.bedrockbudgeteer.keyguard.cli.explain;

import static io.bedrockbudgeteer.keyguard.cli.RequestText.ROLE;
import static io.bedrockbudgeteer.keyguard.cli.RequestText.allowIf;
import static io.bedrockbudgeteer.keyguard.cli.RequestText.base;
import static io.bedrockbudgeteer.keyguard.cli.RequestText.iam;
import static io.bedrockbudgeteer.keyguard.cli.RequestText.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.cli.Cli;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/// Twenty thousand damaged lines: never a crash, and never a row that is lost, doubled or moved.
class FuzzTest {
    private static final int LINES = 20_000;
    private static final String ALPHABET = "{}[]\",:\\ \t'0e-.nulltrueé\u2028\uFEFF😀*?${}";
    private static final Set<String> VERDICTS =
            Set.of("ALLOWED", "DENIED", "CONDITIONAL", "UNKNOWN");

    private static final String WHOLE =
            base().with("id", "7")
                    .with(
                            "keyPolicy",
                            policy(
                                    allowIf(
                                            "{'AWS':'" + ROLE + "'}",
                                            "{'StringLike':{'aws:SourceArn':'arn:${aws:x}*'}}")))
                    .with("identityPolicies", "[" + iam("Allow", "kms:*") + ",'{}']")
                    .with("permissionBoundaries", "[" + iam("Allow", "*") + "]")
                    .with(
                            "grants",
                            "[{'GranteePrincipal':'"
                                    + ROLE
                                    + "','Operations':['Decrypt'],'Constraints':{'EncryptionContextSubset':{'a':'b'}},'CreationDate':1.5}]")
                    .with("context", "{'aws:SourceArn':['arn:a'],'a:b':null,'c:d':true,'e:f':1}")
                    .with("contextComplete", "false")
                    .line();

    @Test
    void damaged_lines_never_crash_and_never_lose_or_reorder_a_row() {
        long seed = Long.getLong("fuzz.seed", 20260301L);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        // Every second line is a whole one that says which it is: rows cannot move unseen.
        for (int i = 0; i < LINES; i++) {
            input.writeBytes(damaged(random));
            input.write('\n');
            input.writeBytes(
                    base().with("id", "'whole " + i + "'").line().getBytes(StandardCharsets.UTF_8));
            input.write('\n');
        }

        Cli.Ended ended = Cli.runOn(input.toByteArray(), "explain", "--requests", "-");

        List<String> rows = ended.rows();
        assertThat(rows.size()).as("seed %d", seed).isEqualTo(2 * LINES);
        int errors = 0;
        for (int i = 0; i < LINES; i++) {
            Json.Obj row = JsonReader.readObject(rows.get(2 * i));
            boolean error = row.get("error").isPresent();
            if (error) {
                errors++;
                assertThat(rows.get(2 * i))
                        .as("seed %d", seed)
                        .contains("\"line\":" + (2 * i + 1) + ",");
            } else {
                assertThat(VERDICTS).contains(row.string("verdict").orElse(""));
            }
            assertThat(rows.get(2 * i + 1))
                    .as("seed %d", seed)
                    .startsWith("{\"id\":\"whole " + i + "\",\"verdict\":\"ALLOWED\"");
        }
        // Damage of both kinds: to the line, and to what only the policies and values say.
        assertThat(errors).as("seed %d", seed).isBetween(LINES / 10, LINES - LINES / 10);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .startsWith("keyguard: " + errors + " of " + 2 * LINES + " lines")
                .hasLineCount(1);
    }

    private static byte[] damaged(RandomGenerator random) {
        StringBuilder line = new StringBuilder(WHOLE);
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) damage(line, random);
        byte[] bytes = line.toString().replace('\n', ' ').getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(20) == 0) bytes[random.nextInt(bytes.length)] ^= (byte) 0x80;
        for (int i = 0; i < bytes.length; i++) if (bytes[i] == '\n') bytes[i] = ' ';
        // A blank line has no row; this one must have one.
        return new String(bytes, StandardCharsets.ISO_8859_1).isBlank() ? new byte[] {'x'} : bytes;
    }

    private static void damage(StringBuilder line, RandomGenerator random) {
        if (line.isEmpty()) line.append('x');
        int at = random.nextInt(line.length());
        int end = Math.min(line.length(), at + 1 + random.nextInt(12));
        int c = random.nextInt(ALPHABET.length());
        switch (random.nextInt(7)) {
            case 0 -> line.delete(at, end);
            case 1 -> line.insert(at, ALPHABET.charAt(c));
            case 2 -> line.setCharAt(at, ALPHABET.charAt(c));
            case 3 -> line.insert(at, line.substring(at, end));
            case 4 -> line.setLength(at);
            case 5 -> swapMembers(line, random);
            default -> line.insert(at, "[".repeat(random.nextInt(3000)));
        }
    }

    /// Leaves JSON whole and changes what it says.
    private static void swapMembers(StringBuilder line, RandomGenerator random) {
        List<String> strings = new ArrayList<>();
        String[] parts = line.toString().split("\"", -1);
        for (int i = 1; i < parts.length; i += 2) strings.add(parts[i]);
        if (strings.isEmpty()) return;
        int target = 1 + 2 * random.nextInt(strings.size());
        parts[target] = strings.get(random.nextInt(strings.size()));
        line.setLength(0);
        line.append(String.join("\"", parts));
    }
}
