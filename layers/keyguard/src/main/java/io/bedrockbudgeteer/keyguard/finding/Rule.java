package io.bedrockbudgeteer.keyguard.finding;

import static io.bedrockbudgeteer.keyguard.finding.Severity.ERROR;
import static io.bedrockbudgeteer.keyguard.finding.Severity.INFO;
import static io.bedrockbudgeteer.keyguard.finding.Severity.WARNING;

/// The catalogue of everything a check can find. Ids are never reused or renumbered. `docs/findings.md` is generated from it.
public enum Rule {
    KEY001(ERROR, "The value is not a key ARN or an alias ARN", "KMS API Reference: DescribeKey"),
    KEY002(ERROR, "The key is in another partition", "IAM User Guide: Identify AWS resources with ARNs"),
    KEY003(ERROR, "The key is in another Region", "KMS Developer Guide: Multi-Region keys"),
    KEY004(ERROR, "The key belongs to another account", "KMS API Reference: PutKeyPolicy"),
    KEY005(ERROR, "The key is managed by AWS", "KMS Developer Guide: Services that use KMS keys"),
    KEY006(ERROR, "The key does not exist", "KMS API Reference: DescribeKey"),
    KEY007(ERROR, "The key may not be looked at", "KMS Developer Guide: Default key policy"),
    KEY008(ERROR, "The key is disabled", "KMS Developer Guide: Key states"),
    KEY009(ERROR, "The key is waiting for deletion", "KMS Developer Guide: Key states"),
    KEY010(ERROR, "The key has no key material yet", "KMS Developer Guide: Key states"),
    KEY011(ERROR, "The key cannot be used in its present state", "KMS Developer Guide: Key states"),
    KEY012(ERROR, "The key is not symmetric", "KMS Developer Guide: Key spec reference"),
    KEY013(ERROR, "The key is not for encryption and decryption", "KMS Developer Guide: Key usage"),
    KEY014(WARNING, "The key material is imported and can expire", "KMS Developer Guide: Importing key material"),
    KEY015(WARNING, "The key material lives in a key store outside KMS", "KMS Developer Guide: Key stores"),
    KEY016(INFO, "The key is a multi-Region key", "KMS Developer Guide: Multi-Region keys"),
    KEY017(WARNING, "Automatic key rotation is off", "KMS Developer Guide: Rotate KMS keys"),
    KEY018(INFO, "Key rotation could not be read", "KMS API Reference: GetKeyRotationStatus"),
    KEY019(INFO, "An alias was given; it is resolved once", "KMS Developer Guide: Aliases"),
    KEY020(ERROR, "The key could not be checked", "KMS API Reference: Common errors"),
    POL001(ERROR, "The key policy may not be read", "KMS API Reference: GetKeyPolicy"),
    POL002(ERROR, "The key policy cannot be read without loss", "KMS Developer Guide: Key policies"),
    POL003(ERROR, "The key policy names a principal that no longer exists", "IAM User Guide: AWS JSON policy elements: Principal"),
    POL004(ERROR, "The key policy has a statement that gives nothing and blocks every change", "KMS API Reference: PutKeyPolicy"),
    POL005(ERROR, "The key policy would be too long", "KMS Developer Guide: Resource quotas"),
    POL006(WARNING, "The key policy is nearly full", "KMS Developer Guide: Resource quotas"),
    POL007(ERROR, "A Deny statement stands in the way", "KMS Developer Guide: Determining access to KMS keys"),
    POL008(ERROR, "The guard could not change the key policy again afterwards", "KMS API Reference: PutKeyPolicy"),
    POL009(ERROR, "Permissions are missing from the key policy", "KMS Developer Guide: Key policies"),
    POL010(WARNING, "The key policy does not delegate to IAM", "KMS Developer Guide: Default key policy"),
    POL011(WARNING, "A statement of ours was changed by somebody else", "KMS API Reference: PutKeyPolicy"),
    POL012(ERROR, "The key policy did not stay as it was written", "KMS API Reference: PutKeyPolicy"),
    POL013(ERROR, "KMS refused the key policy", "KMS API Reference: PutKeyPolicy"),
    POL014(WARNING, "A statement is open to everyone", "KMS Developer Guide: Key policies"),
    POL015(WARNING, "Access hangs on a condition that cannot be decided here", "IAM User Guide: Condition keys"),
    POL016(ERROR, "The key policy has characters or Sids that KMS does not accept", "KMS API Reference: PutKeyPolicy"),
    POL017(INFO, "Statements were added to the key policy", "KMS API Reference: PutKeyPolicy"),
    POL018(INFO, "Statements were taken out of the key policy", "KMS API Reference: PutKeyPolicy"),
    POL019(WARNING, "A service principal is allowed without conditions", "IAM User Guide: The confused deputy problem"),
    POL020(ERROR, "An additional statement is not acceptable", "KMS Developer Guide: Least privilege"),
    POL021(WARNING, "A statement cannot be understood", "IAM User Guide: Grammar of the IAM JSON policy language"),
    POL022(ERROR, "A condition is one that KMS refuses to store", "KMS Developer Guide: Condition keys for AWS KMS"),
    IAM001(ERROR, "The role does not exist", "IAM API Reference: GetRole"),
    IAM002(ERROR, "The policies of a role cannot be read", "IAM API Reference: GetRolePolicy"),
    IAM003(ERROR, "The role's IAM policy does not allow what the role must do", "KMS Developer Guide: Default key policy"),
    ALM001(ERROR, "The alarm's period is not possible", "CloudWatch API Reference: PutMetricAlarm"),
    ALM002(ERROR, "The alarm's threshold is not possible", "CloudWatch API Reference: PutMetricAlarm"),
    ALM003(ERROR, "CloudWatch refused the alarm", "CloudWatch API Reference: PutMetricAlarm"),
    PAR001(ERROR, "The parameter exists and is not ours", "Systems Manager API Reference: PutParameter"),
    PAR002(ERROR, "The parameter could not be written", "Systems Manager API Reference: PutParameter");

    private final Severity severity;
    private final String title;
    private final String source;

    Rule(Severity severity, String title, String source) {
        this.severity = severity;
        this.title = title;
        this.source = source;
    }

    /// The stable id, such as `KEY008`.
    public String id() {
        return name();
    }

    /// The severity unless a check lowers it.
    public Severity severity() {
        return severity;
    }

    /// What the rule is about, as a short sentence without a full stop.
    public String title() {
        return title;
    }

    /// The AWS documentation page that the rule rests on.
    public String source() {
        return source;
    }
}
