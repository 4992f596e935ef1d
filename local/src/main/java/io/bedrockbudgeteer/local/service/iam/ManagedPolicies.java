package io.bedrockbudgeteer.local.service.iam;

import io.bedrockbudgeteer.local.account.NotModelledException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// Managed policies: the few of AWS that stacks here attach, and those that the stacks make.
final class ManagedPolicies {
    private static final String LOGS =
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
            "Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}\
            """;
    private static final String ALL =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

    /// AWS Managed Policy Reference Guide; the part after `:policy/`.
    private static final Map<String, String> OF_AWS =
            Map.of("service-role/AWSLambdaBasicExecutionRole", LOGS, "AdministratorAccess", ALL);

    private final Map<String, String> made = new ConcurrentSkipListMap<>();
    private final String partition;

    ManagedPolicies(String partition) {
        this.partition = partition;
    }

    void put(String arn, String document) {
        made.put(arn, document);
    }

    void remove(String arn) {
        made.remove(arn);
    }

    Optional<String> find(String arn) {
        String prefix = "arn:" + partition + ":iam::aws:policy/";
        return arn.startsWith(prefix)
                ? Optional.ofNullable(OF_AWS.get(arn.substring(prefix.length())))
                : Optional.ofNullable(made.get(arn));
    }

    String document(String arn) {
        return find(arn).orElseThrow(() -> new NotModelledException("managed policy " + arn));
    }
}
