package io.bedrockbudgeteer.local;

import io.bedrockbudgeteer.local.account.Account.StackEventSummary;
import io.bedrockbudgeteer.local.account.Account.StackSummary;
import io.bedrockbudgeteer.local.account.Account.StackView;
import io.bedrockbudgeteer.local.engine.PhysicalIds;
import io.bedrockbudgeteer.local.engine.StackEngine;
import io.bedrockbudgeteer.local.engine.StackEvent;
import io.bedrockbudgeteer.local.engine.Status;
import io.bedrockbudgeteer.local.provider.Inventory;
import io.bedrockbudgeteer.local.service.LocalAccount;
import io.bedrockbudgeteer.local.template.Deployment.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One simulated account with everything in it; several stacks may share it. Thread-safe.
final class Simulation implements StackView {
    private final LocalAccount account;
    private final Inventory inventory = new Inventory();
    private final PhysicalIds ids;
    private final Map<String, Running> stacks = new LinkedHashMap<>();

    private record Running(Place place, StackEngine engine) {
        boolean isCalled(String nameOrArn) {
            boolean deleted = engine.status().filter(Status.DELETE_COMPLETE::equals).isPresent();
            return nameOrArn.equals(place.stackId())
                    || (nameOrArn.equals(place.stackName()) && !deleted);
        }

        Optional<StackSummary> summary() {
            return engine.status()
                    .map(status ->
                            new StackSummary(
                                    place.stackName(),
                                    place.stackId(),
                                    status.name(),
                                    engine.statusReason()));
        }
    }

    Simulation(LocalAccount account, RandomGenerator random) {
        this.account = account;
        this.ids = new PhysicalIds(random);
        account.stacks(this);
    }

    LocalAccount account() {
        return account;
    }

    Inventory inventory() {
        return inventory;
    }

    PhysicalIds ids() {
        return ids;
    }

    synchronized void add(Place place, StackEngine engine) {
        stacks.put(place.stackId(), new Running(place, engine));
    }

    /// A deleted stack is found by its ARN only, as on AWS.
    @Override
    public Optional<StackSummary> stack(String nameOrArn) {
        return find(nameOrArn).flatMap(Running::summary);
    }

    @Override
    public synchronized List<StackSummary> all() {
        return stacks.values().stream().flatMap(running -> running.summary().stream()).toList();
    }

    @Override
    public Map<String, String> outputs(String nameOrArn) {
        return find(nameOrArn).map(running -> running.engine().outputs()).orElse(Map.of());
    }

    @Override
    public List<StackEventSummary> events(String nameOrArn) {
        return find(nameOrArn)
                .map(running ->
                        running.engine().events().stream().map(Simulation::summary).toList())
                .orElse(List.of());
    }

    private synchronized Optional<Running> find(String nameOrArn) {
        return stacks.values().stream()
                .filter(running -> running.isCalled(nameOrArn))
                .reduce((older, newer) -> newer);
    }

    private static StackEventSummary summary(StackEvent event) {
        return new StackEventSummary(
                event.time(),
                event.logicalId(),
                event.physicalId(),
                event.type(),
                event.status().name(),
                event.reason());
    }
}
