package io.bedrockbudgeteer.keyguard.cli.source;

import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The policy that KMS gives a new key: it leaves access to the IAM policies of the account. KMS
/// Developer Guide, Default key policy.
public final class NewKeyPolicy {

    private NewKeyPolicy() {}

    /// @param key gives partition and account
    public static String text(Arn key) {
        return JsonText.object(with(key, List.of()));
    }

    /// The same with further statements behind its own.
    public static Map<String, Object> with(Arn key, List<?> statements) {
        List<Object> all = new ArrayList<>();
        all.add(delegation(key));
        all.addAll(statements);
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("Version", "2012-10-17");
        policy.put("Statement", all);
        return policy;
    }

    private static Map<String, Object> delegation(Arn key) {
        Map<String, Object> statement = new LinkedHashMap<>();
        statement.put("Sid", "Enable IAM User Permissions");
        statement.put("Effect", "Allow");
        statement.put("Principal", Map.of("AWS", OnlyPolicy.root(key).toString()));
        statement.put("Action", "kms:*");
        statement.put("Resource", "*");
        return statement;
    }
}
