package io.bedrockbudgeteer.keyguard.finding;

import static io.bedrockbudgeteer.keyguard.finding.Severity.ERROR;
import static io.bedrockbudgeteer.keyguard.finding.Severity.INFO;
import static io.bedrockbudgeteer.keyguard.finding.Severity.WARNING;

/// The catalogue of everything a check can find. Ids are never reused or renumbered.
/// `docs/findings.md` is generated from it.
public enum Rule {
    // About the key.
    KEY001(
            ERROR,
            "The value is not a key ARN or an alias ARN",
            "KMS API Reference: DescribeKey",
            "Give the ARN of the key or of an alias, as `aws kms describe-key` prints it."),
    KEY002(
            ERROR,
            "The key is in another partition",
            "IAM User Guide: Identify AWS resources with ARNs",
            "Use a key of the partition the stack is deployed to (aws, aws-cn or aws-us-gov)."),
    KEY003(
            ERROR,
            "The key is in another Region",
            "KMS Developer Guide: Multi-Region keys",
            "Use a key in the stack's Region, or a multi-Region replica there: `aws kms replicate-key`. An alias does not reach across Regions."),
    KEY004(
            ERROR,
            "The key belongs to another account",
            "KMS API Reference: PutKeyPolicy",
            "Use a key of the stack's own account: nobody can change the policy of another account's key from outside."),
    KEY005(
            ERROR,
            "The key is managed by AWS",
            "KMS Developer Guide: Services that use KMS keys",
            "Use a customer managed key: `aws kms create-key`. The policy of an AWS managed key cannot be changed."),
    KEY006(
            ERROR,
            "The key does not exist",
            "KMS API Reference: DescribeKey",
            "Check the id, or create a key: `aws kms create-key`."),
    KEY007(
            ERROR,
            "The key may not be looked at",
            "KMS Developer Guide: Default key policy",
            "Allow kms:DescribeKey on the key to the guard's role, in the key policy or in IAM."),
    KEY008(
            ERROR,
            "The key is disabled",
            "KMS Developer Guide: Key states",
            "Enable it: `aws kms enable-key`."),
    KEY009(
            ERROR,
            "The key is waiting for deletion",
            "KMS Developer Guide: Key states",
            "Keep it: `aws kms cancel-key-deletion` and `aws kms enable-key`; or use another key."),
    KEY010(
            ERROR,
            "The key has no key material yet",
            "KMS Developer Guide: Key states",
            "Import the key material: `aws kms import-key-material`; or use another key."),
    KEY011(
            ERROR,
            "The key cannot be used in its present state",
            "KMS Developer Guide: Key states",
            "Wait until the key is Enabled, or bring its key store back."),
    KEY012(
            ERROR,
            "The key is not symmetric",
            "KMS Developer Guide: Key spec reference",
            "Use a key with KeySpec SYMMETRIC_DEFAULT; no service of the stack takes another."),
    KEY013(
            ERROR,
            "The key is not for encryption and decryption",
            "KMS Developer Guide: Key usage",
            "Use a key with KeyUsage ENCRYPT_DECRYPT."),
    KEY014(
            WARNING,
            "The key material is imported and can expire",
            "KMS Developer Guide: Importing key material",
            "Nothing to do, but import the material again before it expires: everything encrypted is unreadable without it."),
    KEY015(
            WARNING,
            "The key material lives in a key store outside KMS",
            "KMS Developer Guide: Key stores",
            "Nothing to do, but the data is unreadable while the key store is not connected."),
    KEY016(
            INFO,
            "The key is a multi-Region key",
            "KMS Developer Guide: Multi-Region keys",
            "Nothing to do. Each replica has a policy of its own; only the one named is changed."),
    KEY017(
            WARNING,
            "Automatic key rotation is off",
            "KMS Developer Guide: Rotate KMS keys",
            "Turn it on: `aws kms enable-key-rotation`. The first two rotations add 1 USD per month each."),
    KEY018(
            INFO,
            "Key rotation could not be read",
            "KMS API Reference: GetKeyRotationStatus",
            "Allow kms:GetKeyRotationStatus on the key to the guard's role."),
    KEY019(
            INFO,
            "An alias was given; it is resolved once",
            "KMS Developer Guide: Aliases",
            "Nothing to do. When the alias points to another key later, update the stack."),
    KEY020(
            ERROR,
            "The key could not be checked",
            "KMS API Reference: Common errors",
            "Deploy again; when it stays, read the message: it carries what KMS answered."),

    // About the key policy.
    POL001(
            ERROR,
            "The key policy may not be read",
            "KMS API Reference: GetKeyPolicy",
            "Allow kms:GetKeyPolicy on the key to the guard's role, in the key policy or in IAM."),
    POL002(
            ERROR,
            "The key policy cannot be read without loss",
            "KMS Developer Guide: Key policies",
            "Store a well-formed policy without repeated members."),
    POL003(
            ERROR,
            "The key policy names a principal that no longer exists",
            "IAM User Guide: AWS JSON policy elements: Principal",
            "Take the id (AROA… or AIDA…) out of the statement, or set `RepairPolicy` to `true`; KMS refuses every change of the policy until it is gone."),
    POL004(
            ERROR,
            "The key policy has a statement that gives nothing and blocks every change",
            "KMS API Reference: PutKeyPolicy",
            "Give the statement an Action and `\"Resource\": \"*\"`, or delete it. `RepairPolicy: true` deletes the ones without Action or Resource."),
    POL005(
            ERROR,
            "The key policy would be too long",
            "KMS Developer Guide: Resource quotas",
            "Use another key for this stack (`KmsKeyArn`), merge the statements that the message names, or delete what nobody needs any more."),
    POL006(
            WARNING,
            "The key policy is nearly full",
            "KMS Developer Guide: Resource quotas",
            "Delete or merge statements before the next change, or use another key for the next stack."),
    POL007(
            ERROR,
            "A Deny statement stands in the way",
            "KMS Developer Guide: Determining access to KMS keys",
            "Except the caller from the Deny, or delete the Deny: an Allow never lifts it."),
    POL008(
            ERROR,
            "The guard could not change the key policy again afterwards",
            "KMS API Reference: PutKeyPolicy",
            "Allow kms:PutKeyPolicy on the key to the guard's role, or use `Mode: CheckOnly` and add the statements yourself."),
    POL009(
            ERROR,
            "Permissions are missing from the key policy",
            "KMS Developer Guide: Key policies",
            "Add the statement that the message prints, or use `Mode: Patch`."),
    POL010(
            WARNING,
            "The key policy does not delegate to IAM",
            "KMS Developer Guide: Default key policy",
            "Nothing to do if that is meant; roles then get statements of their own. Otherwise add the statement \"Enable IAM User Permissions\"."),
    POL011(
            WARNING,
            "A statement of ours was changed by somebody else",
            "KMS API Reference: PutKeyPolicy",
            "Delete the statement when it is not meant to stay; the next update writes what is needed anew."),
    POL012(
            ERROR,
            "The key policy did not stay as it was written",
            "KMS API Reference: PutKeyPolicy",
            "Find out who else writes the policy (CloudTrail, event PutKeyPolicy) and update the stack again."),
    POL013(
            ERROR,
            "KMS refused the key policy",
            "KMS API Reference: PutKeyPolicy",
            "Read what KMS answered; the policy is as it was."),
    POL014(
            WARNING,
            "A statement is open to everyone",
            "KMS Developer Guide: Key policies",
            "Name the principals, or add a condition on kms:CallerAccount."),
    POL015(
            WARNING,
            "Access hangs on a condition that cannot be decided here",
            "IAM User Guide: Condition keys",
            "Check that the condition holds for the caller named in the message."),
    POL016(
            ERROR,
            "The key policy has characters or Sids that KMS does not accept",
            "KMS API Reference: PutKeyPolicy",
            "Give each statement a Sid of its own, and use printable Latin-1 characters only."),
    POL017(
            INFO,
            "Statements were added to the key policy",
            "KMS API Reference: PutKeyPolicy",
            "Nothing to do. The statements go when the stack is deleted."),
    POL018(
            INFO,
            "Statements were taken out of the key policy",
            "KMS API Reference: PutKeyPolicy",
            "Nothing to do."),
    POL019(
            WARNING,
            "A service principal is allowed without conditions",
            "IAM User Guide: The confused deputy problem",
            "Add a condition on aws:SourceAccount or aws:SourceArn, or delete the statement: DynamoDB, S3, Firehose, Lambda and Step Functions need none."),
    POL020(
            ERROR,
            "An additional statement is not acceptable",
            "KMS Developer Guide: Least privilege",
            "Correct the statement under AdditionalStatements: an Allow with explicit kms actions, named principals, `\"Resource\": \"*\"`, and a condition where a service acts."),
    POL021(
            WARNING,
            "A statement cannot be understood",
            "IAM User Guide: Grammar of the IAM JSON policy language",
            "Correct or delete the statement."),
    POL022(
            ERROR,
            "A condition is one that KMS refuses to store",
            "KMS Developer Guide: Condition keys for AWS KMS",
            "Use ForAnyValue or a plain operator in place of ForAllValues."),
    POL023(
            INFO,
            "Entries that only blocked the key policy were taken out",
            "IAM User Guide: AWS JSON policy elements: Principal",
            "Nothing to do; it was asked for with `RepairPolicy`, and nobody lost access."),

    // About the roles that use the key.
    IAM001(
            ERROR,
            "The role does not exist",
            "IAM API Reference: GetRole",
            "Check the role ARN; the role must exist before its permissions are checked."),
    IAM002(
            ERROR,
            "The policies of a role cannot be read",
            "IAM API Reference: GetRolePolicy",
            "Allow the guard's role to read the role's policies: iam:GetRole, iam:ListRolePolicies, iam:GetRolePolicy, iam:ListAttachedRolePolicies, iam:GetPolicy, iam:GetPolicyVersion."),
    IAM003(
            ERROR,
            "The role's IAM policy does not allow what the role must do",
            "KMS Developer Guide: Default key policy",
            "Add the statement that the message prints to the role's IAM policy, or set `RoleStatements: Always`."),

    // About the alarm.
    ALM001(
            ERROR,
            "The alarm's period is not possible",
            "CloudWatch API Reference: PutMetricAlarm",
            "Give a period of 60 seconds or a multiple of it."),
    ALM002(
            ERROR,
            "The alarm's threshold is not possible",
            "CloudWatch API Reference: PutMetricAlarm",
            "Give a whole number above 0."),
    ALM003(
            ERROR,
            "CloudWatch refused the alarm",
            "CloudWatch API Reference: PutMetricAlarm",
            "Read what CloudWatch answered."),

    // About secure parameters.
    PAR001(
            ERROR,
            "The parameter exists and is not ours",
            "Systems Manager API Reference: PutParameter",
            "Give another name, or delete the parameter when nobody needs it."),
    PAR002(
            ERROR,
            "The parameter could not be written",
            "Systems Manager API Reference: PutParameter",
            "Read what Systems Manager answered.");

    private final Severity severity;
    private final String title;
    private final String source;
    private final String fix;

    Rule(Severity severity, String title, String source, String fix) {
        this.severity = severity;
        this.title = title;
        this.source = source;
        this.fix = fix;
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

    /// How to mend it in general, as Markdown; a finding says it for the case at hand.
    public String fix() {
        return fix;
    }
}
