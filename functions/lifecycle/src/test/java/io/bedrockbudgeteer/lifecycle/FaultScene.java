package io.bedrockbudgeteer.lifecycle;

import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Answer;
import io.bedrockbudgeteer.keyguard.testing.FakeSsm;
import io.bedrockbudgeteer.keyguard.testing.Fault;
import io.bedrockbudgeteer.lifecycle.FaultEndings.Seen;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// One kind of request to one guard, and an account that is as it is before such a request: can be
/// played again and again, each time from the same beginning.
final class FaultScene implements AutoCloseable {
    // Beside a parameter whose type is being changed.
    private static final String DECRYPT =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}]}";
    private static final String COPY_SUFFIX = ".bedrock-budgeteer-moving";

    /// What is asked of a guard.
    enum Request {
        CREATE("Create"),
        UPDATE("Update"),
        /// The same with another key.
        CHANGE_OF_KEY("Update"),
        /// A parameter that had no key gets one, which its type has to change for.
        FIRST_KEY("Update"),
        DELETE("Delete");

        private final String type;

        Request(String type) {
            this.type = type;
        }
    }

    /// Everything that the guards may change, as AWS shows it.
    ///
    /// @param policies by key ARN
    /// @param parameters without their versions, which say only how often somebody wrote
    record Picture(
            Map<String, String> policies,
            Map<String, Map<String, Object>> alarms,
            Map<String, FakeSsm.Parameter> parameters) {}

    /// What came of one request.
    ///
    /// @param calls what the guard called, in order
    /// @param nanos how long the function ran
    record Ending(Answer answer, List<String> calls, Picture picture, long nanos) {}

    private final Account account = new Account();
    private final Guard guard;
    private final Request request;
    private final String key = account.newKey();
    private final String otherKey = account.newKey();
    private final Stack stack = account.newStack("app");
    private final Map<String, Object> wanted;
    private final Map<String, Object> old;
    private final String physicalId;
    private final Map<String, String> policies = new HashMap<>();
    private final Map<String, Map<String, Object>> alarms;
    private final Map<String, FakeSsm.Parameter> parameters = new HashMap<>();
    private final Picture before;

    FaultScene(Guard guard, Request request) {
        this.guard = guard;
        this.request = request;
        // IAM alone does not give it what it needs, so that grants are asked about.
        String role = account.aws.iam.newRole("app-lambda");
        account.aws.iam.inline(role, "key", DECRYPT);
        account.aws.iam.attach(role, "arn:aws:iam::111122223333:policy/app", DECRYPT);
        account.aws.iam.boundary(
                role, "arn:aws:iam::111122223333:policy/app-most", Account.KMS_FOR_EVERYBODY);
        Template first =
                Template.all(key, "app")
                        .with(
                                Guard.GRANTS,
                                Map.of(
                                        "RoleArns",
                                        Map.of("LambdaExecution", role),
                                        "RoleStatements",
                                        "Always"))
                        .with(Guard.PARAMETER, Map.of("Tags", Map.of("team", "a")));
        if (request == Request.FIRST_KEY) first = first.withoutKey(Guard.PARAMETER);
        old = properties(first);
        wanted = request == Request.CREATE ? old : properties(second(first));
        physicalId = request == Request.CREATE ? "" : made();
        before = picture();
        before.policies().keySet().forEach(arn -> policies.put(arn, account.aws.kms.policy(arn)));
        alarms = account.aws.cloudWatch.alarms();
        for (String name : account.aws.ssm.names())
            parameters.put(name, account.aws.ssm.parameter(name).orElseThrow());
    }

    private Map<String, Object> properties(Template template) {
        return new LinkedHashMap<>(template.resources().getOrDefault(guard, Map.of()));
    }

    private Template second(Template first) {
        return switch (request) {
            case CREATE, DELETE -> first;
            case UPDATE ->
                    first.with(Guard.CHECK, Map.of("Recheck", "2"))
                            .with(
                                    Guard.GRANTS,
                                    Map.of(
                                            "LogGroupArns",
                                            List.of(
                                                    "arn:aws:logs:eu-central-1:111122223333:log-group:/other")))
                            .with(Guard.ALARM, Map.of("Threshold", "6000"))
                            .with(
                                    Guard.PARAMETER,
                                    Map.of(
                                            "Value",
                                            Account.SECRET + "-new",
                                            "Tags",
                                            Map.of("owner", "b")));
            case CHANGE_OF_KEY, FIRST_KEY -> first.with(guard, Map.of("KeyArn", otherKey));
        };
    }

    private String made() {
        stack.status("CREATE_IN_PROGRESS");
        Answer answer = stack.send("Create", guard, "", old, Map.of());
        if (!answer.isSuccess()) throw new AssertionError(answer.reason());
        return answer.physicalId();
    }

    /// What is there now.
    private Picture picture() {
        Map<String, String> shown = new TreeMap<>();
        for (String arn : List.of(key, otherKey)) shown.put(arn, account.key(arn).policy().text());
        Map<String, FakeSsm.Parameter> named = new TreeMap<>();
        for (String name : account.aws.ssm.names()) {
            FakeSsm.Parameter found = account.aws.ssm.parameter(name).orElseThrow();
            named.put(
                    name,
                    new FakeSsm.Parameter(
                            found.value(),
                            found.type(),
                            found.key(),
                            0,
                            found.description(),
                            found.tags()));
        }
        return new Picture(shown, account.aws.cloudWatch.alarms(), named);
    }

    private void rewind() {
        policies.forEach(account.aws.kms::policy);
        account.aws.cloudWatch.alarms().keySet().forEach(account.aws.cloudWatch::remove);
        alarms.forEach(account.aws.cloudWatch::alarm);
        account.aws.ssm.names().forEach(account.aws.ssm::remove);
        parameters.forEach(account.aws.ssm::put);
        stack.status(
                switch (request.type) {
                    case "Create" -> "CREATE_IN_PROGRESS";
                    case "Update" -> "UPDATE_IN_PROGRESS";
                    default -> "DELETE_IN_PROGRESS";
                });
        account.aws.forgetCalls();
    }

    /// Plays the request once.
    ///
    /// @param millis the time that the function has
    Ending play(Function<Fault.Call, Optional<Fault>> faults, int millis) {
        rewind();
        Event event =
                new Event(
                        request.type,
                        guard,
                        stack.id(),
                        account.nextRequestId(),
                        physicalId,
                        wanted,
                        old);
        account.aws.faults(faults);
        long start = System.nanoTime();
        account.invoke(guard, event.json(account.responseUrl(event)), millis);
        long nanos = System.nanoTime() - start;
        account.aws.faults(_ -> Optional.empty());
        List<Answer> answers = account.answersTo(event.requestId());
        if (answers.size() != 1) throw new AssertionError(answers.size() + " answers");
        return new Ending(answers.getFirst(), account.aws.calls(), picture(), nanos);
    }

    /// @param after what full success leaves
    boolean sees(Seen seen, Ending ending, Picture after) {
        return switch (seen) {
            case BEFORE -> ending.picture().equals(before);
            case AFTER -> ending.picture().equals(after);
            case REDUCED -> isReduced(ending.picture());
            case PARTLY -> isPartly(ending.picture(), after);
        };
    }

    boolean seesNoDamage(Ending ending, Picture after) {
        return Stream.of(Seen.values()).anyMatch(seen -> sees(seen, ending, after));
    }

    private boolean isReduced(Picture now) {
        KeyState found = KeyState.of(now.policies().getOrDefault(key, ""));
        return guard == Guard.GRANTS
                && request == Request.DELETE
                && found.holdingOf(stack) == KeyState.Holding.DECRYPT
                && found.foreign().equals(KeyState.of(Account.FOREIGN).foreign());
    }

    /// The parameter or its copy is there, everything that is there has an old or a new value, and
    /// nothing else has changed.
    private boolean isPartly(Picture now, Picture after) {
        if (guard != Guard.PARAMETER || !now.policies().equals(before.policies())) return false;
        Set<String> values = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (Picture picture : List.of(before, after))
            picture.parameters()
                    .forEach((name, parameter) -> {
                        names.add(name);
                        names.add(name + COPY_SUFFIX);
                        values.add(parameter.value());
                    });
        return !now.parameters().isEmpty()
                && names.containsAll(now.parameters().keySet())
                && now.parameters().values().stream()
                        .allMatch(parameter -> values.contains(parameter.value()));
    }

    @Override
    public void close() {
        account.close();
    }
}
