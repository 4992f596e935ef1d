package io.bedrockbudgeteer.local.service;

import io.bedrockbudgeteer.local.lambda.KeptFiles;
import io.bedrockbudgeteer.local.lambda.RuntimeClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// How a simulated account is set up: what AWS does by default, unless a run asks for something
/// else. A builder; not thread-safe.
public final class AccountOptions {
    private static final String ACCOUNT = "111122223333";
    private static final int TIME_SCALE = 60;
    private static final Duration VISIBILITY = Duration.ofSeconds(10);

    final String region;
    String account = ACCOUNT;
    int timeScale = TIME_SCALE;
    int port;
    long seed = 1;
    Duration visibility = VISIBILITY;
    int staleReads;
    boolean refusesIncompleteStatements = true;
    Set<String> users = Set.of();
    RuntimeClient client = RuntimeClient.ofThisMachine();
    int environments = 1;
    Optional<Path> workDirectory = Optional.empty();
    Optional<Path> kept = KeptFiles.folderOf(System.getenv());
    InstantSource clock = InstantSource.system();

    private AccountOptions(String region) {
        this.region = region;
    }

    public static AccountOptions in(String region) {
        return new AccountOptions(region);
    }

    /// Account id; 111122223333 unless given.
    public AccountOptions account(String id) {
        if (!id.matches("[0-9]{12}"))
            throw new IllegalArgumentException("account must have 12 digits: " + id);
        account = id;
        return this;
    }

    /// By how much waits are divided, at least 1; 60 unless given.
    public AccountOptions timeScale(int scale) {
        if (scale < 1) throw new IllegalArgumentException("timeScale must be at least 1: " + scale);
        timeScale = scale;
        return this;
    }

    /// Port of the service endpoint on 127.0.0.1; any free one unless given.
    public AccountOptions port(int number) {
        port = number;
        return this;
    }

    /// Seed of everything random: key ids, role ids, credentials. The same seed gives the same ids.
    public AccountOptions seed(long value) {
        seed = value;
        return this;
    }

    /// How long a new role stays invisible to KMS, before scaling; 10 s unless given.
    public AccountOptions visibility(Duration time) {
        visibility = time;
        return this;
    }

    /// How many GetKeyPolicy calls after a PutKeyPolicy still see the old text; none unless given.
    public AccountOptions staleReads(int reads) {
        staleReads = reads;
        return this;
    }

    /// Whether PutKeyPolicy refuses a statement without Action or Resource. AWS's documents
    /// disagree; refused unless given.
    public AccountOptions refusesIncompleteStatements(boolean refuses) {
        refusesIncompleteStatements = refuses;
        return this;
    }

    /// ARNs of the IAM users that exist, for key policies that name them.
    public AccountOptions users(Set<String> arns) {
        users = Set.copyOf(arns);
        return this;
    }

    /// What runs the handlers inside their processes.
    public AccountOptions client(RuntimeClient choice) {
        client = choice;
        return this;
    }

    /// How many processes one function may have at a time; 1 unless given. More than one lets
    /// duplicates run side by side.
    public AccountOptions environments(int count) {
        if (count < 1)
            throw new IllegalArgumentException("environments must be at least 1: " + count);
        environments = count;
        return this;
    }

    /// Where the files of the run are; a temporary directory, deleted at the end, unless given.
    public AccountOptions workDirectory(Path directory) {
        workDirectory = Optional.of(directory);
        return this;
    }

    /// Nothing outlives the run, and functions start as on AWS where AWS's client runs: from a
    /// folder as /var/task is, with the class loader of the client; what [KeptFiles#VARIABLE] names
    /// unless given.
    public AccountOptions withoutClassData() {
        kept = Optional.empty();
        return this;
    }

    public AccountOptions clock(InstantSource source) {
        clock = source;
        return this;
    }
}
