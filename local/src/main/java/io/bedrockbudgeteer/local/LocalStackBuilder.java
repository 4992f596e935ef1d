package io.bedrockbudgeteer.local;

import io.bedrockbudgeteer.local.engine.Options;
import io.bedrockbudgeteer.local.engine.Order;
import io.bedrockbudgeteer.local.engine.Reversal;
import io.bedrockbudgeteer.local.engine.StackEvent;
import io.bedrockbudgeteer.local.service.AccountOptions;
import io.bedrockbudgeteer.local.service.LocalAccount;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Says what a [LocalStack] is made of. Defaults: `template.yaml` in the working directory,
/// us-east-1, no key, least friendly order.
public final class LocalStackBuilder {
    /// The account of the examples in key policies.
    static final String ACCOUNT = "123456789012";

    /// Fast enough to wait for, slow enough for a Java function to start within the shortest scaled
    /// time-out.
    public static final int DEFAULT_TIME_SCALE = 30;

    private Path template = Path.of("template.yaml");
    private String region = "us-east-1";
    private String stackName = "bedrock-budgeteer";
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private Optional<KeyChoice> key = Optional.empty();
    private Options options = Options.standard();
    private int timeScale = DEFAULT_TIME_SCALE;
    private long seed = 1;
    private Optional<Simulation> shared = Optional.empty();
    private UnaryOperator<AccountOptions> tuning = UnaryOperator.identity();
    private String accountId = ACCOUNT;

    LocalStackBuilder() {}

    public LocalStackBuilder template(Path file) {
        template = file;
        return this;
    }

    public LocalStackBuilder region(String other) {
        region = other;
        return this;
    }

    public LocalStackBuilder stackName(String other) {
        stackName = other;
        return this;
    }

    public LocalStackBuilder parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    public LocalStackBuilder parameters(Map<String, String> values) {
        parameters.putAll(values);
        return this;
    }

    /// Makes this key and passes it to the stack, unless the key parameter is given explicitly.
    public LocalStackBuilder key(KeyChoice choice) {
        key = Optional.of(choice);
        return this;
    }

    public LocalStackBuilder order(Order order) {
        options = options.withOrder(order);
        return this;
    }

    public LocalStackBuilder reversal(Reversal reversal) {
        options = options.withReversal(reversal);
        return this;
    }

    /// What succeeded stays when something fails.
    public LocalStackBuilder withoutRollback() {
        options = options.withoutRollback();
        return this;
    }

    public LocalStackBuilder timeScale(int factor) {
        timeScale = factor;
        return this;
    }

    /// Made-up names and ids repeat with the seed.
    public LocalStackBuilder seed(long other) {
        seed = other;
        return this;
    }

    /// Hears of every stack event as it happens.
    public LocalStackBuilder listener(Consumer<StackEvent> listener) {
        options = options.withListener(listener);
        return this;
    }

    /// Lives in the account of another stack, which has to be closed last.
    public LocalStackBuilder in(LocalStack other) {
        shared = Optional.of(other.simulation());
        return this;
    }

    /// The simulated account's id.
    public LocalStackBuilder accountId(String id) {
        accountId = id;
        return this;
    }

    /// What else the account is set up with: propagation, stale reads, concurrency of functions.
    public LocalStackBuilder account(UnaryOperator<AccountOptions> options) {
        tuning = options;
        return this;
    }

    /// @throws KeySetUpRefused when KMS would refuse the key
    public LocalStack open() {
        Simulation simulation =
                shared.orElseGet(
                        () -> new Simulation(new LocalAccount(accountOptions()), new Random(seed)));
        try {
            return new LocalStack(
                    simulation, shared.isEmpty(), template, stackName, options, parameters, key);
        } catch (RuntimeException e) {
            if (shared.isEmpty()) {
                simulation.account().close();
            }
            throw e;
        }
    }

    private AccountOptions accountOptions() {
        return tuning.apply(
                AccountOptions.in(region).account(accountId).timeScale(timeScale).seed(seed));
    }
}
