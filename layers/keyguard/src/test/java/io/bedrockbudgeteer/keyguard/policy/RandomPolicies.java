package io.bedrockbudgeteer.keyguard.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Key policies made from a seed. Everything comes from small pools, so that matches are frequent.
/// Three in five are sound: KMS would store them with one more statement. The others have what
/// stops a write or a verdict: principals that no longer exist, statements without Action or
/// Resource, elements that nobody knows. One in eighty, mostly sound, is about as long as KMS
/// takes.
public final class RandomPolicies {

    private static final int LARGE = 30_500;

    private final Random random;
    private final boolean large;
    private final boolean sound;
    private final RandomStatements pool;

    public RandomPolicies(long seed) {
        random = EveryPolicy.random(seed, "policy");
        large = oneIn(80);
        sound = random.nextInt(large ? 10 : 5) > 1;
        pool = new RandomStatements(random, sound);
    }

    static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /// A policy text in one of the layouts that occur, or in one that is only legal.
    public String text() {
        return text(List.of());
    }

    /// A policy text that has the given statements too, at any place.
    public String text(List<Map<String, Object>> more) {
        List<Map<String, Object>> statements = statements(more);
        int shape = random.nextInt();
        if (large) fill(statements, shape);
        return print(document(statements), shape);
    }

    private static String print(Map<String, Object> document, int shape) {
        return new OddText(new Random(shape)).of(document);
    }

    /// Adds statements until the printed text has about its length, and the rest to the last Sid.
    private void fill(List<Map<String, Object>> statements, int shape) {
        int length = LARGE + random.nextInt(2_700);
        List<Map<String, Object>> some = new ArrayList<>();
        for (int i = 0; i < 10; i++) some.add(RandomStatements.filler(i));
        int before = print(Map.of("Statement", statements), shape).length() + 100;
        int each = print(Map.of("Statement", some), shape).length() / some.size();
        for (int i = 1; i < (length - before) / each; i++)
            statements.add(RandomStatements.filler(i));
        Map<String, Object> last = RandomStatements.filler(0);
        statements.add(last);
        int missing = length - print(Map.of("Statement", statements), shape).length();
        last.put("Sid", "Filler" + "x".repeat(Math.clamp(missing, 0, 3_000)));
    }

    private Map<String, Object> document(List<Map<String, Object>> statements) {
        Map<String, Object> document = new LinkedHashMap<>();
        if (!oneIn(5)) document.put("Version", oneIn(6) ? "2008-10-17" : "2012-10-17");
        if (!sound && oneIn(40)) document.put("Version", "2020-01-01");
        if (oneIn(3)) document.put("Id", oneIn(5) ? pool.sid() : "key-default-1");
        boolean single = statements.size() == 1 && random.nextBoolean();
        document.put("Statement", single ? statements.getFirst() : statements);
        if (oneIn(4)) document.putIfAbsent("Id", "late");
        return document;
    }

    private List<Map<String, Object>> statements(List<Map<String, Object>> more) {
        List<Map<String, Object>> statements = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            statements.add(pool.statement(oneIn(4) ? "Deny" : "Allow"));
            if (!sound && oneIn(20)) pool.spoil(statements.getLast());
        }
        if (!oneIn(3))
            statements.add(random.nextInt(statements.size() + 1), RandomStatements.ofTheAccount());
        for (Map<String, Object> statement : more)
            statements.add(random.nextInt(statements.size() + 1), statement);
        if (!sound && oneIn(20))
            for (Map<String, Object> statement : statements) statement.replace("Sid", "Twice");
        return statements;
    }
}
