package io.bedrockbudgeteer.keyguard.policy;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/// Key policies, requests and rewritings made from a seed. Everything comes from small pools, so
/// that matches are frequent.
public final class RandomPolicies {

    /// How many policies each property is tried on; `-Dproperties.policies=N` for more.
    public static final int COUNT = Integer.getInteger("properties.policies", 2000);

    private static final List<String> AWS =
            List.of(
                    "111122223333",
                    "arn:aws:iam::111122223333:root",
                    "444455556666",
                    "*",
                    "arn:aws:iam::111122223333:role/app",
                    "arn:aws:iam::111122223333:role/admin",
                    "arn:aws:iam::111122223333:user/ann",
                    "arn:aws:sts::111122223333:assumed-role/app/s1",
                    "arn:aws:iam::444455556666:role/app",
                    "arn:aws:iam::111122223333:role/bedrock-budgeteer-production-lambda-execution",
                    "arn:aws:iam::111122223333:role/bedrock-budgeteer-production-step-functions",
                    "arn:aws:iam::111122223333:role/bedrock-budgeteer-production-key-grants");
    private static final List<String> SERVICES =
            List.of(
                    "cloudtrail.amazonaws.com",
                    "logs.us-east-1.amazonaws.com",
                    "sns.amazonaws.com",
                    "cloudwatch.amazonaws.com");
    private static final List<String> ACTIONS =
            List.of(
                    "kms:*",
                    "kms:Decrypt",
                    "kms:Encrypt",
                    "kms:GenerateDataKey*",
                    "kms:De*",
                    "kms:Describe*",
                    "kms:Put*",
                    "kms:ReEncrypt*",
                    "kms:CreateGrant",
                    "kms:?ecrypt",
                    "s3:*");
    private static final List<String> SINGLE =
            List.of(
                    "kms:Decrypt",
                    "kms:Encrypt",
                    "kms:GenerateDataKey",
                    "kms:DescribeKey",
                    "kms:PutKeyPolicy",
                    "kms:CreateGrant",
                    "kms:ReEncryptTo");
    private static final List<String> OPERATORS =
            List.of(
                    "StringEquals",
                    "StringNotEquals",
                    "StringLike",
                    "StringNotLike",
                    "StringEqualsIgnoreCase",
                    "StringEqualsIfExists",
                    "StringNotEqualsIfExists",
                    "ForAllValues:StringEquals",
                    "ForAnyValue:StringEquals",
                    "ForAllValues:StringNotLike",
                    "ForAnyValue:StringNotEquals",
                    "ArnLike",
                    "ArnNotEquals",
                    "Null",
                    "Bool",
                    "BoolIfExists",
                    "NumericLessThan",
                    "IpAddress",
                    "Odd");
    static final List<String> KEYS =
            List.of(
                    "aws:PrincipalTag/t",
                    "kms:ViaService",
                    "kms:EncryptionContext:a",
                    "kms:EncryptionContextKeys",
                    "aws:PrincipalArn",
                    "aws:SourceArn",
                    "kms:CallerAccount",
                    "aws:SourceIp",
                    "kms:GrantIsForAWSResource",
                    "aws:PrincipalIsAWSService");
    private static final List<String> VALUES =
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

    private final Random random;

    public RandomPolicies(long seed) {
        random = new Random(seed);
    }

    private <T> T one(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }

    private Object some(List<String> pool, int most) {
        if (random.nextInt(3) > 0) return one(pool);
        List<String> list = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) list.add(one(pool));
        return list;
    }

    public Map<String, Object> statement(String effect) {
        Map<String, Object> statement = new LinkedHashMap<>();
        if (random.nextInt(3) > 0) statement.put("Sid", "S" + random.nextInt(1_000_000));
        statement.put("Effect", effect);
        boolean not = effect.equals("Deny") && random.nextInt(8) == 0;
        statement.put(not ? "NotPrincipal" : "Principal", principal());
        if (random.nextInt(25) > 0)
            statement.put(random.nextInt(8) == 0 ? "NotAction" : "Action", some(ACTIONS, 3));
        if (random.nextInt(25) > 0)
            statement.put(
                    "Resource",
                    random.nextInt(15) == 0
                            ? Ask.KEY.toString()
                            : random.nextInt(10) == 0 ? List.of("*") : "*");
        if (random.nextInt(3) == 0) statement.put("Condition", condition());
        return statement;
    }

    private Object principal() {
        return switch (random.nextInt(8)) {
            case 0 -> "*";
            case 1, 2 -> Map.of("Service", some(SERVICES, 3));
            case 3 -> {
                Map<String, Object> both = new LinkedHashMap<>();
                both.put("AWS", some(AWS, 3));
                both.put("Service", one(SERVICES));
                yield both;
            }
            default -> Map.of("AWS", some(AWS, 3));
        };
    }

    private Map<String, Object> condition() {
        Map<String, Object> operators = new LinkedHashMap<>();
        for (int i = random.nextInt(2); i >= 0; i--) {
            Map<String, Object> keys = new LinkedHashMap<>();
            for (int k = random.nextInt(2); k >= 0; k--) keys.put(one(KEYS), some(VALUES, 3));
            operators.put(one(OPERATORS), keys);
        }
        return operators;
    }

    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        if (random.nextInt(5) > 0)
            document.put("Version", random.nextInt(6) == 0 ? "2008-10-17" : "2012-10-17");
        if (random.nextInt(3) == 0) document.put("Id", "key-default-1");
        List<Object> statements = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--)
            statements.add(statement(random.nextInt(4) == 0 ? "Deny" : "Allow"));
        if (random.nextInt(3) > 0)
            statements.add(random.nextInt(statements.size() + 1), accountStatement());
        document.put(
                "Statement",
                statements.size() == 1 && random.nextBoolean()
                        ? statements.getFirst()
                        : statements);
        if (random.nextInt(4) == 0) document.putIfAbsent("Id", "late");
        return document;
    }

    private static Map<String, Object> accountStatement() {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Sid", "Enable IAM User Permissions");
        statement.put("Effect", "Allow");
        statement.put("Principal", Map.of("AWS", "arn:aws:iam::111122223333:root"));
        statement.put("Action", "kms:*");
        statement.put("Resource", "*");
        return statement;
    }

    /// A policy text in one of the layouts that occur.
    public String text() {
        return text(document());
    }

    public String text(Map<String, Object> document) {
        String text =
                switch (random.nextInt(6)) {
                    case 0 -> JsonText.object(document);
                    case 1 ->
                            JsonText.write(
                                    document, new JsonText.Layout("", "", "", ": ", ", ", false));
                    case 2 ->
                            JsonText.write(
                                    document,
                                    new JsonText.Layout("\r\n", "", "\t", ": ", ",", false));
                    // As GetKeyPolicy prints it.
                    case 3 ->
                            JsonText.write(
                                            document,
                                            new JsonText.Layout("\n", "", "  ", " : ", ",", false))
                                    .replaceAll("\\[\\s+\\{", "[ {")
                                    .replaceAll("},\\s+\\{", "}, {")
                                    .replaceAll("}\\s+]", "} ]");
                    case 4 ->
                            JsonText.write(
                                    document,
                                    new JsonText.Layout("\n", "", "    ", ": ", ",", false));
                    default -> JsonText.pretty(document);
                };
        return random.nextInt(5) == 0 ? text + "\n" : text;
    }

    /// The same policy as KMS or an editor might write it: other layout, order of members,
    /// statements and list items, scalar or list, account id or root ARN. With `meaningOnly` also
    /// other Sids, repeated values, case of keys and actions.
    public String rewritten(String text, boolean meaningOnly) {
        Json.Obj root = (Json.Obj) JsonReader.read(text);
        Map<String, Object> document = new LinkedHashMap<>();
        for (String name : shuffled(root.members().keySet())) {
            Json value = root.get(name).orElseThrow();
            document.put(name, name.equals("Statement") ? statements(value, meaningOnly) : value);
        }
        return text(document);
    }

    private List<Object> statements(Json node, boolean meaningOnly) {
        List<Object> statements = new ArrayList<>();
        for (Json item : shuffled(node instanceof Json.Arr array ? array.items() : List.of(node)))
            statements.add(
                    item instanceof Json.Obj statement ? statement(statement, meaningOnly) : item);
        return statements;
    }

    private Map<String, Object> statement(Json.Obj statement, boolean meaningOnly) {
        Map<String, Object> rewritten = new LinkedHashMap<>();
        for (String name : shuffled(statement.members().keySet())) {
            Json value = statement.get(name).orElseThrow();
            switch (name) {
                case "Action", "NotAction" ->
                        rewritten.put(
                                name,
                                list(
                                        value,
                                        meaningOnly,
                                        text -> meaningOnly ? anyCase(text) : text));
                case "Resource" -> rewritten.put(name, list(value, meaningOnly, text -> text));
                case "Principal", "NotPrincipal" ->
                        rewritten.put(
                                name,
                                value instanceof Json.Obj kinds
                                        ? principals(kinds, meaningOnly)
                                        : value);
                case "Condition" ->
                        rewritten.put(
                                name,
                                value instanceof Json.Obj operators
                                        ? condition(operators, meaningOnly)
                                        : value);
                case "Sid" ->
                        rewritten.put(name, meaningOnly ? "T" + random.nextInt(1_000_000) : value);
                default -> rewritten.put(name, value);
            }
        }
        return rewritten;
    }

    private Map<String, Object> principals(Json.Obj kinds, boolean meaningOnly) {
        Map<String, Object> rewritten = new LinkedHashMap<>();
        for (String kind : shuffled(kinds.members().keySet())) {
            Json value = kinds.get(kind).orElseThrow();
            rewritten.put(
                    kind,
                    list(value, meaningOnly, text -> kind.equals("AWS") ? account(text) : text));
        }
        return rewritten;
    }

    private Map<String, Object> condition(Json.Obj operators, boolean meaningOnly) {
        Map<String, Object> rewritten = new LinkedHashMap<>();
        for (String operator : shuffled(operators.members().keySet())) {
            Map<String, Object> keys = new LinkedHashMap<>();
            if (!(operators.get(operator).orElseThrow() instanceof Json.Obj tests)) continue;
            for (String key : shuffled(tests.members().keySet())) {
                Json value = tests.get(key).orElseThrow();
                keys.put(meaningOnly ? anyCase(key) : key, list(value, meaningOnly, text -> text));
            }
            rewritten.put(operator, keys);
        }
        return rewritten;
    }

    private Object list(Json value, boolean repeat, UnaryOperator<String> change) {
        List<String> texts = new ArrayList<>();
        for (Json item : shuffled(value instanceof Json.Arr array ? array.items() : List.of(value)))
            texts.add(change.apply(((Json.Str) item).value()));
        if (repeat && !texts.isEmpty() && random.nextInt(4) == 0) texts.add(texts.getFirst());
        return texts.size() == 1 && random.nextBoolean() ? texts.getFirst() : texts;
    }

    private String account(String name) {
        if (random.nextBoolean()) return name;
        if (name.matches("\\d{12}")) return "arn:aws:iam::" + name + ":root";
        return name.matches("arn:aws:iam::\\d{12}:root") ? name.substring(13, 25) : name;
    }

    private String anyCase(String text) {
        return random.nextBoolean() ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
    }

    private <T> List<T> shuffled(Collection<T> items) {
        List<T> list = new ArrayList<>(items);
        Collections.shuffle(list, random);
        return list;
    }

    public AccessRequest request() {
        Caller caller =
                Caller.tryParse(
                                one(
                                        List.of(
                                                "arn:aws:iam::111122223333:role/app",
                                                "arn:aws:sts::111122223333:assumed-role/app/s1",
                                                "arn:aws:iam::111122223333:user/ann",
                                                "arn:aws:iam::111122223333:role/other",
                                                "arn:aws:iam::444455556666:role/app",
                                                "arn:aws:iam::111122223333:root",
                                                "cloudtrail.amazonaws.com",
                                                "logs.us-east-1.amazonaws.com",
                                                "sns.amazonaws.com")))
                        .orElseThrow();
        Map<String, Optional<List<String>>> context = new LinkedHashMap<>();
        for (String key : KEYS) {
            if (random.nextInt(3) > 0) continue;
            boolean several = key.equals("kms:EncryptionContextKeys") && random.nextBoolean();
            context.put(
                    key,
                    random.nextInt(4) == 0
                            ? Optional.empty()
                            : Optional.of(
                                    several ? List.of("a", one(VALUES)) : List.of(one(VALUES))));
        }
        return new AccessRequest(caller, one(SINGLE), Ask.KEY, context, random.nextInt(4) == 0);
    }

    public Optional<IdentityAccess> identity(Caller caller) {
        Arn arn = caller.principalArn().orElse(Ask.KEY);
        return switch (random.nextInt(4)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(IdentityAccess.of(arn, List.of(), Optional.empty()));
            case 2 ->
                    Optional.of(
                            IdentityAccess.of(
                                    arn,
                                    List.of(Ask.json(Ask.ALL_KMS)),
                                    Optional.of(Ask.json(Ask.ALL_KMS))));
            default ->
                    Optional.of(
                            IdentityAccess.of(
                                    arn, List.of(Ask.json(Ask.ALL_KMS)), Optional.empty()));
        };
    }

    /// The request with a value, or the absence, of one key that it did not speak of.
    public AccessRequest withOneMoreKey(AccessRequest request) {
        Map<String, Optional<List<String>>> context = new LinkedHashMap<>(request.context());
        String key = one(KEYS);
        // What follows from the request itself is known already; another value for it would be
        // another request.
        if ((key.startsWith("aws:Principal") && !key.contains("Tag"))
                || key.equals("kms:CallerAccount")) return request;
        context.putIfAbsent(
                key, random.nextInt(3) == 0 ? Optional.empty() : Optional.of(List.of(one(VALUES))));
        return new AccessRequest(
                request.caller(),
                request.action(),
                request.key(),
                context,
                request.contextComplete());
    }

    /// A text with a few characters changed, cut or doubled.
    public String damaged(String text) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = random.nextInt(4); i >= 0 && !damaged.isEmpty(); i--) {
            int at = random.nextInt(damaged.length());
            switch (random.nextInt(4)) {
                case 0 -> damaged.deleteCharAt(at);
                case 1 ->
                        damaged.insert(
                                at,
                                one(
                                        List.of(
                                                "{", "}", "[", "]", "\"", ",", ":", "null", "0",
                                                "\\", "\u0000", "\ud800", "*")));
                case 2 -> damaged.setLength(at);
                default -> damaged.setCharAt(at, (char) random.nextInt(0x250));
            }
        }
        return damaged.toString();
    }

    public Random random() {
        return random;
    }
}
