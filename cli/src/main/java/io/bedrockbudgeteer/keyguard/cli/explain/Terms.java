package io.bedrockbudgeteer.keyguard.cli.explain;

import static io.bedrockbudgeteer.keyguard.cli.console.SafeText.quoted;

import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.policy.AccessRequest;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Caller;
import io.bedrockbudgeteer.keyguard.policy.KmsActions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads who, what and on which key, as people write it. Refuses with a sentence that begins with
/// the name of the member or flag. Remembers what it has read. Not thread-safe.
public final class Terms {
    static final String SAMPLE_KEY =
            "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    // KMS Developer Guide, Key identifiers: `key/` and the id, which may begin with `mrk-`.
    private static final Pattern KEY =
            Pattern.compile("arn:aws[a-z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern ACTION = Pattern.compile("[A-Za-z0-9-]+:[A-Za-z0-9]+");

    // A thousand names each: questions repeat them.
    private static final int REMEMBERED = 64 * 1024;

    private final TextCache<Caller> callers;
    private final TextCache<String> actions;
    private final TextCache<Arn> keys;

    /// @param principal what the principal is called in messages, such as `--principal`
    /// @param action what the action is called
    /// @param key what the key is called
    public Terms(String principal, String action, String key) {
        this.callers = new TextCache<>(REMEMBERED, text -> caller(principal, text));
        this.actions = new TextCache<>(REMEMBERED, text -> action(action, text));
        this.keys = new TextCache<>(REMEMBERED, text -> key(key, text));
    }

    /// @throws BadInput when one of the three is not what it must be; the key is looked at first
    public AccessRequest request(
            String principal,
            String action,
            String key,
            Map<String, Optional<List<String>>> context,
            boolean contextComplete) {
        Arn arn = keys.get(key);
        Caller caller =
                switch (callers.get(principal)) {
                    case Caller.Root root -> inPartition(root, principal, arn);
                    case Caller.Session session -> withRolePath(session, context);
                    case Caller other -> other;
                };
        return new AccessRequest(caller, actions.get(action), arn, context, contextComplete);
    }

    private static Arn key(String name, String text) {
        if (KEY.matcher(text).matches()) return Arn.parse(text);
        String seen = name + " is " + quoted(text) + ", ";
        Optional<Arn> arn = Arn.tryParse(text);
        boolean alias =
                text.startsWith("alias/")
                        || arn.filter(found -> found.resource().startsWith("alias/")).isPresent();
        if (alias)
            throw new BadInput(
                    seen
                            + "an alias, and a policy belongs to a key; write the ARN of its key, which"
                            + " `aws kms describe-key --key-id ALIAS --query KeyMetadata.Arn` prints");
        throw new BadInput(
                seen + "which is not the ARN of a KMS key; write one such as " + SAMPLE_KEY);
    }

    private static String action(String name, String text) {
        if (ACTION.matcher(text).matches()) return text;
        String seen = name + " is " + quoted(text) + ", ";
        if (text.indexOf('*') >= 0 || text.indexOf('?') >= 0)
            throw new BadInput(
                    seen + "a pattern; ask about one action at a time, such as kms:Decrypt");
        if (text.indexOf(':') < 0)
            throw new BadInput(
                    seen
                            + "without the prefix of a service; did you mean "
                            + KmsActions.onKey("kms:" + text).orElse("kms:Decrypt")
                            + "?");
        throw new BadInput(seen + "which is not an action; write one such as kms:Decrypt");
    }

    private static Caller caller(String name, String text) {
        if (ACCOUNT.matcher(text).matches())
            return new Caller.Root(new Arn("aws", "iam", "", text, "root"));
        return Caller.tryParse(text)
                .orElseThrow(() ->
                        new BadInput(
                                name
                                        + " is "
                                        + quoted(text)
                                        + ", which is not a principal; write the ARN of a role,"
                                        + " session, user, federated user or root user, an account"
                                        + " id, or a service such as sns.amazonaws.com"));
    }

    /// An account id does not say its partition; the key does.
    private static Caller inPartition(Caller.Root root, String written, Arn key) {
        String account = root.arn().account();
        return written.equals(account)
                ? new Caller.Root(new Arn(key.partition(), "iam", "", account, "root"))
                : root;
    }

    /// A session ARN shows the name of its role but not the path; aws:PrincipalArn of a request has
    /// both. Source: IAM User Guide, AWS global condition context keys, aws:PrincipalArn.
    private static Caller withRolePath(
            Caller.Session session, Map<String, Optional<List<String>>> context) {
        for (Map.Entry<String, Optional<List<String>>> entry : context.entrySet()) {
            if (!entry.getKey().toLowerCase(Locale.ROOT).equals("aws:principalarn")) continue;
            List<String> values = entry.getValue().orElse(List.of());
            if (values.size() != 1) continue;
            Optional<Arn> role =
                    Arn.tryParse(values.getFirst()).filter(arn -> isRoleOf(arn, session));
            if (role.isPresent()) return new Caller.Session(session.arn(), role.get());
        }
        return session;
    }

    private static boolean isRoleOf(Arn arn, Caller.Session session) {
        Arn plain = session.role();
        String path = arn.resource();
        return arn.service().equals("iam")
                && arn.partition().equals(plain.partition())
                && arn.account().equals(plain.account())
                && path.startsWith("role/")
                && path.substring(path.lastIndexOf('/') + 1).equals(plain.resourceName());
    }
}
