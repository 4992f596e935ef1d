package io.bedrockbudgeteer.local.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/// Alarms, rules, and the handle that other resources may wait for.
final class WatchTypes {
    static final String RULE = "AWS::Events::Rule";
    private static final int LONGEST_ALARM_NAME = 255;
    private static final int LONGEST_RULE_NAME = 64;
    private static final ObjectMapper JSON = new ObjectMapper();

    static final List<TypeSpec> TYPES =
            List.of(
                    TypeSpec.of(
                                    "AWS::CloudWatch::Alarm",
                                    "Amazon CloudWatch API Reference, PutMetricAlarm")
                            .modelled(
                                    "AlarmName",
                                    "AlarmDescription",
                                    "ActionsEnabled",
                                    "AlarmActions",
                                    "OKActions",
                                    "InsufficientDataActions",
                                    "Namespace",
                                    "MetricName",
                                    "Dimensions",
                                    "Metrics",
                                    "Statistic",
                                    "ExtendedStatistic",
                                    "Unit",
                                    "Period",
                                    "EvaluationPeriods",
                                    "DatapointsToAlarm",
                                    "Threshold",
                                    "ComparisonOperator",
                                    "TreatMissingData")
                            .ignored("Tags")
                            .required("ComparisonOperator", "EvaluationPeriods")
                            .named("AlarmName")
                            .attributes("Arn")
                            .does(
                                    Named.by(
                                                    "AlarmName",
                                                    LONGEST_ALARM_NAME,
                                                    (scene, name) ->
                                                            Map.of(
                                                                    "Arn",
                                                                    scene.arn(
                                                                            "cloudwatch",
                                                                            "alarm:" + name)))
                                            .after(
                                                    WatchTypes::putAlarm,
                                                    (scene, name) ->
                                                            scene.account().alarms().remove(name))),
                    TypeSpec.of(RULE, "Amazon EventBridge User Guide, Rules in Amazon EventBridge")
                            .modelled(
                                    "Name",
                                    "EventPattern",
                                    "ScheduleExpression",
                                    "State",
                                    "Targets",
                                    "Targets.Id",
                                    "Targets.Arn",
                                    "Targets.RoleArn")
                            .ignored(
                                    "Description",
                                    "Tags",
                                    "Targets.DeadLetterConfig",
                                    "Targets.Input",
                                    "Targets.InputPath",
                                    "Targets.InputTransformer",
                                    "Targets.RetryPolicy")
                            .named("Name")
                            .attributes("Arn")
                            .does(
                                    Named.by(
                                            "Name",
                                            LONGEST_RULE_NAME,
                                            (scene, name) ->
                                                    Map.of(
                                                            "Arn",
                                                            scene.arn("events", "rule/" + name)))),
                    TypeSpec.of(
                                    "AWS::CloudFormation::WaitConditionHandle",
                                    "CloudFormation Template Reference, AWS::CloudFormation::WaitConditionHandle")
                            .does(
                                    new Named(
                                            scene ->
                                                    "https://cloudformation-waitcondition-"
                                                            + scene.account().region()
                                                            + ".s3."
                                                            + scene.account().urlSuffix()
                                                            + "/"
                                                            + scene.ids().uuid(),
                                            (scene, name) -> name,
                                            (scene, name) -> Map.of(),
                                            Named.NO_CHECK)));

    private WatchTypes() {}

    private static void putAlarm(Scene scene, String name) {
        JsonNode input = JSON.valueToTree(scene.properties());
        if (input instanceof ObjectNode object) {
            object.put("AlarmName", name);
        }
        scene.account().alarms().put(name, input);
    }
}
