package io.bedrockbudgeteer.lifecycle;

import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.Fault;
import io.bedrockbudgeteer.lifecycle.AwsErrors.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// One thing that goes wrong with one call of a request.
///
/// @param nth which of the calls of this action, counted from 1
/// @param ever whether all later calls of this action fail too
record FaultCase(String call, int nth, boolean ever, Trouble trouble) {
    private static final Set<String> READS =
            Set.of(
                    "kms:DescribeKey",
                    "kms:GetKeyPolicy",
                    "kms:GetKeyRotationStatus",
                    "kms:ListGrants",
                    "iam:GetRole",
                    "iam:ListRolePolicies",
                    "iam:GetRolePolicy",
                    "iam:ListAttachedRolePolicies",
                    "iam:GetPolicy",
                    "iam:GetPolicyVersion",
                    "cloudformation:DescribeStacks",
                    "cloudwatch:DescribeAlarms",
                    "ssm:GetParameter",
                    "ssm:ListTagsForResource");

    /// @param name as a failure shows it
    record Trouble(String name, Kind kind, Fault fault) {}

    /// What can be answered to a call: its documented errors, and what the way there adds.
    private static List<Trouble> troubles(String call) {
        List<Trouble> troubles = new ArrayList<>();
        for (AwsErrors.Row row : AwsErrors.of(call))
            troubles.add(new Trouble(row.code(), row.kind(), new Fault.Refused(row.error())));
        troubles.add(new Trouble("reset", Kind.PASSES, new Fault.Reset(false)));
        troubles.add(new Trouble("bare 500", Kind.PASSES, new Fault.Bare(500)));
        troubles.add(new Trouble("bare 429", Kind.PASSES, new Fault.Bare(429)));
        if (READS.contains(call)) return troubles;
        troubles.add(new Trouble("reset when done", Kind.TAKEN, new Fault.Reset(true)));
        troubles.add(
                new Trouble(
                        "500 when done",
                        Kind.TAKEN,
                        new Fault.Misreported(new AwsError(500, "InternalFailure", "oops"))));
        return troubles;
    }

    /// A call of an undisturbed request.
    private record Place(String call, int nth) {
        static List<Place> of(List<String> calls) {
            Map<String, Integer> seen = new HashMap<>();
            return calls.stream()
                    .map(call -> new Place(call, seen.merge(call, 1, Integer::sum)))
                    .toList();
        }

        // The policy is read back five times, by one loop: whether it fails from the first or from
        // the third time on is the same to it, and giving up takes many reads.
        boolean isLikeTheOneBefore() {
            return call.equals("kms:GetKeyPolicy") && nth > 4 && nth < 9;
        }
    }

    /// Each call with each trouble, for once and from then on.
    static List<FaultCase> of(List<String> calls) {
        List<FaultCase> cases = new ArrayList<>();
        for (Place place : Place.of(calls))
            for (Trouble trouble : troubles(place.call())) {
                cases.add(new FaultCase(place.call(), place.nth(), false, trouble));
                if (!place.isLikeTheOneBefore())
                    cases.add(new FaultCase(place.call(), place.nth(), true, trouble));
            }
        return cases;
    }

    /// Each call with a service that says nothing for once, and each that changes something also
    /// with one that does it all the same.
    static List<FaultCase> silent(List<String> calls) {
        List<FaultCase> cases = new ArrayList<>();
        for (Place place : Place.of(calls)) {
            cases.add(silent(place, "silence", Kind.PASSES));
            if (!READS.contains(place.call()))
                cases.add(silent(place, "silence when done", Kind.TAKEN));
        }
        return cases;
    }

    private static FaultCase silent(Place place, String name, Kind kind) {
        Fault silence = new Fault.Silence(kind == Kind.TAKEN);
        return new FaultCase(place.call(), place.nth(), false, new Trouble(name, kind, silence));
    }

    /// The same, and all later calls of the action fail too.
    FaultCase forGood() {
        return new FaultCase(call, nth, true, trouble);
    }

    /// For one play of the request.
    Function<Fault.Call, Optional<Fault>> faults() {
        AtomicInteger count = new AtomicInteger();
        return each -> {
            if (!each.operation().equals(call)) return Optional.empty();
            int number = count.incrementAndGet();
            return Optional.of(trouble.fault()).filter(_ -> ever ? number >= nth : number == nth);
        };
    }

    @Override
    public String toString() {
        return trouble.name() + " at " + call + " " + nth + (ever ? " and ever after" : "");
    }
}
