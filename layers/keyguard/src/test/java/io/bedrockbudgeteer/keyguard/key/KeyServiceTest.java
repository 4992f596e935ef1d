package io.bedrockbudgeteer.keyguard.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Grant;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyServiceTest {
    private final FakeAws aws = new FakeAws();
    private final KeyService kms =
            new KeyService(AwsClients.of(aws.environment()), Deadline.in(Duration.ofMinutes(1)));
    private final Arn key = Arn.parse(aws.kms.newKey("1234abcd-12ab-34cd-56ef-1234567890ab"));

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void grants_come_over_all_pages_with_their_constraints() {
        aws.kms.grants(
                key.toString(),
                List.of(
                        Map.of(
                                "GrantId",
                                "g1",
                                "GranteePrincipal",
                                "arn:aws:iam::111122223333:role/a",
                                "Operations",
                                List.of("Decrypt", "Encrypt")),
                        Map.of(
                                "GrantId",
                                "g2",
                                "GranteeServicePrincipal",
                                "dynamodb.eu-central-1.amazonaws.com",
                                "Operations",
                                List.of("SomethingNew"),
                                "Constraints",
                                Map.of(
                                        "SourceArn",
                                        "arn:aws:dynamodb:eu-central-1:111122223333:table/t")),
                        Map.of(
                                "GrantId",
                                "g3",
                                "GranteePrincipal",
                                "b",
                                "Operations",
                                List.of("Decrypt"),
                                "Constraints",
                                Map.of("EncryptionContextSubset", Map.of("k", "v")))));
        List<Grant> grants = kms.grants(key).found().orElseThrow();
        assertThat(grants).extracting(Grant::id).containsExactly("g1", "g2", "g3");
        assertThat(grants.get(0).operations()).isEqualTo(Set.of("Decrypt", "Encrypt"));
        assertThat(grants.get(1).grantee()).isEqualTo("dynamodb.eu-central-1.amazonaws.com");
        assertThat(grants).extracting(Grant::toService).containsExactly(false, true, false);
        assertThat(grants.get(1).operations()).isEqualTo(Set.of("SomethingNew"));
        assertThat(grants.get(1).sourceArn())
                .contains("arn:aws:dynamodb:eu-central-1:111122223333:table/t");
        assertThat(grants.get(2).contextSubset()).contains(Map.of("k", "v"));
        assertThat(grants.get(2).contextEquals()).isEmpty();
        assertThat(aws.count("kms:ListGrants")).isEqualTo(2);
    }

    @Test
    void a_grant_younger_than_five_minutes_is_not_settled() {
        Instant now = Instant.parse("2026-11-24T12:00:00Z");
        aws.kms.grants(
                key.toString(), List.of(madeAt(now, 301), madeAt(now, 300), madeAt(now, 299)));
        KeyService atNoon =
                new KeyService(
                        AwsClients.of(aws.environment()),
                        Deadline.in(Duration.ofMinutes(1)),
                        InstantSource.fixed(now));
        assertThat(atNoon.grants(key).found().orElseThrow())
                .extracting(Grant::settled)
                .containsExactly(true, true, false);
    }

    private static Map<String, Object> madeAt(Instant now, int secondsAgo) {
        return Map.of(
                "GrantId",
                "g" + secondsAgo,
                "GranteePrincipal",
                "arn:aws:iam::111122223333:role/a",
                "Operations",
                List.of("Decrypt"),
                "CreationDate",
                now.getEpochSecond() - secondsAgo);
    }

    @Test
    void words_that_this_version_does_not_know_are_kept() {
        aws.kms.set(key.toString(), "KeyState", "Sleeping");
        aws.kms.set(key.toString(), "KeySpec", "ML_DSA_99");
        KeyFacts facts = kms.describe(key).found().orElseThrow();
        assertThat(facts.state()).isEqualTo("Sleeping");
        assertThat(facts.spec()).isEqualTo("ML_DSA_99");
        assertThat(facts.keyId()).isEqualTo("1234abcd-12ab-34cd-56ef-1234567890ab");
    }
}
