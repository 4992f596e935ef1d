package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.aws.AwsCall;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Remembers which AWS calls were not allowed, and knows what each is for. Thread-safe.
public final class Permissions {
    private static final String ROLES = "to read what IAM lets you and the stack's roles do";

    /// What an action is needed for.
    static final Map<String, String> PURPOSES =
            Map.ofEntries(
                    Map.entry("kms:DescribeKey", "to look at the key"),
                    Map.entry("kms:GetKeyPolicy", "to read the key policy"),
                    Map.entry("kms:PutKeyPolicy", "to write the key policy"),
                    Map.entry("kms:GetKeyRotationStatus", "to see whether the key rotates"),
                    Map.entry("kms:ListGrants", "to see what grants give"),
                    Map.entry("kms:CreateKey", "to make the key"),
                    Map.entry("kms:TagResource", "to make the key with tags"),
                    Map.entry("kms:CreateAlias", "to give the key its alias, on both of them"),
                    Map.entry("kms:DeleteAlias", "to take the alias away again, on both of them"),
                    Map.entry("kms:EnableKeyRotation", "to let the key rotate"),
                    Map.entry("kms:ScheduleKeyDeletion", "to take the key away again"),
                    Map.entry("cloudformation:DescribeStacks", "to see whether the stack is gone"),
                    Map.entry("cloudformation:ListStacks", "to find the stack by its name"),
                    Map.entry("iam:GetRole", ROLES),
                    Map.entry("iam:ListRolePolicies", ROLES),
                    Map.entry("iam:GetRolePolicy", ROLES),
                    Map.entry("iam:ListAttachedRolePolicies", ROLES),
                    Map.entry("iam:GetPolicy", ROLES),
                    Map.entry("iam:GetPolicyVersion", ROLES));

    private final Set<String> denied = new LinkedHashSet<>();

    /// To be told of each call.
    public synchronized void see(AwsCall call) {
        if (isDenied(call.result())) denied.add(call.operation());
    }

    private static boolean isDenied(String code) {
        return code.startsWith("AccessDenied") || code.startsWith("Unauthorized");
    }

    /// What is missing, such as `kms:GetKeyPolicy (to read the key policy)`, in the order of the
    /// calls.
    public synchronized List<String> missing() {
        return denied.stream().map(Permissions::withPurpose).toList();
    }

    private static String withPurpose(String action) {
        String purpose = PURPOSES.get(action);
        return purpose == null ? action : action + " (" + purpose + ")";
    }

    /// For the end of an error; empty when nothing is missing.
    public String sentence() {
        List<String> missing = missing();
        return missing.isEmpty()
                ? ""
                : " Not allowed: "
                        + String.join(", ", missing)
                        + "; let your IAM policy allow it, and the key policy leave it to IAM.";
    }
}
