package io.bedrockbudgeteer.bench;

/// Statements of key policies as the AWS documentation shows them. `tag` makes Sid and names of one
/// differ from those of another of its kind.
final class Statements {
    /// How many kinds [#numbered] has.
    static final int KINDS = 7;

    private Statements() {}

    /// KMS Developer Guide, Default key policy: leaves access to IAM.
    static String account() {
        return """
        {
          "Sid": "Enable IAM User Permissions",
          "Effect": "Allow",
          "Principal": {
            "AWS": "arn:aws:iam::111122223333:root"
          },
          "Action": "kms:*",
          "Resource": "*"
        }\
        """;
    }

    /// KMS Developer Guide, Default key policy: Allows key administrators to administer the key.
    static String administrators() {
        return """
        {
          "Sid": "Allow access for Key Administrators",
          "Effect": "Allow",
          "Principal": {
            "AWS": [
              "arn:aws:iam::111122223333:role/key-administrator",
              "arn:aws:iam::111122223333:role/bedrock-budgeteer-production-key-grants"
            ]
          },
          "Action": [
            "kms:Create*",
            "kms:Describe*",
            "kms:Enable*",
            "kms:List*",
            "kms:Put*",
            "kms:Update*",
            "kms:Revoke*",
            "kms:Disable*",
            "kms:Get*",
            "kms:Delete*",
            "kms:TagResource",
            "kms:UntagResource",
            "kms:ScheduleKeyDeletion",
            "kms:CancelKeyDeletion",
            "kms:RotateKeyOnDemand"
          ],
          "Resource": "*"
        }\
        """;
    }

    /// KMS Developer Guide, Default key policy: Allows key users to use the KMS key.
    static String users(String tag, String first, String second) {
        return """
        {
          "Sid": "Allow use of the key%1$s",
          "Effect": "Allow",
          "Principal": {
            "AWS": [
              "arn:aws:iam::111122223333:role/%2$s%1$s",
              "arn:aws:iam::111122223333:role/%3$s%1$s"
            ]
          },
          "Action": [
            "kms:Encrypt",
            "kms:Decrypt",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:DescribeKey"
          ],
          "Resource": "*"
        }\
        """
                .formatted(tag, first, second);
    }

    /// KMS Developer Guide, Default key policy: Allows key users to use the key with AWS services.
    static String grants(String tag, String first, String second) {
        return """
        {
          "Sid": "Allow attachment of persistent resources%1$s",
          "Effect": "Allow",
          "Principal": {
            "AWS": [
              "arn:aws:iam::111122223333:role/%2$s%1$s",
              "arn:aws:iam::111122223333:role/%3$s%1$s"
            ]
          },
          "Action": [
            "kms:CreateGrant",
            "kms:ListGrants",
            "kms:RevokeGrant"
          ],
          "Resource": "*",
          "Condition": {
            "Bool": {
              "kms:GrantIsForAWSResource": "true"
            }
          }
        }\
        """
                .formatted(tag, first, second);
    }

    /// CloudTrail User Guide, Configure AWS KMS key policies for CloudTrail.
    static String trail(String tag, String trail) {
        return """
        {
          "Sid": "Allow CloudTrail to encrypt logs%1$s",
          "Effect": "Allow",
          "Principal": {
            "Service": "cloudtrail.amazonaws.com"
          },
          "Action": "kms:GenerateDataKey*",
          "Resource": "*",
          "Condition": {
            "StringEquals": {
              "aws:SourceArn": "%2$s%1$s"
            },
            "StringLike": {
              "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:111122223333:trail/*"
            }
          }
        }\
        """
                .formatted(tag, trail);
    }

    /// CloudWatch Logs User Guide, Encrypt log data in CloudWatch Logs using AWS KMS.
    static String logs(String tag, String group) {
        return """
        {
          "Sid": "Allow CloudWatch Logs%1$s",
          "Effect": "Allow",
          "Principal": {
            "Service": "logs.us-east-1.amazonaws.com"
          },
          "Action": [
            "kms:Encrypt*",
            "kms:Decrypt*",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:Describe*"
          ],
          "Resource": "*",
          "Condition": {
            "ArnLike": {
              "kms:EncryptionContext:aws:logs:arn": "%2$s%1$s"
            }
          }
        }\
        """
                .formatted(tag, group);
    }

    /// SQS Developer Guide, Amazon SQS key management: Amazon SNS as the event source.
    static String topic(String tag, String topic) {
        return """
        {
          "Sid": "Allow Amazon SNS%1$s",
          "Effect": "Allow",
          "Principal": {
            "Service": "sns.amazonaws.com"
          },
          "Action": [
            "kms:GenerateDataKey",
            "kms:Decrypt"
          ],
          "Resource": "*",
          "Condition": {
            "ArnEquals": {
              "aws:SourceArn": "%2$s%1$s"
            }
          }
        }\
        """
                .formatted(tag, topic);
    }

    /// SNS Developer Guide, Managing Amazon SNS encryption keys and costs: CloudWatch as the event
    /// source.
    static String alarm(String tag, String alarm) {
        return """
        {
          "Sid": "Allow Amazon CloudWatch%1$s",
          "Effect": "Allow",
          "Principal": {
            "Service": "cloudwatch.amazonaws.com"
          },
          "Action": [
            "kms:GenerateDataKey*",
            "kms:Decrypt"
          ],
          "Resource": "*",
          "Condition": {
            "StringEquals": {
              "aws:SourceAccount": "111122223333"
            },
            "ArnLike": {
              "aws:SourceArn": "%2$s%1$s"
            }
          }
        }\
        """
                .formatted(tag, alarm);
    }

    /// KMS Developer Guide, Allowing users in other accounts to use a KMS key, and kms:ViaService.
    static String otherAccount(String tag, String role) {
        return """
        {
          "Sid": "Allow another account through Amazon S3%1$s",
          "Effect": "Allow",
          "Principal": {
            "AWS": "arn:aws:iam::444455556666:role/%2$s%1$s"
          },
          "Action": [
            "kms:Decrypt",
            "kms:DescribeKey"
          ],
          "Resource": "*",
          "Condition": {
            "StringEquals": {
              "kms:ViaService": "s3.us-east-1.amazonaws.com"
            }
          }
        }\
        """
                .formatted(tag, role);
    }

    /// IAM User Guide, AWS global condition context keys: aws:PrincipalArn in a Deny for everybody.
    static String deletionGuard() {
        return """
        {
          "Sid": "Keep the key",
          "Effect": "Deny",
          "Principal": {
            "AWS": "*"
          },
          "Action": [
            "kms:ScheduleKeyDeletion",
            "kms:DisableKey"
          ],
          "Resource": "*",
          "Condition": {
            "ArnNotLike": {
              "aws:PrincipalArn": "arn:aws:iam::111122223333:role/key-administrator*"
            }
          }
        }\
        """;
    }

    /// The kinds in turn; numbers count from 1.
    static String numbered(int number) {
        String tag = "-" + number;
        return switch ((number - 1) % KINDS) {
            case 0 -> users(tag, "orders", "billing");
            case 1 -> logs(tag, Names.LOG_GROUP);
            case 2 -> otherAccount(tag, "reports");
            case 3 -> grants(tag, "orders", "billing");
            case 4 -> topic(tag, Names.TOPIC);
            case 5 -> trail(tag, Names.TRAIL);
            default -> alarm(tag, Names.ALARM);
        };
    }
}
