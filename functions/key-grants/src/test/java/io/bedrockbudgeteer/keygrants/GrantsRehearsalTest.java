package io.bedrockbudgeteer.keygrants;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.aws.Rehearsal;
import io.bedrockbudgeteer.keyguard.key.KeyRehearsal;
import io.bedrockbudgeteer.keyguard.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrantsRehearsalTest {

    @Test
    void the_rehearsal_goes_all_the_way_to_a_change() {
        List<Plan> plans = new ArrayList<>();
        Rehearsal.quietly(
                Map.of(
                        "kms",
                        KeyRehearsal.answers(),
                        "iam",
                        GrantsRehearsal.IAM.getBytes(StandardCharsets.UTF_8)),
                clients -> plans.add(GrantsRehearsal.plan(clients)));
        assertThat(plans)
                .extracting(plan -> plan.getClass().getSimpleName())
                .containsExactly("Change");
    }

    @Test
    void a_function_starts_even_when_its_rehearsal_breaks() {
        Rehearsal.quietly(
                Map.of(),
                clients -> {
                    throw new NoClassDefFoundError("x");
                });
        assertThat(new KeyGrantsHandler()).isNotNull();
    }
}
