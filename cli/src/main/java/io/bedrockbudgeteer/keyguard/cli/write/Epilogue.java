package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.key.EditResult;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.PlanReport;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Says what came of the change of a key policy, and what holds now.
final class Epilogue {
    private final PolicyJob job;
    private final PolicyWrite.Order order;
    private final Voice voice;
    private final Gate gate;

    Epilogue(PolicyJob job, PolicyWrite.Order order, Voice voice, Gate gate) {
        this.job = job;
        this.order = order;
        this.voice = voice;
        this.gate = gate;
    }

    /// @param look finds out what the key policy is
    Ending told(EditResult result, Arn key, Supplier<Aftermath> look) throws IOException {
        if (!gate.mayTell()) return Ending.INTERRUPTED;
        return switch (result) {
            case EditResult.Written(KeyPolicy _, KeyPolicy _, Plan.Change plan) -> written(plan);
            case EditResult.Unchanged _ -> {
                voice.print(
                        gate.mayHaveSent()
                                ? "The key policy is as planned."
                                : "Somebody else made the change meanwhile; nothing was written.");
                yield ended(Ending.FINE);
            }
            case EditResult.Refused(Plan.Refused plan, boolean _) -> {
                voice.print(plan.findings(), true);
                sayWhatHolds(key, look);
                yield ended(Ending.NOT_DONE);
            }
            case EditResult.Failed(List<Finding> findings, Optional<Problem> _, boolean _) -> {
                String missing = order.permissions().sentence();
                for (Finding finding : findings)
                    voice.say(missing.isEmpty() ? finding.line() : finding.brief() + missing);
                sayWhatHolds(key, look);
                yield ended(Ending.FAILED);
            }
        };
    }

    /// What stands in the attribute `Findings` of a stack whose guard wrote the same.
    private Ending written(Plan.Change plan) throws IOException {
        voice.print("");
        voice.print(job.done());
        List<Finding> findings = new ArrayList<>(plan.findings());
        findings.addAll(PlanReport.written(plan));
        voice.print(findings, false);
        voice.print("It can take some minutes until all of AWS knows what changed.");
        if (gate.isInterrupted())
            voice.say("interrupted, and finished all the same: the key policy is as planned");
        return ended(Ending.FINE);
    }

    Ending ended(Ending ending) {
        return gate.isInterrupted() ? Ending.INTERRUPTED : ending;
    }

    void sayWhatHolds(Arn key, Supplier<Aftermath> look) {
        switch (look.get()) {
            case AS_BEFORE -> voice.say("the key policy is unchanged");
            case AS_PLANNED -> voice.say("the key policy is as planned");
            case UNKNOWN -> unknown(key);
        }
    }

    void unknown(Arn key) {
        voice.say("whether the key policy is the old or the new one is not known; to see it:");
        voice.say(order.commands().look(key));
        order.backup()
                .file()
                .ifPresent(file -> {
                    voice.say("and to put the old one back:");
                    voice.say(order.commands().restore(key, file));
                });
    }
}
