package io.bedrockbudgeteer.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {

    @Test
    void orders_are_read_from_text() {
        assertThat(Order.parse("adversarial")).isEqualTo(new Order.Adversarial());
        assertThat(Order.parse("random:-7")).isEqualTo(new Order.Seeded(-7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "random", "random:", "random:x", "friendly"})
    void other_texts_are_refused(String text) {
        assertThatThrownBy(() -> Order.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource({
        "shop, Table, 64, shop-Table",
        // Stack name and logical id share what the suffix leaves.
        "a-very-long-name-of-a-stack-that-goes-on, AVeryLongLogicalIdThatGoesOnAndOn, 64, "
                + "a-very-long-name-of-a-sta-AVeryLongLogicalIdThatGoe",
        "s, AVeryLongLogicalIdThatGoesOnAndOnAndOnUntilItIsTooLong, 64, s-AVeryLongLogicalIdThatGoesOnAndOnAndOnUntilItIsT[a-z]+",
        "a-very-long-name-of-a-stack-that-goes-on-until-it-is-too, T, 64, a-very-long-name-of-a-stack-that-goes-on-until-it[a-z-]*-T"
    })
    void made_up_names_keep_within_the_limit(
            String stack, String logicalId, int longest, String start) {
        String name = new PhysicalIds(new Random(1)).name(stack, logicalId, longest);

        assertThat(name).hasSizeLessThanOrEqualTo(longest).matches(start + "-[A-Z0-9]{12}");
    }

    @Test
    void ids_of_requests_are_random_uuids() {
        assertThat(new PhysicalIds(new Random(1)).uuid())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }
}
