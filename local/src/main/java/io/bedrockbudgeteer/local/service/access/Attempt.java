package io.bedrockbudgeteer.local.service.access;

import io.bedrockbudgeteer.local.account.ApiCall;
import io.bedrockbudgeteer.local.account.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One API call under way: who calls, and what has been decided about it so far. Used by one
/// thread.
public final class Attempt {
    private final Who who;
    private final List<Noted> decisions = new ArrayList<>();

    private record Noted(String action, String resource, Decision decision) {}

    public Attempt(Who who) {
        this.who = who;
    }

    public Who who() {
        return who;
    }

    /// Notes a decision for the record of calls.
    public void note(String action, String resource, Decision decision) {
        decisions.add(new Noted(action, resource, decision));
    }

    /// Identity policies must allow this.
    ///
    /// @param code of the refusal, as the service spells it
    /// @param status of the refusal
    /// @throws Refusal when they do not
    public void require(String action, String resource, Context context, String code, int status) {
        Decision decision = new Evaluation(who, action, resource, context).byIdentity();
        note(action, resource, decision);
        if (!decision.allowed())
            throw new Refusal(code, status, denial(action, resource, decision));
    }

    /// The sentence of a refusal (IAM User Guide, "Troubleshoot access denied error messages").
    public String denial(String action, String resource, Decision decision) {
        return "User: "
                + who.principal().name()
                + " is not authorized to perform: "
                + action
                + " on resource: "
                + resource
                + " "
                + decision.because(action);
    }

    /// The record of this call; a failure after the authorisation is told beside what authorised
    /// it.
    ///
    /// @param name of the operation, for a call that failed before anything was decided
    public List<ApiCall> finished(Instant time, String name, Optional<Refusal> failure) {
        String caller = who.principal().name();
        String error = failure.map(f -> f.code() + ": " + f.text()).orElse("");
        if (decisions.isEmpty())
            return List.of(new ApiCall(time, caller, name, "", failure.isEmpty(), error));
        List<ApiCall> calls = new ArrayList<>();
        for (int i = 0; i < decisions.size(); i++) {
            Noted noted = decisions.get(i);
            boolean last = i == decisions.size() - 1;
            boolean told = last && noted.decision().allowed() && !error.isEmpty();
            String by = noted.decision().by() + (told ? ", then " + error : "");
            calls.add(
                    new ApiCall(
                            time,
                            caller,
                            noted.action(),
                            noted.resource(),
                            noted.decision().allowed(),
                            by));
        }
        return calls;
    }
}
