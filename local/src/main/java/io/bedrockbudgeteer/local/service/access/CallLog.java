package io.bedrockbudgeteer.local.service.access;

import io.bedrockbudgeteer.local.account.ApiCall;
import io.bedrockbudgeteer.local.account.Refusal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The record of API calls, and of the rules that were broken. Thread-safe.
public final class CallLog {
    private final InstantSource clock;
    private final List<ApiCall> calls = new ArrayList<>();
    private final Set<String> violations = new LinkedHashSet<>();

    public CallLog(InstantSource clock) {
        this.clock = clock;
    }

    public synchronized void add(
            String caller, String action, String resource, boolean allowed, String decidedBy) {
        calls.add(new ApiCall(clock.instant(), caller, action, resource, allowed, decidedBy));
    }

    /// @param name of the operation, with its service prefix
    public synchronized void add(Attempt attempt, String name, Optional<Refusal> failure) {
        calls.addAll(attempt.finished(clock.instant(), name, failure));
    }

    /// The same violation is kept once; a function that retries would repeat it.
    public synchronized void violation(String what) {
        violations.add(what);
    }

    public synchronized List<ApiCall> calls() {
        return List.copyOf(calls);
    }

    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }
}
