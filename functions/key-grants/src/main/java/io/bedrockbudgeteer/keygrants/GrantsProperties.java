package io.bedrockbudgeteer.keygrants;

import io.bedrockbudgeteer.keyguard.customresource.Properties;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.Repair;
import io.bedrockbudgeteer.keyguard.plan.RoleStatements;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.requirement.Requirement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The properties of `Custom::KmsKeyGrants`, typed.
///
/// @param keyArn as given
/// @param mode whether the key policy is changed or only checked
/// @param environment such as `production`
/// @param roleArns role ARNs by purpose, as given
/// @param resources what conditions need, by property name; values are ARNs or patterns
/// @param roleStatements when roles get statements of their own
/// @param additional further statements, as JSON texts
/// @param repair what may be taken out of statements of others
/// @param settle how long to wait after a change before the next resource uses it
record GrantsProperties(
        String keyArn,
        Mode mode,
        String environment,
        Map<String, String> roleArns,
        Map<String, List<String>> resources,
        RoleStatements roleStatements,
        List<String> additional,
        Repair repair,
        Duration settle) {

    /// What has to change, or, where the mode is CheckOnly, what somebody else has to.
    Plan plan(Situation situation, List<Requirement> requirements) {
        return mode == Mode.PATCH
                ? Planner.add(situation, requirements, roleStatements, additional, repair)
                : Planner.check(situation, requirements, roleStatements, additional);
    }

    enum Mode {
        PATCH,
        CHECK_ONLY
    }

    /// What becomes of our statements when the stack moves to another key.
    enum OnKeyChange {
        /// What is encrypted under the old key stays readable.
        KEEP_DECRYPT,
        REMOVE
    }

    /// What becomes of our statements when the stack is deleted.
    enum OnDelete {
        REMOVE,
        KEEP
    }

    private static final List<String> RESOURCES =
            List.of(
                    "TrailArn",
                    "LogGroupArns",
                    "AlarmArns",
                    "TopicArns",
                    "StateMachineArns",
                    "ParameterArns");
    private static final Set<String> KNOWN =
            Set.of(
                    "KeyArn",
                    "Mode",
                    "Environment",
                    "RoleArns",
                    "TrailArn",
                    "LogGroupArns",
                    "AlarmArns",
                    "TopicArns",
                    "StateMachineArns",
                    "ParameterArns",
                    "RoleStatements",
                    "AdditionalStatements",
                    "OnKeyChange",
                    "PreviousKeyArn",
                    "OnDelete",
                    "RepairPolicy",
                    "SettleSeconds",
                    "Recheck");
    // AWS's own KMS resource handler waits as long after a policy update. KMS Developer Guide,
    // Eventual consistency in AWS KMS.
    private static final long DEFAULT_SETTLE = 60;
    private static final long LONGEST_SETTLE = 90;

    /// @param strict whether unknown names are refused
    static GrantsProperties of(Properties given, boolean strict) {
        Properties properties = strict ? given.only(KNOWN) : given;
        onKeyChange(
                properties); // a misspelt word must be found now, not in the Delete that needs it
        onDelete(properties);
        Map<String, List<String>> resources = new LinkedHashMap<>();
        for (String name : RESOURCES) {
            List<String> values = properties.texts(name);
            if (!values.isEmpty()) resources.put(name, values);
        }
        return new GrantsProperties(
                properties.requiredText("KeyArn"),
                properties.choice("Mode", Mode.PATCH),
                properties.requiredText("Environment"),
                properties.textMap("RoleArns"),
                resources,
                properties.choice("RoleStatements", RoleStatements.LEAST),
                properties.objects("AdditionalStatements"),
                repair(properties),
                Duration.ofSeconds(
                        properties.wholeNumber(
                                "SettleSeconds", DEFAULT_SETTLE, 0, LONGEST_SETTLE)));
    }

    static OnKeyChange onKeyChange(Properties properties) {
        return properties.choice("OnKeyChange", OnKeyChange.KEEP_DECRYPT);
    }

    /// For a Delete too: what blocks every write blocks the one that takes our statements out.
    static Repair repair(Properties properties) {
        return properties.flag("RepairPolicy", false) ? Repair.DEAD_ENTRIES : Repair.NONE;
    }

    static OnDelete onDelete(Properties properties) {
        return properties.choice("OnDelete", OnDelete.REMOVE);
    }
}
