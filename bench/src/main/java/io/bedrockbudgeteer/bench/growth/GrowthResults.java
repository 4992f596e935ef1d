package io.bedrockbudgeteer.bench.growth;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bedrockbudgeteer.bench.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a run found, as it is kept in a file.
///
/// @param formatVersion of the file
/// @param date of the run
/// @param rounds that count for times
/// @param shared stacks that share one key, by kind and then in the order of their creation
/// @param policies one stack on keys whose policies are longer and longer
public record GrowthResults(
        int formatVersion,
        String date,
        Machine machine,
        int rounds,
        List<Shared> shared,
        List<OnLongPolicy> policies) {
    static final int FORMAT_VERSION = 1;

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    public GrowthResults {
        shared = List.copyOf(shared);
        policies = List.copyOf(policies);
    }

    /// One kind of stack, of which as many were made as fit.
    ///
    /// @param kind for people
    /// @param refusedWrites PutKeyPolicy calls of the stack that did not fit any more
    public record Shared(String kind, List<Create> creates, int refusedWrites) {
        public Shared {
            creates = List.copyOf(creates);
        }

        /// Characters of each stack. Those of the second, because the first stands beside a policy
        /// of another layout.
        public int laidOut() {
            return creates.get(1).put() - creates.get(0).put();
        }

        /// Characters of each stack without white space.
        public int dense() {
            return creates.getFirst().added();
        }
    }

    /// One stack on a key with a policy of other people's statements.
    ///
    /// @param kilobytes nominal size
    /// @param bytes of the policy before
    public record OnLongPolicy(int kilobytes, int bytes, Create create) {}

    /// One Create event, from the event to the answer.
    ///
    /// @param fits whether the answer was SUCCESS
    /// @param calls how often each operation was called, as the server counted
    /// @param added characters by which the text that was put is longer than the one that was read,
    ///   white space outside strings left out in both
    /// @param put characters of the text that was put; 0 when none was
    /// @param millis by the clock, one entry per round
    /// @param processorMillis of the whole process, one entry per round
    public record Create(
            boolean fits,
            Map<String, Integer> calls,
            int added,
            int put,
            List<Double> millis,
            List<Double> processorMillis) {
        public Create {
            calls = new TreeMap<>(calls);
            millis = List.copyOf(millis);
            processorMillis = List.copyOf(processorMillis);
        }

        int callsInAll() {
            return calls.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    public static GrowthResults read(Path file) throws IOException {
        return MAPPER.readValue(Files.readString(file), GrowthResults.class);
    }

    public void write(Path file) throws IOException {
        Files.writeString(
                file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
    }
}
