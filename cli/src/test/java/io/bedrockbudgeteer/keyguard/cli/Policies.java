package io.bedrockbudgeteer.keyguard.cli;

/// Key policies for the commands that write.
final class Policies {
    /// Administration is left to IAM, the use of the key is not.
    static final String NO_DELEGATION =
            """
            {
              "Version": "2012-10-17",
              "Statement": [
                {
                  "Sid": "AdministrationThroughIam",
                  "Effect": "Allow",
                  "Principal": {"AWS": "arn:aws:iam::111122223333:root"},
                  "Action": ["kms:Describe*", "kms:Get*", "kms:List*", "kms:PutKeyPolicy"],
                  "Resource": "*"
                }
              ]
            }
            """;

    /// As people leave them: members in another order, unknown escapes, one value where others
    /// write lists, an Id.
    static final String BY_HAND =
            """
            {"Statement":[
                {"Resource":"*",  "Action":["kms:*"], "Principal":{"AWS":["arn:aws:iam::111122223333:root"]}, "Effect":"Allow","Sid":""},
                {"Sid":"Analysts","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/admin"},
                 "Action":"kms:Decrypt","Resource":["*"],"Condition":{"StringEquals":{"kms:EncryptionContext:team":"a\\u0062c","aws:SourceAccount":["111122223333"]}}}
              ],
              "Id":"by-hand", "Version":"2012-10-17"}
            """;

    private Policies() {}
}
