package io.bedrockbudgeteer.keyguard.cli.explain;

import static io.bedrockbudgeteer.keyguard.cli.console.SafeText.quoted;

import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonSyntaxException;
import io.bedrockbudgeteer.keyguard.policy.Grant;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads grants as `aws kms list-grants` prints them. Member names in any case: the AWS CLI, the
/// SDKs and CloudTrail write them differently. Source: KMS API Reference, GrantListEntry and
/// GrantConstraints.
public final class GrantList {
    private final InstantSource clock;

    /// @param clock tells how old a grant is
    public GrantList(InstantSource clock) {
        this.clock = clock;
    }

    /// @param name what the list is called, for messages
    /// @param text a JSON list of grants
    /// @throws BadInput when it is something else
    public List<Grant> read(String name, String text) {
        return read(name, parse(name, text));
    }

    /// As [#read] for a file: a list, or the whole answer of ListGrants.
    public List<Grant> readFile(String name, String text) {
        Json json = parse(name, text);
        if (!(json instanceof Json.Obj)) return read(name, json);
        Fields answer = new Fields(name, json);
        if (answer.get("Truncated") instanceof Json.Bool(boolean truncated, int _, int _)
                && truncated)
            throw new BadInput(
                    name
                            + " says Truncated: true, so grants are missing; write all of them, as `aws"
                            + " kms list-grants` does without --max-items and --no-paginate");
        return read(
                name + ".Grants",
                answer.find("Grants")
                        .orElseThrow(() ->
                                new BadInput(
                                        name
                                                + " has no Grants; write a list of grants, or the answer of"
                                                + " `aws kms list-grants`")));
    }

    private static Json parse(String name, String text) {
        try {
            return JsonReader.read(text);
        } catch (JsonSyntaxException e) {
            throw new BadInput(
                    name + " cannot be read: " + e.getMessage() + "; " + Member.GRANTS.form);
        }
    }

    private List<Grant> read(String name, Json json) {
        if (!(json instanceof Json.Arr list)) throw wrong(name, json, "a list of grants");
        List<Grant> grants = new ArrayList<>();
        for (Json item : list.items())
            grants.add(grant(name + "[" + grants.size() + "]", grants.size() + 1, item));
        return grants;
    }

    private Grant grant(String name, int position, Json json) {
        Fields fields = new Fields(name, json);
        Optional<String> principal = fields.string("GranteePrincipal");
        Optional<String> service = fields.string("GranteeServicePrincipal");
        if (principal.isPresent() == service.isPresent())
            throw new BadInput(
                    name
                            + (principal.isPresent()
                                    ? " has both GranteePrincipal and"
                                    : " has neither GranteePrincipal nor")
                            + " GranteeServicePrincipal; write one of them");
        Fields constraints =
                new Fields(
                        name + ".Constraints",
                        fields.find("Constraints").orElse(new Json.Obj(Map.of(), 0, 0)));
        // What is not understood here would make the grant look wider than it is.
        constraints.allowOnly("EncryptionContextEquals", "EncryptionContextSubset", "SourceArn");
        return new Grant(
                fields.string("GrantId").orElse(String.valueOf(position)),
                principal.or(() -> service).orElseThrow(),
                service.isPresent(),
                operations(fields),
                constraints.pairs("EncryptionContextEquals"),
                constraints.pairs("EncryptionContextSubset"),
                constraints.string("SourceArn"),
                isSettled(fields));
    }

    private static Set<String> operations(Fields fields) {
        Json json =
                fields.find("Operations")
                        .orElseThrow(() ->
                                new BadInput(
                                        fields.name
                                                + " has no Operations; write a list such as [\"Decrypt\"]"));
        String name = fields.name + ".Operations";
        if (!(json instanceof Json.Arr list)) throw wrong(name, json, "a list of strings");
        Set<String> operations = new LinkedHashSet<>();
        for (Json item : list.items()) {
            if (!(item instanceof Json.Str(String text, int _, int _)))
                throw wrong("an item of " + name, item, "a string such as \"Decrypt\"");
            boolean prefixed = text.regionMatches(true, 0, "kms:", 0, 4);
            operations.add(prefixed ? text.substring(4) : text);
        }
        return operations;
    }

    private boolean isSettled(Fields fields) {
        Optional<Json> created = fields.find("CreationDate");
        if (created.isEmpty()) return true;
        String name = fields.name + ".CreationDate";
        String text =
                switch (created.get()) {
                    case Json.Str(String date, int _, int _) -> date;
                    case Json.Num(String seconds, int _, int _) -> seconds;
                    default ->
                            throw wrong(name, created.get(), "a date in ISO 8601 or epoch seconds");
                };
        try {
            return Grant.isSettled(instant(text), clock.instant());
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new BadInput(
                    name
                            + " is "
                            + quoted(text)
                            + ", which is no date; write ISO 8601 such as 2026-01-31T12:00:00Z, or epoch"
                            + " seconds");
        }
    }

    private static Instant instant(String text) {
        if (text.indexOf('T') > 0 || text.indexOf('t') > 0)
            return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
        // Epoch seconds have at most a dozen digits; a number with a huge exponent would take long.
        if (text.length() > 32) throw new NumberFormatException(text);
        BigDecimal seconds = new BigDecimal(text);
        if (seconds.precision() - seconds.scale() > 12) throw new ArithmeticException(text);
        return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
    }

    private static BadInput wrong(String name, Json seen, String form) {
        return new BadInput(name + " is " + seen.kind() + "; write " + form);
    }

    /// The members of an object, in any case. null counts as not there.
    private static final class Fields {
        private final String name;
        private final Map<String, Json> members = new HashMap<>();
        private final Set<String> written;

        Fields(String name, Json json) {
            this.name = name;
            if (!(json instanceof Json.Obj object)) throw wrong(name, json, "an object");
            this.written = object.members().keySet();
            object.members()
                    .forEach((member, value) -> {
                        if (members.put(member.toLowerCase(Locale.ROOT), value) != null)
                            throw new BadInput(
                                    name + " has " + quoted(member) + " twice; write it once");
                    });
        }

        void allowOnly(String... known) {
            for (String member : written)
                if (Arrays.stream(known).noneMatch(member::equalsIgnoreCase))
                    throw new BadInput(
                            name
                                    + " has "
                                    + quoted(member)
                                    + ", which is not known; known are "
                                    + String.join(", ", known));
        }

        Optional<Json> find(String member) {
            return Optional.ofNullable(members.get(member.toLowerCase(Locale.ROOT)))
                    .filter(value -> !(value instanceof Json.Null));
        }

        Json get(String member) {
            return find(member).orElse(new Json.Null(0, 0));
        }

        Optional<String> string(String member) {
            return find(member)
                    .map(value -> {
                        if (value instanceof Json.Str(String text, int _, int _)) return text;
                        throw wrong(name + "." + member, value, "a string");
                    });
        }

        Optional<Map<String, String>> pairs(String member) {
            return find(member).map(value -> pairs(name + "." + member, value));
        }

        private static Map<String, String> pairs(String name, Json value) {
            if (!(value instanceof Json.Obj object)) throw wrong(name, value, "an object");
            Map<String, String> pairs = new LinkedHashMap<>();
            object.members()
                    .forEach((key, item) -> {
                        if (!(item instanceof Json.Str(String text, int _, int _)))
                            throw wrong("a value of " + name, item, "a string");
                        pairs.put(key, text);
                    });
            return pairs;
        }
    }
}
