package io.bedrockbudgeteer.keyguard.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.OutOfTime;
import io.bedrockbudgeteer.keyguard.aws.Pace;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.plan.Owner;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import io.bedrockbudgeteer.keyguard.plan.Planner;
import io.bedrockbudgeteer.keyguard.plan.RoleStatements;
import io.bedrockbudgeteer.keyguard.plan.Situation;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.IdentityAccess;
import io.bedrockbudgeteer.keyguard.policy.KeyPolicy;
import io.bedrockbudgeteer.keyguard.requirement.Requirements;
import io.bedrockbudgeteer.keyguard.requirement.StackNames;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyPolicyEditorTest {
    private final FakeAws aws = new FakeAws();
    private final Arn key = Arn.parse(aws.kms.newKey("1234abcd-12ab-34cd-56ef-1234567890ab"));
    private final AtomicBoolean calledOff = new AtomicBoolean();
    private final Deadline deadline = Deadline.in(Duration.ofMinutes(1)).unless(calledOff::get);
    private final KeyService kms = new KeyService(AwsClients.of(aws.environment()), deadline);

    @AfterEach
    void close() {
        aws.close();
    }

    private EditResult edit(Consumer<Plan.Change> beforeWriting) {
        return new KeyPolicyEditor(
                        kms, _ -> new Reply.Ok<>(Instant.EPOCH), new Pace(1000), beforeWriting)
                .edit(situation(), this::plan);
    }

    private Situation situation() {
        IdentityAccess admin =
                IdentityAccess.of(
                        Arn.parse("arn:aws:iam::111122223333:role/admin"),
                        List.of(
                                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kms:*\",\"Resource\":\"*\"}]}"),
                        Optional.empty());
        return new Situation(
                key,
                KeyPolicy.read(aws.kms.policy(key.toString())),
                Map.of(),
                List.of(),
                admin,
                new Owner(
                        "arn:aws:cloudformation:eu-central-1:111122223333:stack/app/1",
                        "KeyGrants"));
    }

    private Plan plan(Situation now) {
        Map<String, List<String>> resources =
                Map.of("TrailArn", List.of("arn:aws:cloudtrail:eu-central-1:111122223333:trail/t"));
        return Planner.add(
                now,
                Requirements.of(new StackNames(key, "production", Map.of(), resources)),
                RoleStatements.LEAST,
                List.of());
    }

    @Test
    void a_second_edit_writes_nothing() {
        assertThat(edit(_ -> {})).isInstanceOf(EditResult.Written.class);
        assertThat(edit(_ -> {})).isInstanceOf(EditResult.Unchanged.class);
        assertThat(aws.kms.puts()).hasSize(1);
    }

    @Test
    void the_plan_is_shown_before_it_is_written_and_can_be_stopped() {
        List<Plan.Change> seen = new ArrayList<>();
        assertThatThrownBy(() ->
                        edit(plan -> {
                            seen.add(plan);
                            throw new IllegalStateException("stop");
                        }))
                .hasMessage("stop");
        assertThat(seen).hasSize(1);
        assertThat(aws.kms.puts()).isEmpty();
    }

    @Test
    void a_fence_that_falls_before_the_put_stops_it() {
        assertThatThrownBy(() -> edit(_ -> calledOff.set(true))).isInstanceOf(OutOfTime.class);
        assertThat(aws.kms.puts()).isEmpty();
    }

    @Test
    void a_policy_that_never_reads_back_as_written_is_put_back_when_nobody_else_changed_it() {
        String old = aws.kms.policy(key.toString());
        // Reads stay stale for exactly as long as the editor waits.
        String[] stale = new String[KeyPolicyEditor.READS_AT_MOST];
        java.util.Arrays.fill(stale, old);
        aws.kms.beforePut(() -> aws.kms.staleReads(stale));
        EditResult result = edit(_ -> {});
        assertThat(result).isInstanceOf(EditResult.Failed.class);
        assertThat(((EditResult.Failed) result).findings().get(0).rule()).isEqualTo(Rule.POL012);
        assertThat(((EditResult.Failed) result).written()).isTrue();
        assertThat(aws.kms.puts()).hasSize(2);
        assertThat(
                        KeyPolicy.read(aws.kms.policy(key.toString()))
                                .saysTheSameAs(KeyPolicy.read(old)))
                .isTrue();
    }

    @Test
    void a_policy_that_cannot_be_read_without_loss_is_not_written() {
        aws.kms.policy(key.toString(), "!{\"Statement\":[],\"Statement\":[]}");
        Situation situation =
                new Situation(
                        key,
                        KeyPolicy.read("{\"Statement\":[]}"),
                        Map.of(),
                        List.of(),
                        IdentityAccess.unknown(key, "x"),
                        new Owner("s", "l"));
        EditResult result =
                new KeyPolicyEditor(
                                kms, _ -> new Reply.Ok<>(Instant.EPOCH), new Pace(1000), _ -> {})
                        .edit(situation, this::plan);
        assertThat(((EditResult.Failed) result).findings().get(0).rule()).isEqualTo(Rule.POL002);
        assertThat(aws.kms.puts()).isEmpty();
    }

    @Test
    void foreign_statements_are_sent_back_byte_for_byte() {
        String foreign =
                "{\"Sid\" : \"Odd\", \"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":[\"kms:*\"],\"Resource\":\"*\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":true}}}";
        aws.kms.policy(key.toString(), "{\"Statement\":[" + foreign + "]}");
        String read =
                KeyPolicyEditor.read(kms, key)
                                instanceof KeyPolicyEditor.Result.Good<KeyPolicy>(KeyPolicy policy)
                        ? policy.statements().get(0).text()
                        : "";
        edit(_ -> {});
        assertThat(KeyPolicy.read(aws.kms.puts().get(0)).statements().get(0).text())
                .isEqualTo(read);
    }
}
