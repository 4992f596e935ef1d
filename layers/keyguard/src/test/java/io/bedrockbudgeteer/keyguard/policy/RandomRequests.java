package io.bedrockbudgeteer.keyguard.policy;

import static io.bedrockbudgeteer.keyguard.policy.RandomPolicies.words;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Questions made from a seed: requests, what IAM says about their callers, grants. Of the same
/// small pools as [RandomPolicies].
public final class RandomRequests {
    private static final String PAIR = "kms:EncryptionContext:a";
    private static final String PAIR_NAMES = "kms:EncryptionContextKeys";

    static final List<String> KEYS =
            words(
                    """
                    aws:PrincipalTag/t kms:ViaService kms:EncryptionContext:a kms:EncryptionContextKeys
                    aws:PrincipalArn aws:SourceArn kms:CallerAccount aws:SourceIp
                    kms:GrantIsForAWSResource aws:PrincipalIsAWSService
                    """);
    static final List<String> VALUES =
            List.of(
                    "x",
                    "y*",
                    "*",
                    "true",
                    "false",
                    "a",
                    "111122223333",
                    "arn:aws:iam::111122223333:role/app",
                    "arn:aws:iam::*:role/*",
                    "10",
                    "203.0.113.0/24",
                    "s3.us-east-1.amazonaws.com",
                    "dynamodb.*.amazonaws.com",
                    "arn:aws:cloudtrail:us-east-1:111122223333:trail/bedrock-budgeteer-production-trail",
                    "${aws:PrincipalAccount}",
                    "");
    private static final List<Caller> CALLERS =
            words(
                            """
                            arn:aws:iam::111122223333:role/app arn:aws:sts::111122223333:assumed-role/app/s1
                            arn:aws:iam::111122223333:user/ann arn:aws:iam::111122223333:role/other
                            arn:aws:iam::444455556666:role/app arn:aws:iam::111122223333:root
                            cloudtrail.amazonaws.com logs.us-east-1.amazonaws.com sns.amazonaws.com
                            """)
                    .stream()
                    .map(name -> Caller.tryParse(name).orElseThrow())
                    .toList();
    private static final List<String> ACTIONS =
            words(
                    """
                    Decrypt Decrypt Encrypt GenerateDataKey DescribeKey PutKeyPolicy CreateGrant
                    ReEncryptTo
                    """);

    private final Random random;

    public RandomRequests(long seed) {
        random = EveryPolicy.random(seed, "requests");
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private <T> T one(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }

    public Question question() {
        return about(request());
    }

    /// The request with what IAM may say about its caller, and with grants.
    public Question about(AccessRequest request) {
        return new Question(request, identity(request.caller()), grants(request.caller()));
    }

    /// Any caller, action and context; the encryption context does not contradict itself.
    AccessRequest request() {
        Map<String, Optional<List<String>>> context = new LinkedHashMap<>();
        for (String key : KEYS) {
            if (!oneIn(3)) continue;
            boolean several = key.equals(PAIR_NAMES) && random.nextBoolean();
            context.put(
                    key,
                    oneIn(4)
                            ? Optional.empty()
                            : Optional.of(
                                    several ? List.of("a", value(key)) : List.of(value(key))));
        }
        if (contradictsItself(context)) context.remove(PAIR);
        return new AccessRequest(one(CALLERS), "kms:" + one(ACTIONS), Ask.KEY, context, oneIn(4));
    }

    /// The request with a value, or the absence, of one key that it did not speak of; the same
    /// request when there is nothing to add.
    AccessRequest withOneMoreKey(AccessRequest request) {
        Map<String, Optional<List<String>>> context = new LinkedHashMap<>(request.context());
        String key = oneIn(3) ? PAIR : one(KEYS);
        // What follows from the request itself is known already; another value for it would be
        // another request.
        if ((key.startsWith("aws:Principal") && !key.contains("Tag"))
                || key.equals("kms:CallerAccount")) return request;
        context.putIfAbsent(key, oneIn(3) ? Optional.empty() : Optional.of(List.of(value(key))));
        if (contradictsItself(context)) return request;
        return new AccessRequest(
                request.caller(),
                request.action(),
                request.key(),
                context,
                request.contextComplete());
    }

    /// Often what grants ask for, so that they cover something.
    private String value(String key) {
        if (key.equals(PAIR) && random.nextBoolean()) return "x";
        return key.equals(PAIR_NAMES) && random.nextBoolean() ? "a" : one(VALUES);
    }

    private static boolean contradictsItself(Map<String, Optional<List<String>>> context) {
        Optional<List<String>> pair = context.get(PAIR);
        Optional<List<String>> names = context.get(PAIR_NAMES);
        if (pair == null || names == null) return false;
        return pair.isPresent() != names.map(list -> list.contains("a")).orElse(false);
    }

    /// IAM lets the caller do everything, or nothing, within a boundary, or nobody knows.
    private Optional<IdentityAccess> identity(Caller caller) {
        Arn arn = caller.principalArn().orElse(Ask.KEY);
        List<String> all = List.of(Ask.json(Ask.ALL_KMS));
        return switch (random.nextInt(4)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(IdentityAccess.of(arn, List.of(), Optional.empty()));
            case 2 -> Optional.of(IdentityAccess.of(arn, all, Optional.of(all.getFirst())));
            default -> Optional.of(IdentityAccess.of(arn, all, Optional.empty()));
        };
    }

    /// None for every other question, or up to two, to the caller, its role or account, or others.
    private List<Grant> grants(Caller caller) {
        List<Grant> grants = new ArrayList<>();
        if (random.nextBoolean()) return grants;
        for (int i = random.nextInt(3); i > 0; i--)
            grants.add(grant("grant-" + i, oneIn(4) ? one(CALLERS) : caller));
        return grants;
    }

    private Grant grant(String id, Caller caller) {
        String grantee =
                switch (caller) {
                    case Caller.Session(Arn _, Arn role) when random.nextBoolean() ->
                            role.toString();
                    case Caller.Root(Arn arn) -> oneIn(2) ? arn.account() : arn.toString();
                    default -> caller.displayName();
                };
        Set<String> operations = new HashSet<>();
        for (int i = random.nextInt(3); i >= 0; i--) operations.add(one(ACTIONS));
        operations.remove("PutKeyPolicy"); // nothing that a grant can give
        Map<String, String> pairs =
                one(List.of(Map.of("a", "x"), Map.of("a", "y*", "b", "x"), Map.of()));
        return new Grant(
                id,
                grantee,
                caller instanceof Caller.Service && random.nextBoolean(),
                operations,
                oneIn(3) ? Optional.of(pairs) : Optional.empty(),
                oneIn(3) ? Optional.of(pairs) : Optional.empty(),
                oneIn(4) ? Optional.of(one(VALUES)) : Optional.empty(),
                !oneIn(5));
    }
}
