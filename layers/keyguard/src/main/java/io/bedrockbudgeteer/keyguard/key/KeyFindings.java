package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Judges what DescribeKey said. Pure. Source: KMS Developer Guide, Key states; Key spec reference;
/// Key usage.
final class KeyFindings {
    private final KeyFacts key;
    private final String keyOption;
    private final List<Finding> findings = new ArrayList<>();

    private KeyFindings(KeyFacts key) {
        this.key = key;
        this.keyOption = " --key-id " + key.arn() + " --region " + key.arn().region();
    }

    static List<Finding> of(KeyFacts key) {
        KeyFindings judge = new KeyFindings(key);
        judge.manager();
        judge.state();
        judge.kind();
        judge.origin();
        judge.multiRegion();
        return List.copyOf(judge.findings);
    }

    private void add(Rule rule, String message, String fix) {
        findings.add(Finding.of(rule, message, fix));
    }

    private void manager() {
        if (key.manager().equals("AWS"))
            add(
                    Rule.KEY005,
                    "The key " + key.arn() + " is managed by AWS; its policy cannot be changed.",
                    "Create a customer managed key: aws kms create-key --region "
                            + key.arn().region());
    }

    private void state() {
        switch (key.state()) {
            case "Enabled" -> {}
            // Properties are being changed; encryption and decryption go on.
            case "Updating" -> {}
            case "Disabled" ->
                    add(
                            Rule.KEY008,
                            "The key " + key.arn() + " is disabled.",
                            "aws kms enable-key" + keyOption);
            case "PendingDeletion", "PendingReplicaDeletion" ->
                    add(
                            Rule.KEY009,
                            "The key "
                                    + key.arn()
                                    + " is waiting for deletion"
                                    + key.deletion().map(day -> ", on " + day).orElse("")
                                    + ".",
                            "Use another key, or: aws kms cancel-key-deletion"
                                    + keyOption
                                    + " && aws kms enable-key"
                                    + keyOption);
            case "PendingImport" ->
                    add(
                            Rule.KEY010,
                            "The key "
                                    + key.arn()
                                    + " has no key material: it was never imported, was deleted, or has expired.",
                            "Import the key material: aws kms get-parameters-for-import"
                                    + keyOption
                                    + " …, then aws kms import-key-material"
                                    + keyOption
                                    + " …");
            case "Unavailable" ->
                    add(
                            Rule.KEY011,
                            "The key "
                                    + key.arn()
                                    + " is unavailable: its key store is not connected.",
                            "aws kms connect-custom-key-store --region "
                                    + key.arn().region()
                                    + " --custom-key-store-id …");
            case "Creating" ->
                    add(
                            Rule.KEY011,
                            "The key " + key.arn() + " is still being created.",
                            "Wait until its state is Enabled, then repeat the operation.");
            default ->
                    add(
                            Rule.KEY011,
                            "The key " + key.arn() + " is in the state '" + key.state() + "'.",
                            "Bring the key to the state Enabled: aws kms describe-key" + keyOption);
        }
    }

    private void kind() {
        if (!key.spec().equals("SYMMETRIC_DEFAULT"))
            add(
                    Rule.KEY012,
                    "The key "
                            + key.arn()
                            + " has the key spec "
                            + key.spec()
                            + "; DynamoDB, S3, SNS and the other services take SYMMETRIC_DEFAULT only.",
                    "Create a symmetric key: aws kms create-key --region " + key.arn().region());
        if (!key.usage().equals("ENCRYPT_DECRYPT"))
            add(
                    Rule.KEY013,
                    "The key "
                            + key.arn()
                            + " has the key usage "
                            + key.usage()
                            + "; ENCRYPT_DECRYPT is needed.",
                    "Create a key for encryption: aws kms create-key --region "
                            + key.arn().region());
    }

    private void origin() {
        switch (key.origin()) {
            case "EXTERNAL" -> {
                Optional<String> end = key.expires().map(day -> " and expires on " + day);
                add(
                        Rule.KEY014,
                        "The key material of "
                                + key.arn()
                                + " was imported"
                                + end.orElse(" (without an expiry date)")
                                + "; when it is gone, everything under the key is unreadable.",
                        "Keep a copy of the key material"
                                + (end.isPresent() ? " and import it again in time." : "."));
            }
            case "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE" ->
                    add(
                            Rule.KEY015,
                            "The key material of "
                                    + key.arn()
                                    + " lives in a key store ("
                                    + key.origin()
                                    + "); when the store is not connected, everything under the key stands still.",
                            "Watch the key store, and expect slower requests and lower quotas.");
            default -> {}
        }
    }

    private void multiRegion() {
        if (!key.multiRegion().isEmpty())
            add(
                    Rule.KEY016,
                    "The key "
                            + key.arn()
                            + " is a multi-Region "
                            + (key.multiRegion().equals("REPLICA") ? "replica" : "primary")
                            + " key; each replica has a key policy of its own, and only the one in this Region is looked at.",
                    "");
    }
}
