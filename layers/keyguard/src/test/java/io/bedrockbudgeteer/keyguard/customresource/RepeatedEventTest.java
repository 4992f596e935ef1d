package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.policy.Statement;
import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import io.bedrockbudgeteer.keyguard.testing.Scenario;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Lambda may run one event more than once, also at the same time.
class RepeatedEventTest {
    private final Rig rig = new Rig();
    private final FakeAws aws = new FakeAws();
    private final KeyWriter writer = new KeyWriter(aws);

    @AfterEach
    void close() {
        rig.close();
        aws.close();
    }

    @Test
    @Scenario("T26")
    void an_event_that_comes_again_gets_the_same_answer_and_writes_nothing() {
        String event = rig.create();
        AnswerEndpoint.Answer first = rig.run(writer.guard(), event);
        assertThat(first.isSuccess()).isTrue();
        assertThat(aws.kms.puts()).hasSize(1);
        String policy = writer.policy();
        AnswerEndpoint.Answer second = rig.run(writer.guard(), event);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(aws.kms.puts()).hasSize(1);
        assertThat(writer.policy()).isEqualTo(policy);
    }

    @Test
    @Scenario("T26")
    void an_event_that_runs_several_times_at_once_ends_as_if_it_had_run_once() throws Exception {
        int times = 4;
        String event = rig.create();
        GuardUnderTest guard = writer.guard();
        try (ExecutorService threads = Executors.newFixedThreadPool(times)) {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < times; i++)
                runs.add(threads.submit(() -> guard.invoke(event, rig.context(Rig.MINUTE))));
            for (Future<?> run : runs) run.get();
        }
        assertThat(rig.endpoint.answers()).hasSize(times);
        assertThat(new HashSet<>(rig.endpoint.bodies())).as("different answers").hasSize(1);
        assertThat(rig.endpoint.lastAnswer().isSuccess()).isTrue();
        // What was there stands first and unchanged, what was added stands there once.
        List<Statement> statements = KeyPolicy.read(writer.policy()).statements();
        List<String> texts = statements.stream().map(Statement::text).toList();
        assertThat(texts).doesNotHaveDuplicates();
        assertThat(statements.get(0).text()).contains("Enable IAM User Permissions");
        assertThat(new HashSet<>(aws.kms.puts())).as("different writes").hasSize(1);
        int puts = aws.kms.puts().size();
        rig.run(writer.guard(), event);
        assertThat(aws.kms.puts()).as("writes after another run").hasSize(puts);
    }
}
