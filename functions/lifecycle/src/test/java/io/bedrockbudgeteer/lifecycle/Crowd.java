package io.bedrockbudgeteer.lifecycle;

import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.plan.OwnStatement;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Sixteen stacks that share a key and act in rounds: all of them at once, each on a thread of its
/// own, in a simulated time. After each round the policy has to be what all of them were told.
final class Crowd implements AutoCloseable {
    private static final int SIZE = 16;
    // Few, because sixteen times as many have to fit into one policy.
    private static final List<String> PURPOSES = List.of("AlarmTopic", "LogGroups");

    // How far behind a read can be, in milliseconds: "for most operations a few seconds at most".
    // The guard reads back over five seconds, which is enough for twice this time and a put.
    private static final int LONGEST_LAG = 2000;

    // All begin within this time.
    private static final int RUSH = 2000;

    private static final Fault THROTTLED =
            new Fault.Refused(new AwsError(400, "ThrottlingException", "Rate exceeded"));
    private static final Fault BROKEN =
            new Fault.Refused(new AwsError(500, "KMSInternalException", "Something went wrong"));
    private static final Fault DONE_BUT_UNSAID =
            new Fault.Misreported(new AwsError(500, "DependencyTimeoutException", "Too slow"));

    private final Account account = new Account();
    private final String key = account.newKey();
    private final Random plans;
    private final Random luck;
    private final Turns turns;
    private final List<Member> members = new ArrayList<>();
    private final List<Stack> former = new ArrayList<>();
    private List<String> foreign;
    private int rounds;

    /// @param seed decides everything
    Crowd(long seed) {
        plans = new Random(seed);
        luck = new Random(seed + 1);
        turns = new Turns(luck);
        // What IAM says about the guard's own role is not the subject here.
        account.aws.iam.remove(account.guardRole());
        foreign = account.key(key).foreign();
        for (int i = 0; i < SIZE; i++) {
            String name = "AKIASTACK%02d".formatted(i);
            members.add(
                    new Member(
                            name, account.withFunctionsOf(name, turns.paceOf(name, seed + 2 + i))));
        }
        account.aws.kms.lag(turns::now, () -> luck.nextInt(LONGEST_LAG + 1));
        account.aws.faults(this::fault);
    }

    // One call at a time comes here and goes on from here, so that the luck is in the order of the
    // calls.
    private Optional<Fault> fault(Fault.Call call) {
        turns.await(call.caller());
        if (!call.operation().startsWith("kms:")) return Optional.empty();
        int dice = luck.nextInt(100);
        if (dice < 5) return Optional.of(THROTTLED);
        if (dice < 6) return Optional.of(BROKEN);
        if (dice < 7) return Optional.of(DONE_BUT_UNSAID);
        return Optional.empty();
    }

    /// One place in the crowd, with one stack after the other.
    private final class Member {
        private final String name;
        private final Account functions;
        private Optional<Stack> stack = Optional.empty();
        private int version;
        // Whether a failure to undo left open which of these it is.
        private final Set<Integer> possible = new HashSet<>();
        private boolean mayBeGone;

        Member(String name, Account functions) {
            this.name = name;
            this.functions = functions;
        }

        /// Does something that fits to what it has.
        void act(boolean goes) {
            version++;
            if (stack.isEmpty()) create();
            else if (goes || mayBeGone) delete(stack.get());
            else update(stack.get());
        }

        private void create() {
            Stack made = functions.newStack(name.toLowerCase(Locale.ROOT) + "v" + version);
            if (made.create(template(made))) is(made, Set.of(version));
            else if (made.status().equals("ROLLBACK_COMPLETE")) isGone(made);
            else isInDoubt(made, version);
        }

        private void update(Stack now) {
            if (now.update(template(now))) is(now, Set.of(version));
            // A roll-back that cannot write succeeds all the same, so as not to get stuck.
            else if (now.attributes(Guard.GRANTS)
                    .getOrDefault("Findings", "")
                    .startsWith("ignored in the roll-back")) possible.add(version);
        }

        private void delete(Stack now) {
            if (now.delete()) isGone(now);
            else isInDoubt(now, version);
        }

        private void is(Stack now, Set<Integer> versions) {
            stack = Optional.of(now);
            mayBeGone = false;
            possible.clear();
            possible.addAll(versions);
        }

        // A Create or Delete that failed has changed nothing or everything.
        private void isInDoubt(Stack now, int latest) {
            stack = Optional.of(now);
            mayBeGone = true;
            possible.add(latest);
        }

        private void isGone(Stack gone) {
            synchronized (former) {
                former.add(gone);
            }
            stack = Optional.empty();
            mayBeGone = false;
            possible.clear();
        }

        private Template template(Stack of) {
            return Template.logsAndAlarms(key, of.environment(), logGroupOf(version));
        }

        private static String logGroupOf(int version) {
            return "/version-" + version + "/logs";
        }

        /// How many statements it has; throws unless they are whole and of a possible version.
        int check(KeyState found) {
            if (stack.isEmpty()) return 0;
            List<OwnStatement> own = found.of(stack.get());
            if (own.isEmpty() && mayBeGone) return 0;
            boolean isWhole =
                    own.stream().map(OwnStatement::purpose).sorted().toList().equals(PURPOSES)
                            && own.stream().allMatch(s -> s.state() == OwnStatement.State.INTACT)
                            && possible.stream()
                                    .anyMatch(v ->
                                            own.stream()
                                                    .anyMatch(s ->
                                                            s.statement()
                                                                    .text()
                                                                    .contains(logGroupOf(v))));
            if (!isWhole)
                throw new AssertionError(
                        this + " has " + own.stream().map(OwnStatement::sid).toList());
            return own.size();
        }

        @Override
        public String toString() {
            return name
                    + " "
                    + stack.map(Stack::toString).orElse("without a stack")
                    + ", possible versions "
                    + possible
                    + (mayBeGone ? " or none" : "");
        }
    }

    int rounds() {
        return rounds;
    }

    /// Lets everybody act, and throws unless the policy is right afterwards.
    void round() throws Exception {
        rounds++;
        for (Member member : members) turns.take(member.name, plans.nextInt(RUSH));
        try (ExecutorService pool = Executors.newFixedThreadPool(SIZE)) {
            List<Future<?>> running = new ArrayList<>();
            for (Member member : members) {
                boolean goes = plans.nextInt(3) == 0;
                running.add(pool.submit(() -> act(member, goes)));
            }
            for (Future<?> each : running) each.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
        check();
        turns.pass(LONGEST_LAG + 1);
        edit();
        turns.pass(LONGEST_LAG + 1);
    }

    private void act(Member member, boolean goes) {
        try {
            member.act(goes);
        } finally {
            turns.leave(member.name);
        }
    }

    private void check() {
        KeyState found = account.key(key);
        int ours = 0;
        for (Member member : members) ours += member.check(found);
        for (Stack gone : former)
            if (!found.of(gone).isEmpty()) throw new AssertionError("statements remain of " + gone);
        if (found.ours() != ours)
            throw new AssertionError("there are statements of ours that belong to no stack");
        if (!found.foreign().equals(foreign))
            throw new AssertionError("a statement of somebody else changed");
    }

    /// Somebody else adds a statement between two rounds.
    private void edit() {
        String policy = account.key(key).policy().text();
        String statement =
                "{\"Sid\": \"Edit%d\", \"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}, \"Action\": [\"kms:Get*\"], \"Resource\": \"*\"}"
                        .formatted(rounds);
        String edited = policy.substring(0, policy.lastIndexOf(']')) + "," + statement + "]}";
        account.aws.kms.policy(key, JsonText.pretty(JsonReader.read(edited)));
        foreign = account.key(key).foreign();
    }

    int requests() {
        return account.endpoint.answers().size();
    }

    long failures() {
        return account.endpoint.answers().stream().filter(answer -> !answer.isSuccess()).count();
    }

    /// For a person who looks for the cause of a failure.
    String describe() {
        StringBuilder all = new StringBuilder();
        for (Member member : members) all.append(member).append('\n');
        return all.append(account.aws.kms.policy(key)).toString();
    }

    @Override
    public void close() {
        account.close();
    }
}
