package io.bedrockbudgeteer.local.template;

import io.bedrockbudgeteer.local.template.Deployment.Place;

/// Stacks that tests deploy to.
final class Places {

    static final Place VIRGINIA = of("us-east-1", "aws", "amazonaws.com");

    private Places() {}

    static Place of(String region, String partition, String urlSuffix) {
        return new Place(
                "111122223333",
                region,
                partition,
                urlSuffix,
                "budgeteer",
                "arn:"
                        + partition
                        + ":cloudformation:"
                        + region
                        + ":111122223333:stack/budgeteer/6b1f8f2a");
    }
}
