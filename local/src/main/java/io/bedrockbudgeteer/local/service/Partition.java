package io.bedrockbudgeteer.local.service;

import io.bedrockbudgeteer.local.account.NotModelledException;

/// The partition of a Region (IAM User Guide, "Amazon Resource Names (ARNs)").
record Partition(String name, String urlSuffix) {

    static Partition of(String region) {
        if (region.startsWith("cn-")) return new Partition("aws-cn", "amazonaws.com.cn");
        if (region.startsWith("us-gov-")) return new Partition("aws-us-gov", "amazonaws.com");
        if (region.startsWith("us-iso")
                || region.startsWith("eu-isoe-")
                || region.startsWith("eusc-")) {
            throw new NotModelledException("Region " + region);
        }
        return new Partition("aws", "amazonaws.com");
    }
}
