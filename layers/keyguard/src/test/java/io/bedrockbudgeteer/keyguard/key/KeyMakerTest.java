package io.bedrockbudgeteer.keyguard.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.OutOfTime;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyMakerTest {
    private static final String POLICY =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}]}";

    private final FakeAws aws = new FakeAws();
    private final KeyMaker maker = maker(Duration.ofMinutes(1));

    private KeyMaker maker(Duration time) {
        return new KeyMaker(AwsClients.of(aws.environment()), Deadline.in(time));
    }

    @AfterEach
    void close() {
        aws.close();
    }

    private Arn key() {
        return maker.createKey(POLICY, "for a test", Map.of("owner", "me")).found().orElseThrow();
    }

    @Test
    void a_key_is_made_with_its_policy_description_and_tags() {
        String key = key().toString();
        assertThat(aws.kms.policy(key)).isEqualTo(POLICY);
        assertThat(aws.kms.get(key, "Description")).isEqualTo("for a test");
        assertThat(aws.kms.tags(key).toString()).isEqualTo("[{TagKey=owner, TagValue=me}]");
    }

    @Test
    void alias_and_rotation_are_added_and_everything_is_taken_away_again() {
        Arn key = key();
        assertThat(maker.createAlias("alias/app", key).trouble()).isEmpty();
        assertThat(maker.enableRotation(key).trouble()).isEmpty();
        assertThat(aws.kms.aliases()).containsValue(key.toString());
        assertThat(aws.kms.rotates(key.toString())).isTrue();
        assertThat(maker.deleteAlias("alias/app").trouble()).isEmpty();
        assertThat(maker.scheduleDeletion(key).found()).isPresent();
        assertThat(aws.kms.aliases()).isEmpty();
        assertThat(aws.kms.get(key.toString(), "KeyState")).isEqualTo("PendingDeletion");
    }

    @Test
    void a_key_is_asked_for_once_only() {
        aws.fail("kms:CreateKey", 1, new AwsError(500, "KMSInternalException", "try again"));
        assertThat(maker.createKey(POLICY, "", Map.of()).trouble())
                .hasValueSatisfying(
                        problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.TRANSIENT));
        assertThat(aws.count("kms:CreateKey")).isEqualTo(1);
    }

    @Test
    void after_the_deadline_nothing_is_made() {
        assertThatThrownBy(() -> maker(Duration.ZERO).createKey(POLICY, "", Map.of()))
                .isInstanceOf(OutOfTime.class);
        assertThat(aws.calls()).isEmpty();
    }
}
