package io.bedrockbudgeteer.local.engine;

import io.bedrockbudgeteer.local.template.Deployment;
import io.bedrockbudgeteer.local.template.Deployment.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// State of one stack: what lives in it, where it stands, what happened. Thread-safe.
final class Stack {
    private final Place place;
    private final Options options;
    private final Map<String, Live> live = new LinkedHashMap<>();
    private final List<StackEvent> events = new ArrayList<>();
    private @Nullable Status status;
    private String reason = "";
    private String cause = "";
    private Optional<Deployment> deployed = Optional.empty();
    private Map<String, String> outputs = Map.of();

    Stack(Place place, Options options) {
        this.place = place;
        this.options = options;
    }

    Place place() {
        return place;
    }

    synchronized Optional<Status> status() {
        return Optional.ofNullable(status);
    }

    synchronized String reason() {
        return reason;
    }

    /// Starts an operation: what went wrong before is forgotten.
    ///
    /// @return index of the operation's first event
    synchronized int begin() {
        cause = "";
        return events.size();
    }

    /// Keeps why the operation failed; the last state of a roll-back does not say it again.
    synchronized void cause(String why) {
        cause = why;
    }

    /// Moves the stack to a state and says so in an event.
    synchronized void move(Status to, String why) {
        status = to;
        reason = why;
        tell(place.stackName(), StackEvent.STACK, place.stackId(), to, why);
    }

    synchronized void tell(
            String logicalId, String type, String physicalId, Status what, String why) {
        StackEvent event =
                new StackEvent(options.clock().instant(), logicalId, type, physicalId, what, why);
        events.add(event);
        options.listener().accept(event);
    }

    synchronized void tell(Live about, Status what, String why) {
        tell(about.logicalId(), about.type(), about.physicalId(), what, why);
    }

    synchronized Optional<Live> get(String logicalId) {
        return Optional.ofNullable(live.get(logicalId));
    }

    synchronized void put(Live resource) {
        live.put(resource.logicalId(), resource);
    }

    /// Forgets a resource, unless another one has taken its place meanwhile.
    synchronized void forget(Live gone) {
        Live now = live.get(gone.logicalId());
        if (now != null && now.physicalId().equals(gone.physicalId())) {
            live.remove(gone.logicalId());
        }
    }

    /// A copy, in the order in which the resources came.
    synchronized Map<String, Live> all() {
        return new LinkedHashMap<>(live);
    }

    synchronized Optional<Deployment> deployed() {
        return deployed;
    }

    synchronized void deployed(Deployment now) {
        deployed = Optional.of(now);
    }

    synchronized void outputs(Map<String, String> now) {
        // Not copyOf: the order is the template's.
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(now));
    }

    synchronized List<StackEvent> events() {
        return List.copyOf(events);
    }

    synchronized Map<String, String> outputs() {
        return outputs;
    }

    synchronized StackResult resultSince(int firstEvent) {
        Status now = status;
        if (now == null) {
            throw new IllegalStateException(
                    "the stack " + place.stackName() + " was never created");
        }
        return new StackResult(
                now, cause, List.copyOf(events.subList(firstEvent, events.size())), outputs);
    }
}
