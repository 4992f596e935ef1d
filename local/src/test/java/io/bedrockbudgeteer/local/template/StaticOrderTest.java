package io.bedrockbudgeteer.local.template;

import static io.bedrockbudgeteer.local.template.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.local.template.StaticOrder.Use;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StaticOrderTest {

    private static final String TEMPLATE =
            """
            Parameters:
              Key: {Type: String, Default: ''}
            Conditions:
              UseKey: !Not [!Equals [!Ref Key, '']]
            Resources:
              Guard: {Type: 'Custom::Guard', Condition: UseKey, Properties: {KeyArn: !Ref Key, Names: [a, !Sub 'k-${Key}']}}
              Alarm: {Type: 'Custom::Alarm', Condition: UseKey, Properties: {KeyArn: !GetAtt Guard.KeyArn}}
              Gate: {Type: 'AWS::CloudFormation::WaitConditionHandle', Metadata: {Ready: !If [UseKey, !Ref Alarm, '']}}
              Table:
                Type: AWS::DynamoDB::Table
                DependsOn: Gate
                Properties:
                  SSESpecification: !If [UseKey, {KMSMasterKeyId: !GetAtt Alarm.KeyArn}, !Ref AWS::NoValue]
                  Tags: [{Key: a, Value: !Sub '${Key}'}]
            """;

    @Test
    void needs_are_direct_and_indirect() {
        StaticOrder order = new StaticOrder(Texts.deployment(TEMPLATE, Map.of("Key", "k")));

        assertThat(order.needs("Table")).containsExactlyInAnyOrder("Gate", "Alarm", "Guard");
        assertThat(order.needs("Gate")).containsExactlyInAnyOrder("Alarm", "Guard");
        assertThat(order.needs("Guard")).isEmpty();
    }

    @Test
    void needs_follow_the_conditions() {
        StaticOrder order = new StaticOrder(Texts.deployment(TEMPLATE));

        assertThat(order.needs("Table")).containsExactly("Gate");
        assertThat(refusal(() -> order.needs("Guard")))
                .isEqualTo("'Guard' is no resource of this deployment");
    }

    @Test
    void uses_are_where_the_deployment_uses_a_name() {
        StaticOrder with = new StaticOrder(Texts.deployment(TEMPLATE, Map.of("Key", "k")));
        StaticOrder without = new StaticOrder(Texts.deployment(TEMPLATE));

        assertThat(with.usesOf("Key"))
                .containsExactly(
                        new Use("Guard", "Properties.KeyArn", Optional.empty()),
                        new Use("Guard", "Properties.Names[1]", Optional.empty()),
                        new Use("Table", "Properties.Tags[0].Value", Optional.empty()));
        assertThat(with.usesOf("Alarm"))
                .containsExactly(
                        new Use("Gate", "Metadata.Ready.Fn::If[1]", Optional.empty()),
                        new Use(
                                "Table",
                                "Properties.SSESpecification.Fn::If[1].KMSMasterKeyId",
                                Optional.of("KeyArn")));
        assertThat(without.usesOf("Alarm")).isEmpty();
        assertThat(without.usesOf("Key"))
                .containsExactly(new Use("Table", "Properties.Tags[0].Value", Optional.empty()));
    }

    @Test
    void mentions_are_where_the_template_could_use_a_name() {
        StaticOrder without = new StaticOrder(Texts.deployment(TEMPLATE));

        assertThat(without.mentionsOf("Alarm"))
                .extracting(Use::logicalId)
                .containsExactly("Gate", "Table");
        assertThat(without.mentionsOf("Key"))
                .extracting(Use::logicalId)
                .isEqualTo(List.of("Guard", "Guard", "Table"));
        assertThat(without.mentionsOf("Nothing")).isEmpty();
    }
}
