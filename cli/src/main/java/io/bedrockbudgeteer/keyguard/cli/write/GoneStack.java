package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import io.bedrockbudgeteer.keyguard.cli.source.AwsSession;
import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.stack.StackFinder;
import io.bedrockbudgeteer.keyguard.stack.StackStatus;
import io.bedrockbudgeteer.keyguard.stack.StackStatusReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds out whose statements a stack left in a key policy, and that it is gone: a living stack
/// needs them, and takes them out itself when it is deleted.
public final class GoneStack {
    // A stack whose creation or deletion failed holds nothing that works, and may be unable to
    // clean up.
    private static final Set<String> GONE =
            Set.of("DELETE_COMPLETE", "DELETE_FAILED", "ROLLBACK_COMPLETE", "ROLLBACK_FAILED");

    private final AwsSession session;

    public GoneStack(AwsSession session) {
        this.session = session;
    }

    /// @param stack a name or an ARN
    /// @param policy the key policy: of several stacks of one name, the one counts that left
    ///   something there
    /// @throws BadInput when there is no such stack, there are several, or it lives
    public Owner owner(String stack, Optional<KeyPolicy> policy) {
        StackFinder.Found found = stack.startsWith("arn:") ? byArn(stack) : byName(stack, policy);
        if (!GONE.contains(found.status().word()))
            throw new BadInput(
                    "the stack "
                            + found.arn()
                            + " is "
                            + found.status()
                            + " and needs its statements; delete it, and it takes them out itself");
        return Owner.stack(found.arn());
    }

    private StackFinder.Found byArn(String text) {
        boolean isStack =
                Arn.tryParse(text)
                        .filter(arn -> arn.service().equals("cloudformation"))
                        .filter(arn -> arn.resource().matches("stack/[^/]+/[^/]+"))
                        .isPresent();
        if (!isStack)
            throw new BadInput(
                    "--stack-name is "
                            + SafeText.quoted(text)
                            + ", which is not the ARN of a stack; write"
                            + " arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/ID, or the name");
        Reply<StackStatus> status =
                new StackStatusReader(session.clients()).read(text, session.deadline());
        return switch (status) {
            case Reply.Ok<StackStatus>(StackStatus word) -> new StackFinder.Found(text, word);
            // CloudFormation forgets a deleted stack after 90 days.
            case Reply.Failed<StackStatus>(Problem problem)
                    when problem.mentions("does not exist") ->
                    new StackFinder.Found(text, new StackStatus("DELETE_COMPLETE"));
            case Reply.Failed<StackStatus>(Problem problem) -> throw unseen(problem);
        };
    }

    private StackFinder.Found byName(String name, Optional<KeyPolicy> policy) {
        List<StackFinder.Found> all =
                switch (new StackFinder(session.clients()).named(name, session.deadline())) {
                    case Reply.Ok<List<StackFinder.Found>>(List<StackFinder.Found> found) -> found;
                    case Reply.Failed<List<StackFinder.Found>>(Problem problem) ->
                            throw unseen(problem);
                };
        if (all.isEmpty())
            throw new BadInput(
                    "no stack "
                            + SafeText.quoted(name)
                            + " is known in "
                            + session.region()
                            + "; CloudFormation forgets deleted stacks after 90 days: give the ARN");
        List<StackFinder.Found> traces =
                all.stream()
                        .filter(found ->
                                policy.filter(text ->
                                                !Planner.ownStatements(
                                                                text, Owner.stack(found.arn()))
                                                        .isEmpty())
                                        .isPresent())
                        .toList();
        if (traces.size() > 1)
            throw new BadInput(
                    "several stacks of that name left statements; give the ARN of one: "
                            + traces.stream()
                                    .map(StackFinder.Found::arn)
                                    .collect(Collectors.joining(", ")));
        if (traces.size() == 1) return traces.getFirst();
        return all.stream()
                .filter(found -> GONE.contains(found.status().word()))
                .findFirst()
                .orElse(all.getFirst());
    }

    private static BadInput unseen(Problem problem) {
        return new BadInput(
                "whether the stack is gone could not be seen: "
                        + problem.text()
                        + (problem.kind() == Problem.Kind.DENIED
                                ? "; let your IAM policy allow " + problem.operation()
                                : "; run again"));
    }
}
