package io.bedrockbudgeteer.keyguard.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.aws.Rehearsal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyRehearsalTest {

    @Test
    void the_rehearsal_sees_a_good_key_without_a_network() {
        List<KeyReport> reports = new ArrayList<>();
        Rehearsal.quietly(
                Map.of("kms", KeyRehearsal.answers()),
                clients -> reports.add(KeyRehearsal.check(clients)));
        assertThat(reports)
                .singleElement()
                .satisfies(report -> assertThat(report.findings()).isEmpty());
    }
}
