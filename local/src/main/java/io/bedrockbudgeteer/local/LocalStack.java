package io.bedrockbudgeteer.local;

import io.bedrockbudgeteer.local.account.Account;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.engine.OperationRefused;
import io.bedrockbudgeteer.local.engine.Options;
import io.bedrockbudgeteer.local.engine.StackEngine;
import io.bedrockbudgeteer.local.engine.StackResult;
import io.bedrockbudgeteer.local.provider.Inventory;
import io.bedrockbudgeteer.local.provider.ResourceTypes;
import io.bedrockbudgeteer.local.report.RunReport;
import io.bedrockbudgeteer.local.service.LocalAccount;
import io.bedrockbudgeteer.local.template.Deployment;
import io.bedrockbudgeteer.local.template.Deployment.Place;
import io.bedrockbudgeteer.local.template.Template;
import io.bedrockbudgeteer.local.template.TemplateException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One stack in a simulated account: deploy, update, delete, each with a full report.
///
/// ```java
/// try (LocalStack stack = LocalStack.builder().template(template).key(KeyChoice.standard()).open()) {
///     RunReport report = stack.deploy();
/// }
/// ```
///
/// Closing ends every child process. Not thread-safe; stacks that share an account may run in
/// parallel.
public final class LocalStack implements AutoCloseable {
    /// The template parameter that takes the key.
    public static final String KEY_PARAMETER = "KmsKeyArn";

    private final Simulation simulation;
    private final boolean ownsAccount;
    private final String stackName;
    private final Options options;
    private final Map<String, String> parameters;
    private Path template;
    private Optional<StackEngine> engine = Optional.empty();
    private Optional<Place> place = Optional.empty();
    private Optional<Deployment> deployed = Optional.empty();
    private Optional<String> key = Optional.empty();

    LocalStack(
            Simulation simulation,
            boolean ownsAccount,
            Path template,
            String stackName,
            Options options,
            Map<String, String> parameters,
            Optional<KeyChoice> firstKey) {
        this.simulation = simulation;
        this.ownsAccount = ownsAccount;
        this.template = template;
        this.stackName = stackName;
        this.options = options;
        this.parameters = new LinkedHashMap<>(parameters);
        firstKey.ifPresent(choice -> this.parameters.putIfAbsent(KEY_PARAMETER, newKey(choice)));
    }

    public static LocalStackBuilder builder() {
        return new LocalStackBuilder();
    }

    /// The simulated account: keys, roles, parameters, alarms, logs of functions, failures to
    /// inject.
    public LocalAccount account() {
        return simulation.account();
    }

    /// Tables, buckets, topics and the like in the account.
    public Inventory inventory() {
        return simulation.inventory();
    }

    Simulation simulation() {
        return simulation;
    }

    public String stackName() {
        return stackName;
    }

    /// ARN of the stack, once it exists.
    public Optional<String> stackId() {
        return place.map(Place::stackId);
    }

    /// ARN of the key that the stack was last given; also when that was by its alias.
    public Optional<String> keyArn() {
        return key;
    }

    /// Makes another key in the account.
    ///
    /// @return what to pass as the key parameter: the alias ARN when it has an alias, else the key
    ///   ARN
    /// @throws KeySetUpRefused when KMS would refuse it
    public String newKey(KeyChoice choice) {
        String arn;
        try {
            arn = account().keys().create(choice.in(account().accountId(), account().region()));
        } catch (Refusal e) {
            throw new KeySetUpRefused(e);
        }
        key = Optional.of(arn);
        return choice.alias()
                .map(alias -> arn.substring(0, arn.indexOf(":key/") + 1) + alias)
                .orElse(arn);
    }

    /// The next deploy or update works on another template.
    public void template(Path other) {
        template = other;
    }

    /// Creates the stack.
    ///
    /// @throws TemplateException when template or parameters are refused; nothing was created
    /// @throws OperationRefused when the stack exists
    public RunReport deploy() {
        if (engine.flatMap(StackEngine::status)
                .filter(now -> !now.name().equals("DELETE_COMPLETE"))
                .isPresent()) {
            throw new OperationRefused("Stack [" + stackName + "] already exists");
        }
        Place here = newPlace();
        Deployment deployment = deployment(here, parameters);
        StackEngine fresh =
                new StackEngine(
                        here,
                        new ResourceTypes(account(), inventory(), simulation.ids(), folder()),
                        options.withViolations(account()::violation));
        simulation.add(here, fresh);
        engine = Optional.of(fresh);
        place = Optional.of(here);
        return run("create", () -> fresh.create(deployment));
    }

    /// Updates the stack; parameters that are not named keep their values.
    ///
    /// @throws TemplateException when template or parameters are refused; nothing has changed
    /// @throws OperationRefused when the stack is in no state to be updated
    public RunReport update(Map<String, String> overrides) {
        StackEngine current =
                engine.orElseThrow(
                        () -> new OperationRefused("Stack [" + stackName + "] does not exist"));
        Map<String, String> wanted = new LinkedHashMap<>(parameters);
        wanted.putAll(overrides);
        Deployment deployment = deployment(place.orElseThrow(), wanted);
        RunReport report = run("update", () -> current.update(deployment));
        if (report.status().isSuccess()) {
            parameters.putAll(overrides);
        }
        return report;
    }

    /// @throws OperationRefused when there is no stack
    public RunReport delete() {
        StackEngine current =
                engine.orElseThrow(
                        () -> new OperationRefused("Stack [" + stackName + "] does not exist"));
        return run("delete", current::delete);
    }

    /// Ends every child process of the account, unless the account belongs to another stack.
    @Override
    public void close() {
        if (ownsAccount) {
            account().close();
        }
    }

    /// One operation of the engine.
    @FunctionalInterface
    interface Operation {
        StackResult run() throws InterruptedException;
    }

    private RunReport run(String name, Operation operation) {
        Recording recording = new Recording(simulation, key);
        try {
            StackResult result = operation.run();
            return recording.report(
                    name, stackName, result, engine.orElseThrow().resources(), deployed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "the " + name + " of stack " + stackName + " was interrupted", e);
        }
    }

    private Place newPlace() {
        Account account = account();
        String id =
                "arn:"
                        + account.partition()
                        + ":cloudformation:"
                        + account.region()
                        + ":"
                        + account.accountId()
                        + ":stack/"
                        + stackName
                        + "/"
                        + simulation.ids().uuid();
        return new Place(
                account.accountId(),
                account.region(),
                account.partition(),
                account.urlSuffix(),
                stackName,
                id);
    }

    private Deployment deployment(Place where, Map<String, String> values) {
        Deployment deployment = Deployment.of(Template.read(template), values, where);
        Optional.ofNullable(values.get(KEY_PARAMETER))
                .filter(value -> value.contains(":key/"))
                .ifPresent(value -> key = Optional.of(value));
        deployed = Optional.of(deployment);
        return deployment;
    }

    private Path folder() {
        Path parent = template.toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }
}
