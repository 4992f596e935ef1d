package io.bedrockbudgeteer.keyguard.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.testing.AwsError;
import io.bedrockbudgeteer.keyguard.testing.CustomResourceEvents;
import io.bedrockbudgeteer.keyguard.testing.FakeAws;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackStatusTest {

    @ParameterizedTest
    @CsvSource({
        "CREATE_IN_PROGRESS,,",
        "CREATE_FAILED,,",
        "UPDATE_IN_PROGRESS,,",
        "UPDATE_FAILED,,",
        "REVIEW_IN_PROGRESS,,",
        "IMPORT_IN_PROGRESS,,",
        "ROLLBACK_IN_PROGRESS,rollback,",
        "ROLLBACK_COMPLETE,rollback,",
        "UPDATE_ROLLBACK_IN_PROGRESS,rollback,",
        "UPDATE_ROLLBACK_FAILED,rollback,",
        "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS,rollback,",
        "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS,cleanup,",
        "UPDATE_COMPLETE,,",
        "DELETE_IN_PROGRESS,deletion,",
        "DELETE_FAILED,deletion,"
    })
    void each_status_says_why_a_delete_came(String word, String meaning) {
        StackStatus status = new StackStatus(word);
        assertThat(status.isRollback()).isEqualTo("rollback".equals(meaning));
        assertThat(status.isCleanUp()).isEqualTo("cleanup".equals(meaning));
        assertThat(status.isDeletion()).isEqualTo("deletion".equals(meaning));
    }

    @Test
    void the_status_is_read_and_a_refusal_is_a_problem() {
        try (FakeAws aws = new FakeAws()) {
            StackStatusReader reader = new StackStatusReader(AwsClients.of(aws.environment()));
            aws.cloudFormation.status("DELETE_IN_PROGRESS");
            Deadline deadline = Deadline.in(Duration.ofMinutes(1));
            assertThat(reader.read(CustomResourceEvents.STACK, deadline).found())
                    .contains(new StackStatus("DELETE_IN_PROGRESS"));
            aws.fail("cloudformation:DescribeStacks", 1, new AwsError(403, "AccessDenied", "no"));
            assertThat(
                            reader.read(CustomResourceEvents.STACK, deadline)
                                    .trouble()
                                    .orElseThrow()
                                    .kind())
                    .isEqualTo(Problem.Kind.DENIED);
        }
    }

    @Test
    void a_question_for_which_there_is_no_time_is_a_problem_and_not_an_exception() {
        try (FakeAws aws = new FakeAws()) {
            StackStatusReader reader = new StackStatusReader(AwsClients.of(aws.environment()));
            Deadline over = Deadline.in(Duration.ZERO);
            assertThat(reader.read(CustomResourceEvents.STACK, over).trouble().orElseThrow().text())
                    .startsWith("cloudformation:DescribeStacks failed: OutOfTime");
            assertThat(aws.calls()).isEmpty();
        }
    }
}
