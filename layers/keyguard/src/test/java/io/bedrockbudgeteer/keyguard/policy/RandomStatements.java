package io.bedrockbudgeteer.keyguard.policy;

import static io.bedrockbudgeteer.keyguard.policy.RandomPolicies.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Statements of key policies, from a source of random numbers and small pools.
final class RandomStatements {

    /// A role and a user that no longer exist, as KMS shows them.
    static final List<String> VANISHED = words("AROAEXAMPLEEXAMPLE1234 AIDAEXAMPLEEXAMPLE5678");

    private static final List<String> AWS =
            words(
                    """
                    111122223333 arn:aws:iam::111122223333:root 444455556666 *
                    arn:aws:iam::111122223333:role/app arn:aws:iam::111122223333:role/admin
                    arn:aws:iam::111122223333:user/ann arn:aws:iam::444455556666:role/app
                    arn:aws:sts::111122223333:assumed-role/app/s1
                    arn:aws:iam::111122223333:role/bedrock-budgeteer-production-lambda-execution
                    arn:aws:iam::111122223333:role/bedrock-budgeteer-production-step-functions
                    arn:aws:iam::111122223333:role/bedrock-budgeteer-production-key-grants
                    """);
    private static final List<String> SERVICES =
            words(
                    """
                    cloudtrail.amazonaws.com logs.us-east-1.amazonaws.com sns.amazonaws.com
                    cloudwatch.amazonaws.com
                    """);
    private static final List<String> ACTIONS =
            words(
                    """
                    kms:* kms:Decrypt kms:Encrypt kms:GenerateDataKey* kms:De* kms:Describe* kms:Put*
                    kms:ReEncrypt* kms:CreateGrant kms:?ecrypt s3:*
                    """);
    private static final List<String> OPERATORS =
            words(
                    """
                    StringEquals StringNotEquals StringLike StringNotLike StringEqualsIgnoreCase
                    StringEqualsIfExists StringNotEqualsIfExists ForAllValues:StringEquals
                    ForAnyValue:StringEquals ForAllValues:StringNotLike ForAnyValue:StringNotEquals
                    ArnLike ArnNotEquals Null Bool BoolIfExists NumericLessThan IpAddress Odd
                    """);
    private static final List<String> SIDS =
            List.of(
                    "Allow access for Key Administrators",
                    "Zugriff f\u00FCr Schl\u00FCssel",
                    "\u9375\u306E\u7BA1\u7406",
                    "\uD83D\uDD11 key",
                    "a/b\u007F\u0085",
                    " ");

    private final Random random;
    private final boolean sound;

    /// @param sound whether KMS would store the statements
    RandomStatements(Random random, boolean sound) {
        this.random = random;
        this.sound = sound;
    }

    /// Statements made from a seed.
    static RandomStatements of(long seed) {
        Random random = EveryPolicy.random(seed, "statements");
        return new RandomStatements(random, random.nextBoolean());
    }

    /// What every key has that was made without a policy of its own.
    static Map<String, Object> ofTheAccount() {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Sid", "Enable IAM User Permissions");
        statement.put("Effect", "Allow");
        statement.put("Principal", Map.of("AWS", "arn:aws:iam::111122223333:root"));
        statement.put("Action", "kms:*");
        statement.put("Resource", "*");
        return statement;
    }

    /// One of many, for a long policy.
    static Map<String, Object> filler(int number) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Sid", "Filler" + number);
        statement.put("Effect", "Allow");
        statement.put("Principal", Map.of("AWS", "arn:aws:iam::111122223333:role/filler" + number));
        statement.put("Action", List.of("kms:Decrypt", "kms:Encrypt", "kms:DescribeKey"));
        statement.put("Resource", "*");
        return statement;
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private <T> T one(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }

    private Object some(List<String> pool, int least) {
        if (!oneIn(3)) return one(pool);
        List<String> list = new ArrayList<>();
        for (int i = least + random.nextInt(4 - least); i > 0; i--) list.add(one(pool));
        return list;
    }

    /// An odd one.
    String sid() {
        return one(SIDS);
    }

    /// One statement, which a condition may keep from ever matching.
    Map<String, Object> statement(String effect) {
        Map<String, Object> statement = new LinkedHashMap<>();
        if (!oneIn(3)) statement.put("Sid", oneIn(8) ? sid() : "S" + random.nextInt(1_000_000));
        statement.put("Effect", effect);
        boolean not = effect.equals("Deny") ? oneIn(8) : !sound && oneIn(40);
        statement.put(not ? "NotPrincipal" : "Principal", principal());
        if (sound || !oneIn(15))
            statement.put(oneIn(8) ? "NotAction" : "Action", some(ACTIONS, sound ? 1 : 0));
        if (sound || !oneIn(15))
            statement.put(!sound && oneIn(40) ? "NotResource" : "Resource", resource());
        if (oneIn(3)) statement.put("Condition", condition());
        return statement;
    }

    /// A statement that names a principal that no longer exists, alone or beside others.
    Map<String, Object> statementForNobody() {
        Map<String, Object> statement = statement(random.nextBoolean() ? "Allow" : "Deny");
        statement.remove("NotPrincipal");
        List<String> names = new ArrayList<>(List.of(one(VANISHED)));
        for (int i = random.nextInt(3); i > 0; i--)
            names.add(random.nextInt(names.size() + 1), one(random.nextBoolean() ? AWS : VANISHED));
        statement.put("Principal", Map.of("AWS", names));
        return statement;
    }

    /// Makes a statement one that cannot be understood.
    void spoil(Map<String, Object> statement) {
        switch (random.nextInt(4)) {
            case 0 -> statement.put("Comment", "what for");
            case 1 -> statement.put("Effect", "allow");
            case 2 -> statement.put("Action", List.of(7, "kms:*"));
            default -> statement.put("Principal", "arn:aws:iam::111122223333:role/app");
        }
    }

    private Object principal() {
        return switch (random.nextInt(12)) {
            case 0 -> "*";
            case 1, 2 -> Map.of("Service", some(SERVICES, 0));
            case 3 -> {
                Map<String, Object> both = new LinkedHashMap<>();
                both.put("AWS", aws());
                both.put("Service", one(SERVICES));
                yield both;
            }
            case 4 ->
                    oneIn(3)
                            ? Map.of()
                            : Map.of(
                                    oneIn(2) ? "Federated" : "Service",
                                    "cognito-identity.amazonaws.com");
            default -> Map.of("AWS", aws());
        };
    }

    private Object aws() {
        if (sound || !oneIn(8)) return some(AWS, 0);
        String vanished = one(VANISHED);
        return switch (random.nextInt(3)) {
            case 0 -> vanished;
            case 1 -> List.of(vanished);
            default -> List.of(one(AWS), vanished, one(AWS));
        };
    }

    private Object resource() {
        if (oneIn(15)) return Ask.KEY.toString();
        if (sound || !oneIn(10)) return oneIn(10) ? List.of("*") : "*";
        return one(
                List.of(
                        List.of(),
                        "arn:aws:kms:us-east-1:111122223333:alias/app",
                        "arn:aws:kms:us-east-1:111122223333:key/*",
                        List.of("*", Ask.KEY.toString())));
    }

    private Map<String, Object> condition() {
        Map<String, Object> operators = new LinkedHashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            String operator = one(OPERATORS);
            Map<String, Object> keys = new LinkedHashMap<>();
            for (int k = random.nextInt(10) - 1; k >= 0; k -= 4) {
                String key = one(RandomRequests.KEYS);
                // KMS does not store this pair.
                if (!sound || !operator.startsWith("ForAll") || !key.endsWith(":a"))
                    keys.put(key, values());
            }
            operators.put(operator, keys);
        }
        return operators;
    }

    private Object values() {
        Object values = some(RandomRequests.VALUES, 0);
        if (values.equals("10") && random.nextBoolean()) return 10;
        boolean truth = values.equals("true") || values.equals("false");
        return truth && random.nextBoolean() ? values.equals("true") : values;
    }
}
