package io.bedrockbudgeteer.local.engine;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.engine.Deletion.Doomed;
import io.bedrockbudgeteer.local.engine.Provider.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The way back of a failed update: old properties are restored in reverse order, and what the
/// update made is marked for deletion.
final class Reverse {
    private final Stack stack;
    private final Providers providers;
    private final Options options;
    private final List<Doomed> doomed = new ArrayList<>();

    Reverse(Stack stack, Providers providers, Options options) {
        this.stack = stack;
        this.providers = providers;
        this.options = options;
    }

    /// @return logical ids of what could not be restored; empty when all is as before
    List<String> run(List<Touch> touched) {
        for (Touch touch : touched.reversed()) {
            if (!undo(touch)) {
                return List.of(touch.logicalId());
            }
        }
        return List.of();
    }

    /// What the clean-up of the roll-back deletes.
    List<Doomed> doomed() {
        return List.copyOf(doomed);
    }

    private boolean undo(Touch touch) {
        Optional<Live> before = touch.before();
        if (before.isEmpty()) {
            touch.now().ifPresent(live -> doom(live));
            return true;
        }
        Live old = before.get();
        Live now = touch.now().orElse(old);
        touch.stray().ifPresent(id -> doom(now.as(id)));
        if (isSent(touch)) {
            return sendReverse(old, now);
        }
        if (touch.isReplacement()) {
            doom(now);
        } else {
            stack.tell(old, Status.UPDATE_IN_PROGRESS, "");
        }
        stack.put(old);
        stack.tell(old, Status.UPDATE_COMPLETE, "");
        return true;
    }

    /// Whether the provider has to work for it. A failed update of an ordinary resource changed
    /// nothing, and a replaced one still has its old physical resource.
    private boolean isSent(Touch touch) {
        if (providers.of(touch.type()).kind() == Kind.CUSTOM) {
            return !touch.isReplacement() || options.reversal() == Reversal.REVERSE_UPDATE;
        }
        return !touch.isReplacement() && !touch.failed();
    }

    private boolean sendReverse(Live old, Live now) {
        stack.tell(now, Status.UPDATE_IN_PROGRESS, "");
        Target target = new Target(stack.place(), old.logicalId(), old.type(), old.properties());
        try {
            Made made = providers.of(old.type()).update(target, now.physicalId(), now.properties());
            if (!made.physicalId().equals(now.physicalId())) {
                doom(now);
            }
            Live restored =
                    new Live(
                            old.logicalId(),
                            old.type(),
                            made,
                            old.properties(),
                            old.needs(),
                            old.deletionPolicy(),
                            old.updateReplacePolicy());
            stack.put(restored);
            stack.tell(restored, Status.UPDATE_COMPLETE, "");
            return true;
        } catch (ResourceFailed e) {
            return failed(now, e.reason());
        } catch (Refusal e) {
            return failed(now, e.text());
        } catch (NotModelledException e) {
            options.violations().accept(String.valueOf(e.getMessage()));
            return failed(now, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(now, "The roll-back was interrupted");
        }
    }

    private boolean failed(Live now, String reason) {
        stack.tell(now, Status.UPDATE_FAILED, reason);
        return false;
    }

    private void doom(Live live) {
        doomed.add(new Doomed(live, live.deletionPolicy().equals("Retain")));
    }
}
