package io.bedrockbudgeteer.local.engine;

import io.bedrockbudgeteer.local.account.Account;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Custom resources: an event for a function, and the answer that the function puts to a URL.
///
/// Only the answer counts; how the invocation ends does not. Waiting times are shortened by
/// [Account#timeScale]. Source: CloudFormation User Guide, "Custom resource reference" and "Create
/// custom provisioning logic with custom resources".
public final class CustomResource implements Provider {
    private static final String TOKEN = "ServiceToken";
    private static final String TIMEOUT = "ServiceTimeout";
    private static final int LONGEST_SECONDS = 3600;
    private static final int LONGEST_MADE_UP_ID = 255;

    private final Account account;
    private final PhysicalIds ids;

    public CustomResource(Account account, PhysicalIds ids) {
        this.account = account;
        this.ids = ids;
    }

    @Override
    public Kind kind() {
        return Kind.CUSTOM;
    }

    @Override
    public boolean holdsKey(Map<String, Object> properties) {
        return false;
    }

    @Override
    public void checkNames(String logicalId, Map<String, Object> properties) {
        if (!properties.containsKey(TOKEN)) {
            throw new NotModelledException("custom resource " + logicalId + " without " + TOKEN);
        }
    }

    @Override
    public boolean hasAttribute(String name) {
        return true;
    }

    @Override
    public Change change(Target after, Map<String, Object> before) {
        if (!text(after.properties(), TOKEN).equals(text(before, TOKEN))) {
            throw new ResourceFailed("Modifying service token is not allowed.");
        }
        return Values.same(after.properties(), before) ? Change.NONE : Change.IN_PLACE;
    }

    @Override
    public Made create(Target target) {
        String madeUp = madeUpId(target);
        return send("Create", target, Optional.empty(), Map.of(), madeUp);
    }

    @Override
    public Made update(Target after, String physicalId, Map<String, Object> before) {
        return send("Update", after, Optional.of(physicalId), before, physicalId);
    }

    @Override
    public void delete(Target target, String physicalId) {
        send("Delete", target, Optional.of(physicalId), Map.of(), physicalId);
    }

    /// @param fallbackId what the resource is called when no usable answer names it
    private Made send(
            String requestType,
            Target target,
            Optional<String> physicalId,
            Map<String, Object> before,
            String fallbackId) {
        Set<String> properties = target.properties().keySet();
        if (!properties.contains(TOKEN)) {
            throw new ResourceFailed(
                    "Invalid template resource property: " + TOKEN + " is missing");
        }
        String token = text(target.properties(), TOKEN);
        String stackId = target.place().stackId();
        String requestId = ids.uuid();
        Duration patience = patience(target);
        String url = account.answers().open(stackId, target.logicalId(), requestId);
        CustomEvent event =
                new CustomEvent(requestType, target, physicalId, requestId, url, before);
        try {
            account.functions().invokeAsync(token, event.json());
        } catch (Refusal e) {
            throw new ResourceFailed("Lambda function could not be invoked: " + e.text());
        }
        Optional<String> body;
        try {
            body = account.answers().await(stackId, target.logicalId(), requestId, patience);
        } catch (InterruptedException e) {
            String what = requestType.equals("Create") ? "creation" : "update";
            throw ResourceFailed.cancelled(fallbackId, "Resource " + what + " cancelled");
        }
        String scaled =
                account.timeScale() == 1
                        ? ""
                        : " (waiting times are divided by " + account.timeScale() + " here)";
        CustomAnswer answer =
                body.map(text -> CustomAnswer.read(text, event, fallbackId))
                        .orElseGet(() ->
                                CustomAnswer.failed(fallbackId, CustomAnswer.NO_ANSWER + scaled));
        if (!answer.success()) {
            throw ResourceFailed.leaving(answer.physicalId(), answer.reason());
        }
        return new Made(answer.physicalId(), answer.data(), answer.noEcho());
    }

    private String madeUpId(Target target) {
        return ids.name(target.place().stackName(), target.logicalId(), LONGEST_MADE_UP_ID);
    }

    private Duration patience(Target target) {
        Object value = target.properties().get(TIMEOUT);
        int seconds = LONGEST_SECONDS;
        if (value != null) {
            try {
                seconds = Integer.parseInt(value.toString());
            } catch (NumberFormatException e) {
                throw new ResourceFailed(TIMEOUT + " is not a number: " + value);
            }
            if (seconds < 1 || seconds > LONGEST_SECONDS) {
                throw new ResourceFailed(
                        TIMEOUT + " must be between 1 and " + LONGEST_SECONDS + ": " + value);
            }
        }
        return Duration.ofSeconds(seconds).dividedBy(account.timeScale());
    }

    private static String text(Map<String, Object> properties, String name) {
        return String.valueOf(properties.get(name));
    }
}
