package io.bedrockbudgeteer.keyguard.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import io.bedrockbudgeteer.keyguard.policy.Boundary;
import io.bedrockbudgeteer.keyguard.policy.IdentityPolicy;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoleReaderTest {
    private static final String ODD =
            "{\"Statement\": [{\"Sid\": \"a+b c%2Bd\", \"Resource\": \"*\"}]}";
    private final FakeAws aws = new FakeAws();
    private final RoleReader reader =
            new RoleReader(AwsClients.of(aws.environment()), Deadline.in(Duration.ofMinutes(1)));

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void inline_and_attached_policies_come_over_all_pages_and_decoded() {
        String role = aws.iam.newRole("team/path/worker");
        aws.iam.inline(role, "one", ODD);
        aws.iam.inline(role, "two", "{\"two\":1}");
        aws.iam.attach(role, "arn:aws:iam::aws:policy/Three", "{\"three\":1}");
        aws.iam.attach(role, "arn:aws:iam::111122223333:policy/Four", "{\"four\":1}");
        aws.iam.boundary(role, "arn:aws:iam::111122223333:policy/Boundary", "{\"boundary\":1}");
        RoleReading reading = reader.read(Arn.parse(role));
        assertThat(reading.finding()).isEmpty();
        assertThat(reading.access().unreadable()).isEmpty();
        assertThat(reading.access().policies())
                .extracting(IdentityPolicy::text)
                .containsExactly(ODD, "{\"two\":1}", "{\"three\":1}", "{\"four\":1}");
        assertThat(reading.access().boundary())
                .isEqualTo(new Boundary.Limits(List.of(IdentityPolicy.of("{\"boundary\":1}"))));
        assertThat(reading.access().principal()).hasToString(role);
    }

    @Test
    void a_managed_policy_of_two_roles_is_read_once() {
        for (String name : new String[] {"one", "two"})
            aws.iam.attach(aws.iam.newRole(name), "arn:aws:iam::aws:policy/Shared", "{}");
        reader.read(Arn.parse("arn:aws:iam::111122223333:role/one"));
        reader.read(Arn.parse("arn:aws:iam::111122223333:role/two"));
        assertThat(aws.count("iam:GetPolicyVersion")).isEqualTo(1);
    }

    @Test
    void a_role_that_does_not_exist_is_a_finding_and_gives_no_access() {
        RoleReading reading = reader.read(Arn.parse("arn:aws:iam::111122223333:role/path/nobody"));
        assertThat(reading.finding().orElseThrow().rule()).isEqualTo(Rule.IAM001);
        assertThat(reading.finding().orElseThrow().fix()).contains("--role-name nobody");
        assertThat(reading.access().unreadable()).isPresent();
    }

    @Test
    void what_may_not_be_read_is_unknown_and_says_why() {
        String role = aws.iam.newRole("secret");
        aws.iam.inline(role, "one", "{}");
        aws.fail(
                "iam:GetRolePolicy",
                1,
                new AwsError(403, "AccessDenied", "not authorized to perform: iam:GetRolePolicy"));
        RoleReading reading = reader.read(Arn.parse(role));
        assertThat(reading.finding()).isEmpty();
        assertThat(reading.access().unreadable().orElseThrow())
                .contains("AccessDenied")
                .contains("iam:GetRolePolicy");
        assertThat(reading.access().policies()).isEmpty();
    }
}
