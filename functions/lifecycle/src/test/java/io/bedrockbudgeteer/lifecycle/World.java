package io.bedrockbudgeteer.lifecycle;

import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.Fault;
import io.bedrockbudgeteer.lifecycle.KeyState.Holding;
import io.bedrockbudgeteer.lifecycle.Stack.Cancelled;
import io.bedrockbudgeteer.lifecycle.Stack.Reversal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Two keys, three stacks that share them, other people who write the policies too, and one random
/// step after the other. Every step keeps the [Ledger].
final class World implements AutoCloseable {
    private static final int STACKS = 3;

    private final Account account = new Account();
    private final RandomGenerator random;
    private final List<String> keys = List.of(account.newKey(), account.newKey());
    private final Ledger ledger = new Ledger();
    private final List<Tenant> tenants = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private int edits;

    /// A stack and what is known about it.
    private static final class Tenant {
        private final Stack stack;
        private final Map<String, String> settings;
        private final boolean allGuards;
        private int version;
        private String key;

        Tenant(Stack stack, Map<String, String> settings, boolean allGuards, String key) {
            this.stack = stack;
            this.settings = settings;
            this.allGuards = allGuards;
            this.key = key;
        }

        Template on(String keyArn) {
            String environment = stack.environment();
            Template template =
                    allGuards
                            ? Template.all(keyArn, environment)
                            : Template.grants(keyArn, environment);
            return template.with(Guard.GRANTS, settings)
                    .with(Guard.GRANTS, Map.of("Recheck", String.valueOf(version)));
        }

        boolean isLive() {
            return stack.live(Guard.GRANTS).isPresent();
        }

        Holding leftBehind() {
            return settings.containsKey("OnKeyChange") ? Holding.NONE : Holding.DECRYPT;
        }
    }

    World(RandomGenerator random) {
        this.random = random;
        // What IAM says about the guard's own role is not the subject here: unknown, it is left to
        // KMS, and three calls fewer are made for each event.
        account.aws.iam.remove(account.guardRole());
        for (String key : keys) ledger.foreign(key, account.key(key).foreign());
        for (int i = 0; i < STACKS; i++) tenants.add(newTenant());
    }

    private Tenant newTenant() {
        Stack stack = account.newStack("s" + random.nextInt(1, 1_000_000_000));
        // Most stacks take everything along: what the others leave behind only piles up.
        Map<String, String> settings =
                random.nextInt(4) == 0 ? Map.of() : Map.of("OnKeyChange", "Remove");
        return new Tenant(stack.delivering(this::delivery), settings, chance(6), anyKey());
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private String anyKey() {
        return keys.get(random.nextInt(keys.size()));
    }

    private Delivery delivery() {
        return switch (random.nextInt(20)) {
            case 0 -> Delivery.TWICE;
            case 1 -> Delivery.TWICE_AT_ONCE;
            case 2 -> Delivery.ANSWER_LOST;
            case 3 -> Delivery.ANSWER_LOST_TWICE;
            default -> Delivery.ONCE;
        };
    }

    /// The steps so far, for a person who looks for the cause of a failure.
    List<String> steps() {
        return steps;
    }

    /// Both policies, for the same person.
    String policies() {
        StringBuilder all = new StringBuilder();
        for (String key : keys) all.append(key).append('\n').append(account.aws.kms.policy(key));
        return all.toString();
    }

    /// What the simulation does with a stack that does not exist, or that does.
    private enum Step {
        CREATE,
        CREATE_OF_WHICH_A_SIBLING_FAILS,
        CREATE_THAT_IS_CANCELLED,
        CREATE_THAT_IS_DENIED,
        UPDATE,
        UPDATE_OF_WHICH_A_SIBLING_FAILS,
        REPLACEMENT,
        REPLACEMENT_OF_WHICH_A_SIBLING_FAILS,
        REPLACEMENT_THAT_IS_CANCELLED,
        REPLACEMENT_THAT_IS_DENIED,
        REPLACEMENT_WITHOUT_CLEAN_UP,
        DELETE,
        DELETE_AT_THE_SECOND_TRY,
        DELETE_THAT_RETAINS;

        private static final List<Step> OF_NOTHING =
                List.of(
                        CREATE,
                        CREATE,
                        CREATE,
                        CREATE,
                        CREATE_OF_WHICH_A_SIBLING_FAILS,
                        CREATE_THAT_IS_CANCELLED,
                        CREATE_THAT_IS_DENIED);
        private static final List<Step> OF_A_STACK =
                List.of(
                        UPDATE,
                        UPDATE_OF_WHICH_A_SIBLING_FAILS,
                        REPLACEMENT,
                        REPLACEMENT,
                        REPLACEMENT_OF_WHICH_A_SIBLING_FAILS,
                        REPLACEMENT_THAT_IS_CANCELLED,
                        REPLACEMENT_THAT_IS_DENIED,
                        REPLACEMENT_WITHOUT_CLEAN_UP,
                        DELETE,
                        DELETE,
                        DELETE_AT_THE_SECOND_TRY,
                        DELETE_THAT_RETAINS);
    }

    void step() {
        if (chance(12)) {
            edit(anyKey());
            return;
        }
        int at = random.nextInt(tenants.size());
        Tenant tenant = tenants.get(at);
        List<Step> possible = tenant.isLive() ? Step.OF_A_STACK : Step.OF_NOTHING;
        Step step = possible.get(random.nextInt(possible.size()));
        steps.add(step + " " + tenant.stack + " on " + tenant.key);
        tenant.version++;
        run(step, tenant);
        if (!tenant.isLive()) tenants.set(at, newTenant());
    }

    private void run(Step step, Tenant tenant) {
        Stack stack = tenant.stack;
        Template same = tenant.on(tenant.key);
        switch (step) {
            case CREATE -> {
                expect(stack.create(same), true);
                ledger.holds(stack, tenant.key, Holding.FULL);
            }
            case CREATE_OF_WHICH_A_SIBLING_FAILS -> failed(stack, stack.create(same.failing()));
            case CREATE_THAT_IS_CANCELLED -> {
                Cancelled[] moments = Cancelled.values();
                stack.createCancelled(same, Guard.GRANTS, moments[random.nextInt(moments.length)]);
                failed(stack, false);
            }
            case CREATE_THAT_IS_DENIED -> denied(() -> failed(stack, stack.create(same)));
            case UPDATE -> expect(stack.update(same), true);
            case UPDATE_OF_WHICH_A_SIBLING_FAILS -> {
                expect(stack.update(same.failing()), false);
                expect(stack.status().equals("UPDATE_ROLLBACK_COMPLETE"), true);
            }
            case REPLACEMENT,
                    REPLACEMENT_OF_WHICH_A_SIBLING_FAILS,
                    REPLACEMENT_THAT_IS_CANCELLED,
                    REPLACEMENT_THAT_IS_DENIED,
                    REPLACEMENT_WITHOUT_CLEAN_UP ->
                    replace(step, tenant, keys.get(1 - keys.indexOf(tenant.key)));
            case DELETE -> {
                expect(stack.delete(), true);
                ledger.holds(stack, tenant.key, Holding.NONE);
            }
            case DELETE_AT_THE_SECOND_TRY -> {
                denied(() -> expect(stack.delete(), false));
                expect(stack.delete(), true);
                ledger.holds(stack, tenant.key, Holding.NONE);
            }
            case DELETE_THAT_RETAINS -> {
                stack.retain(Guard.GRANTS);
                expect(stack.delete(), true);
            }
        }
    }

    private void replace(Step step, Tenant tenant, String other) {
        Stack stack = tenant.stack;
        Template wanted = tenant.on(other);
        // What a clean-up left behind needs no write that could be denied.
        boolean isThereAlready = ledger.of(stack, other) == Holding.FULL;
        switch (step == Step.REPLACEMENT_THAT_IS_DENIED && isThereAlready
                ? Step.REPLACEMENT
                : step) {
            case REPLACEMENT_OF_WHICH_A_SIBLING_FAILS -> {
                Reversal reversal = chance(2) ? Reversal.UPDATE : Reversal.DELETE_OF_THE_NEW;
                expect(stack.update(wanted.failing(), reversal), false);
                wayBack(tenant, other);
            }
            case REPLACEMENT_THAT_IS_CANCELLED -> {
                stack.begin(wanted).rollBackUnheard();
                wayBack(tenant, other);
            }
            case REPLACEMENT_THAT_IS_DENIED -> {
                StackUpdate[] update = new StackUpdate[1];
                denied(() -> update[0] = stack.begin(wanted));
                expect(update[0].isDone(), false);
                update[0].rollBack(Reversal.UPDATE);
                wayBack(tenant, other);
            }
            case REPLACEMENT_WITHOUT_CLEAN_UP -> {
                StackUpdate update = stack.begin(wanted);
                expect(update.isDone(), true);
                denied(update::complete);
                ledger.holds(stack, other, Holding.FULL);
                tenant.key = other;
            }
            default -> {
                expect(stack.update(wanted), true);
                ledger.holds(stack, tenant.key, tenant.leftBehind());
                ledger.holds(stack, other, Holding.FULL);
                tenant.key = other;
            }
        }
    }

    private void failed(Stack stack, boolean succeeded) {
        expect(succeeded, false);
        expect(stack.status().equals("ROLLBACK_COMPLETE"), true);
        for (String key : keys) ledger.holds(stack, key, Holding.NONE);
    }

    // A roll-back takes out everything from the key that the update wanted.
    private void wayBack(Tenant tenant, String other) {
        expect(tenant.stack.status().equals("UPDATE_ROLLBACK_COMPLETE"), true);
        ledger.holds(tenant.stack, other, Holding.NONE);
    }

    private void expect(boolean found, boolean expected) {
        if (found != expected)
            throw new AssertionError("the step ended " + found + ", expected " + expected);
    }

    /// KMS takes no policy while this runs.
    private void denied(Runnable action) {
        account.aws.faults(call ->
                Optional.of(AwsError.accessDenied("not now"))
                        .filter(_ -> call.operation().equals("kms:PutKeyPolicy"))
                        .map(Fault.Refused::new));
        try {
            action.run();
        } finally {
            account.aws.faults(_ -> Optional.empty());
        }
    }

    /// Somebody else adds a statement of his own, or takes his last one out.
    private void edit(String key) {
        steps.add("EDIT of " + key);
        String policy = account.key(key).policy().text();
        String statement =
                "{\"Sid\": \"Edit%d\", \"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}, \"Action\": [\"kms:Get*\"], \"Resource\": \"*\"}"
                        .formatted(++edits);
        String edited = policy.substring(0, policy.lastIndexOf(']')) + "," + statement + "]}";
        account.aws.kms.policy(key, JsonText.pretty(JsonReader.read(edited)));
        ledger.foreign(key, account.key(key).foreign());
    }

    /// Throws unless everything is as it has to be.
    void check() {
        for (String key : keys) ledger.check(key, account.key(key));
        List<String> alarms = new ArrayList<>();
        List<String> parameters = new ArrayList<>();
        for (Tenant tenant : tenants)
            if (tenant.isLive() && tenant.allGuards) {
                alarms.add("BedrockBudgeteer-KMS-HighUsage-" + tenant.stack.environment());
                parameters.add("/" + tenant.stack.environment() + "/tiers");
            }
        same(alarms, account.aws.cloudWatch.alarms().keySet().stream().toList());
        same(parameters, account.aws.ssm.names());
    }

    private static void same(List<String> expected, List<String> found) {
        if (!expected.stream().sorted().toList().equals(found.stream().sorted().toList()))
            throw new AssertionError("there are " + found + ", expected " + expected);
    }

    @Override
    public void close() {
        account.close();
    }
}
