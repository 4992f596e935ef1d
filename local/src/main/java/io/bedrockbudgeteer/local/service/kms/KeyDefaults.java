package io.bedrockbudgeteer.local.service.kms;

import io.bedrockbudgeteer.local.account.Keys.KeySpec;

/// Policies of keys that were made without one.
final class KeyDefaults {

    private KeyDefaults() {}

    static String policy(String partition, String region, KeySpec spec) {
        return spec.manager().equals("AWS")
                ? managed(partition, region, spec)
                : delegating(partition, spec.account());
    }

    /// KMS Developer Guide, "Default key policy", for keys made by API or CloudFormation.
    private static String delegating(String partition, String account) {
        return """
        {"Version":"2012-10-17","Id":"key-default-1","Statement":[{"Sid":"Enable IAM User Permissions","Effect":"Allow",\
        "Principal":{"AWS":"arn:%s:iam::%s:root"},"Action":"kms:*","Resource":"*"}]}\
        """
                .formatted(partition, account);
    }

    /// KMS Developer Guide, "AWS managed keys": the owning service may use the key for the account;
    /// nobody may change its policy.
    private static String managed(String partition, String region, KeySpec spec) {
        String alias = spec.alias().orElse("alias/aws/unknown");
        String service = alias.substring(alias.lastIndexOf('/') + 1);
        return """
        {"Version":"2012-10-17","Id":"auto-%1$s-1","Statement":[\
        {"Sid":"Allow access through the service for all principals in the account","Effect":"Allow","Principal":{"AWS":"*"},\
        "Action":["kms:Encrypt","kms:Decrypt","kms:ReEncrypt*","kms:GenerateDataKey*","kms:CreateGrant","kms:DescribeKey"],\
        "Resource":"*","Condition":{"StringEquals":{"kms:ViaService":"%1$s.%2$s.amazonaws.com","kms:CallerAccount":"%3$s"}}},\
        {"Sid":"Allow direct access to key metadata to the account","Effect":"Allow",\
        "Principal":{"AWS":"arn:%4$s:iam::%3$s:root"},"Action":["kms:Describe*","kms:Get*","kms:List*","kms:RevokeGrant"],\
        "Resource":"*"}]}\
        """
                .formatted(service, region, spec.account(), partition);
    }
}
