package io.bedrockbudgeteer.bench.idiomatic;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;

/// The nine requests with default clients.
public final class Handler implements RequestHandler<CloudFormationCustomResourceEvent, String> {
    private final ObjectMapper mapper = new ObjectMapper();
    private final KmsClient kms = KmsClient.create();
    private final IamClient iam = IamClient.builder().region(Region.AWS_GLOBAL).build();
    private final CloudWatchClient cloudWatch = CloudWatchClient.create();

    @Override
    public String handleRequest(CloudFormationCustomResourceEvent event, Context context) {
        try {
            work(event.getResourceProperties());
            answer(event, "SUCCESS", "");
        } catch (RuntimeException | IOException e) {
            answerQuietly(event, String.valueOf(e));
        }
        return "";
    }

    private void work(Map<String, Object> properties) throws JsonProcessingException {
        String key = String.valueOf(properties.get("KeyArn"));
        kms.describeKey(request -> request.keyId(key));
        String policy = kms.getKeyPolicy(request -> request.keyId(key)).policy();
        kms.listGrants(request -> request.keyId(key));
        if (properties.get("Roles") instanceof List<?> roles)
            for (Object role : roles) iam.getRole(request -> request.roleName(role.toString()));
        String changed = changed(policy);
        kms.putKeyPolicy(request -> request.keyId(key).policyName("default").policy(changed));
        cloudWatch.putMetricAlarm(request ->
                request.alarmName("usage")
                        .namespace("AWS/Usage")
                        .metricName("CallCount")
                        .statistic(Statistic.SUM)
                        .period(3600)
                        .evaluationPeriods(1)
                        .threshold(10_000.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD));
    }

    private String changed(String policy) throws JsonProcessingException {
        JsonNode root = mapper.readTree(policy);
        if (root.get("Statement") instanceof ArrayNode statements) {
            ObjectNode added = statements.addObject();
            added.put("Sid", "Logs").put("Effect", "Allow").put("Resource", "*");
            added.putObject("Principal").put("Service", "logs.us-east-1.amazonaws.com");
            added.putArray("Action").add("kms:Encrypt").add("kms:Decrypt");
        }
        return mapper.writeValueAsString(root);
    }

    private void answerQuietly(CloudFormationCustomResourceEvent event, String reason) {
        try {
            answer(event, "FAILED", reason);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(CloudFormationCustomResourceEvent event, String status, String reason)
            throws IOException {
        byte[] body =
                mapper.writeValueAsString(
                                Map.of(
                                        "Status",
                                        status,
                                        "Reason",
                                        reason,
                                        "PhysicalResourceId",
                                        event.getLogicalResourceId() + "-1",
                                        "StackId",
                                        event.getStackId(),
                                        "RequestId",
                                        event.getRequestId(),
                                        "LogicalResourceId",
                                        event.getLogicalResourceId(),
                                        "Data",
                                        Map.of(
                                                "KeyArn",
                                                event.getResourceProperties().get("KeyArn"))))
                        .getBytes(StandardCharsets.UTF_8);
        HttpURLConnection put =
                (HttpURLConnection) URI.create(event.getResponseUrl()).toURL().openConnection();
        put.setRequestMethod("PUT");
        put.setDoOutput(true);
        put.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = put.getOutputStream()) {
            out.write(body);
        }
        if (put.getResponseCode() >= 300) throw new IOException("status " + put.getResponseCode());
    }
}
