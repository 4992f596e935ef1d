package io.bedrockbudgeteer.lifecycle;

import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Answer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// One stack of a simulated CloudFormation: sends the events of its custom resources, one after the
/// other, keeps the physical ids that they answer with, and says its true status to whoever asks.
/// Sources: CloudFormation User Guide, Custom resources; Update behaviors of stack resources; Stack
/// status codes. What those pages leave open (the events of a roll-back) follows what people
/// report; where reports differ, both ways are here.
final class Stack {
    /// How often CloudFormation tries to delete in a clean-up before it gives up.
    private static final int CLEAN_UP_TRIES = 3;

    /// What a resource is at the moment.
    ///
    /// @param physicalId as it was last answered
    /// @param properties as they were last asked for with success, resolved
    record Live(
            String physicalId, Map<String, Object> properties, Map<String, String> attributes) {}

    /// One event and the answer that was taken.
    record Sent(Event event, Answer answer) {}

    private final Account account;
    private final String id;
    private final String environment;
    private final Map<Guard, Live> live = new EnumMap<>(Guard.class);
    private final List<Sent> sent = new ArrayList<>();
    private Supplier<Delivery> deliveries = () -> Delivery.ONCE;
    private String status = "";
    private int madeUp;

    Stack(Account account, String id, String environment) {
        this.account = account;
        this.id = id;
        this.environment = environment;
    }

    String id() {
        return id;
    }

    String environment() {
        return environment;
    }

    String status() {
        return status;
    }

    /// How the next events are delivered.
    Stack delivering(Supplier<Delivery> how) {
        deliveries = how;
        return this;
    }

    Stack delivering(Delivery how) {
        return delivering(() -> how);
    }

    Optional<Live> live(Guard guard) {
        return Optional.ofNullable(live.get(guard));
    }

    String physicalId(Guard guard) {
        return live(guard).orElseThrow().physicalId();
    }

    Map<String, String> attributes(Guard guard) {
        return live(guard).orElseThrow().attributes();
    }

    /// The events about one resource, oldest first.
    List<Sent> sent(Guard guard) {
        return sent.stream().filter(each -> each.event().guard() == guard).toList();
    }

    Answer lastAnswer() {
        return sent.getLast().answer();
    }

    void status(String word) {
        status = word;
        account.aws.cloudFormation.status(id, word);
    }

    // Create

    /// @return whether the stack stands
    boolean create(Template template) {
        status("CREATE_IN_PROGRESS");
        for (Guard guard : template.resources().keySet())
            if (!create(guard, template)) return rollBackCreate();
        if (template.siblingFails()) return rollBackCreate();
        status("CREATE_COMPLETE");
        return true;
    }

    private boolean create(Guard guard, Template template) {
        Map<String, Object> properties = resolved(guard, template);
        Answer answer = send("Create", guard, "", properties, Map.of());
        live.put(guard, new Live(answer.physicalId(), properties, answer.data()));
        return answer.isSuccess();
    }

    /// Everything that was begun is deleted, also what failed.
    private boolean rollBackCreate() {
        status("ROLLBACK_IN_PROGRESS");
        status(deleteAll() ? "ROLLBACK_COMPLETE" : "ROLLBACK_FAILED");
        return false;
    }

    /// When a Create is cancelled because something else failed.
    enum Cancelled {
        /// The Delete overtakes the Create, which waits in a queue.
        BEFORE_IT_BEGINS,
        /// The Delete comes and ends between two calls of the Create.
        WHILE_IT_RUNS,
        /// The Create has done everything, and nobody listens to its answer.
        AFTERWARDS
    }

    /// A create that is cancelled at one guard. CloudFormation does not know an id then, and makes
    /// one up.
    void createCancelled(Template template, Guard at, Cancelled when) {
        status("CREATE_IN_PROGRESS");
        for (Guard guard : template.resources().keySet()) {
            if (guard == at) break;
            create(guard, template);
        }
        Map<String, Object> properties = resolved(at, template);
        Event create = event("Create", at, "", properties, Map.of());
        live.put(at, new Live(madeUpId(at), properties, Map.of()));
        switch (when) {
            case BEFORE_IT_BEGINS -> {
                status("ROLLBACK_IN_PROGRESS");
                deleteOne(at);
                Delivery.ONCE.deliver(account, create);
            }
            case WHILE_IT_RUNS -> {
                account.aws.kms.beforePut(() -> {
                    status("ROLLBACK_IN_PROGRESS");
                    deleteOne(at);
                });
                Delivery.ONCE.deliver(account, create);
            }
            case AFTERWARDS -> {
                Delivery.ONCE.deliver(account, create);
                status("ROLLBACK_IN_PROGRESS");
                deleteOne(at);
            }
        }
        rollBackCreate();
    }

    private String madeUpId(Guard guard) {
        return environment + "-" + guard.logicalId() + "-1A2B3C4D%04d".formatted(++madeUp);
    }

    // Update

    /// How CloudFormation takes a resource back that an update has touched.
    enum Reversal {
        /// An Update with the properties exchanged, on the id that is now current; what that
        /// replaces is deleted.
        UPDATE,
        /// Only the Delete of the new id, when there is one.
        DELETE_OF_THE_NEW
    }

    boolean update(Template template) {
        return update(template, Reversal.UPDATE);
    }

    /// @return whether the stack stands with the new template
    boolean update(Template template, Reversal reversal) {
        StackUpdate update = begin(template);
        if (update.isDone() && !template.siblingFails()) return update.complete();
        update.rollBack(reversal);
        return false;
    }

    /// The first half of an update, which a parent stack may yet roll back.
    StackUpdate begin(Template template) {
        return new StackUpdate(this, template);
    }

    // Delete

    /// @return whether nothing is left
    boolean delete() {
        status("DELETE_IN_PROGRESS");
        boolean gone = deleteAll();
        status(gone ? "DELETE_COMPLETE" : "DELETE_FAILED");
        return gone;
    }

    /// A resource with `DeletionPolicy: Retain` gets no event.
    void retain(Guard guard) {
        live.remove(guard);
    }

    private boolean deleteAll() {
        boolean gone = true;
        for (Guard guard : List.copyOf(live.keySet()).reversed()) gone &= deleteOne(guard);
        return gone;
    }

    private boolean deleteOne(Guard guard) {
        Live resource = live(guard).orElseThrow();
        if (!delete(guard, resource)) return false;
        live.remove(guard);
        return true;
    }

    // Shared with the update

    void keep(Guard guard, Live resource) {
        live.put(guard, resource);
    }

    void forget(Guard guard) {
        live.remove(guard);
    }

    Map<Guard, Live> resources() {
        return new EnumMap<>(live);
    }

    boolean delete(Guard guard, Live resource) {
        return send("Delete", guard, resource.physicalId(), resource.properties(), Map.of())
                .isSuccess();
    }

    /// @return whether it is gone at last
    boolean cleanUp(Guard guard, Live resource) {
        for (int attempt = 1; attempt <= CLEAN_UP_TRIES; attempt++)
            if (delete(guard, resource)) return true;
        return false;
    }

    /// The key goes from guard to guard, as the template's references have it.
    Map<String, Object> resolved(Guard guard, Template template) {
        Map<String, Object> properties =
                new LinkedHashMap<>(template.resources().getOrDefault(guard, Map.of()));
        if (guard == Guard.CHECK) return properties;
        for (Guard before : Guard.values()) {
            if (before.compareTo(guard) >= 0 || !template.resources().containsKey(before)) continue;
            String key = attributes(before).get("KeyArn");
            if (key == null) throw new AssertionError(before + " has no attribute KeyArn");
            properties.put("KeyArn", key);
        }
        return properties;
    }

    Answer send(
            String type,
            Guard guard,
            String physicalId,
            Map<String, Object> properties,
            Map<String, Object> old) {
        Event event = event(type, guard, physicalId, properties, old);
        Answer answer = deliveries.get().deliver(account, event);
        sent.add(new Sent(event, answer));
        return answer;
    }

    private Event event(
            String type,
            Guard guard,
            String physicalId,
            Map<String, Object> properties,
            Map<String, Object> old) {
        return new Event(type, guard, id, account.nextRequestId(), physicalId, properties, old);
    }

    @Override
    public String toString() {
        return environment + " (" + status + ")";
    }
}
