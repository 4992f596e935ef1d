package io.bedrockbudgeteer.keyguard.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// ARNs, callers, actions and the other small values.
class NamesTest {

    // IAM User Guide, Identify AWS resources with Amazon Resource Names (ARNs): six parts; region
    // and account may be empty.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "arn",
                "arn:aws:kms:us-east-1:111122223333",
                "arn:aws:kms:us-east-1:111122223333:",
                "arn::kms:us-east-1:111122223333:key/a",
                "arn:aws::us-east-1:111122223333:key/a",
                "ARN:aws:kms:us-east-1:111122223333:key/a",
                "urn:aws:kms:us-east-1:111122223333:key/a"
            })
    void what_is_no_arn(String text) {
        assertThat(Arn.tryParse(text)).isEmpty();
        assertThatThrownBy(() -> Arn.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an ARN: " + text);
    }

    @Test
    void an_arn_is_taken_apart_at_its_first_five_colons() {
        String text = "arn:aws:logs:us-east-1:111122223333:log-group:/a/b:*";
        Arn arn = Arn.parse(text);
        assertThat(arn)
                .isEqualTo(new Arn("aws", "logs", "us-east-1", "111122223333", "log-group:/a/b:*"));
        assertThat(arn).hasToString(text);
        assertThat(Arn.parse("arn:aws:s3:::bucket").region()).isEmpty();
        assertThat(Arn.parse("arn:aws:s3:::bucket").resourceName()).isEqualTo("bucket");
        assertThat(Arn.parse("arn:aws:iam::111122223333:role/path/app").resourceName())
                .isEqualTo("path/app");
        assertThat(Arn.parse("arn:aws:logs:us-east-1:111122223333:/a").resourceName())
                .isEqualTo("a");
    }

    // IAM User Guide, AWS JSON policy elements: Principal.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::1111:role/app",
                "arn:aws:iam::aws:role/app",
                "arn:aws:iam::111122223333:group/app",
                "arn:aws:sts::111122223333:assumed-role/app",
                "arn:aws:kms:us-east-1:111122223333:key/a",
                "111122223333",
                "amazonaws.com",
                "example.com",
                "*"
            })
    void what_is_no_caller(String text) {
        assertThat(Caller.tryParse(text)).isEmpty();
    }

    @Test
    void a_session_knows_its_role_and_a_service_has_no_arn() {
        assertThat(Caller.tryParse(Ask.SESSION))
                .contains(new Caller.Session(Arn.parse(Ask.SESSION), Arn.parse(Ask.ROLE)));
        Caller service = Caller.tryParse("logs.cn-north-1.amazonaws.com.cn").orElseThrow();
        assertThat(service.principalArn()).isEmpty();
        assertThat(service.displayName()).isEqualTo("logs.cn-north-1.amazonaws.com.cn");
        assertThat(Caller.tryParse(Ask.ROLE).orElseThrow().displayName()).isEqualTo(Ask.ROLE);
    }

    @Test
    void an_action_has_one_spelling() {
        assertThat(KmsActions.onKey("KMS:reencryptfrom")).contains("kms:ReEncryptFrom");
        assertThat(KmsActions.onKey("kms:ReEncrypt")).isEmpty();
        assertThat(KmsActions.onKey("kms:CreateKey")).isEmpty();
        assertThat(KmsActions.expand(List.of("kms:verify", "kms:ReEncrypt*", "kms:ReEncryptTo")))
                .containsExactly("kms:Verify", "kms:ReEncryptFrom", "kms:ReEncryptTo");
    }

    @Test
    void a_grant_is_settled_after_five_minutes() {
        // KMS Developer Guide, Grants in AWS KMS: usually less than five minutes.
        Instant created = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(Grant.isSettled(created, created.plusSeconds(299))).isFalse();
        assertThat(Grant.isSettled(created, created.plusSeconds(300))).isTrue();
        assertThat(Grant.isSettled(created, created.plusSeconds(301))).isTrue();
    }

    @Test
    void a_boundary_without_policies_is_none() {
        assertThatThrownBy(() -> new Boundary.Limits(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("policies");
    }

    @Test
    void iam_policies_are_the_same_when_their_texts_are() {
        IdentityPolicy policy = IdentityPolicy.of("{\"Statement\":[]}");
        assertThat(policy)
                .isEqualTo(IdentityPolicy.of("{\"Statement\":[]}"))
                .hasSameHashCodeAs(IdentityPolicy.of("{\"Statement\":[]}"))
                .isNotEqualTo(IdentityPolicy.of("{\"Statement\": []}"))
                .isNotEqualTo(policy.text())
                .hasToString("{\"Statement\":[]}");
        assertThat(policy.text()).isEqualTo("{\"Statement\":[]}");
    }
}
