package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.cli.console.Ink;
import io.bedrockbudgeteer.keyguard.cli.report.Assessment;
import io.bedrockbudgeteer.keyguard.cli.source.AwsSession;
import io.bedrockbudgeteer.keyguard.cli.source.Seen;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.util.List;
import java.util.Optional;

/// What is to become of a key policy.
public interface PolicyJob {

    /// Whose statements are ours.
    Owner owner(AwsSession session, Seen seen);

    /// What is wrong with the key, so that nothing is planned; empty when nothing is.
    List<Finding> problems(Seen seen);

    /// Pure: asked again whenever the policy turns out to be another one.
    Plan plan(Situation situation, Seen seen);

    /// A plan as people see it before it is written.
    ///
    /// @param width of a line
    List<String> shown(Assessment found, Ink ink, int width);

    /// Why a plan cannot be written although it is a good one, one sentence.
    Optional<String> objection(Plan.Change plan, Seen seen);

    /// The question before it is written.
    String question(Arn key);

    /// What is said when it was written and verified.
    String done();
}
