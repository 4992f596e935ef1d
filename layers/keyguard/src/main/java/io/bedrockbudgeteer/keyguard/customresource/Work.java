package io.bedrockbudgeteer.keyguard.customresource;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.aws.Pace;
import java.util.Map;
import java.util.function.Function;

/// What the domain code may use while it works on one request.
public final class Work {
    private final RequestIdentity identity;
    private final Deadline deadline;
    private final Journal journal;
    private final Environment environment;
    private final Function<Journal, AwsClients> clients;

    /// @param clients makes the AWS clients, whose calls the journal is told of
    Work(
            RequestIdentity identity,
            Deadline deadline,
            Journal journal,
            Environment environment,
            Function<Journal, AwsClients> clients) {
        this.identity = identity;
        this.deadline = deadline;
        this.journal = journal;
        this.environment = environment;
        this.clients = clients;
    }

    /// When to be done; over as soon as somebody else has answered.
    public Deadline deadline() {
        return deadline;
    }

    public Journal journal() {
        return journal;
    }

    public Environment environment() {
        return environment;
    }

    /// The AWS clients for this request. Each call is logged when it is over.
    ///
    /// @throws IllegalStateException naming the variable that is missing
    public AwsClients clients() {
        return clients.apply(journal);
    }

    public Pace pace() {
        return environment.pace();
    }

    /// To be called with the longest attributes that can come, before the first call that changes
    /// something: a FAILED sent afterwards only because the attributes are too long would be a lie
    /// about the state.
    ///
    /// @throws AnswerTooLong when they would not fit
    public void ensureFits(PhysicalId id, Map<String, String> data) {
        Answer.success(identity, id, data, true);
    }
}
