package io.bedrockbudgeteer.keyguard.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OwnerTest {

    @Test
    void an_owner_without_stack_or_logical_id_would_own_what_others_wrote() {
        assertThatThrownBy(() -> new Owner(" ", "KeyGrants"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stackId");
        assertThatThrownBy(() -> new Owner("arn:aws:cloudformation:us-east-1:1:stack/a/b", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("logicalId");
    }

    @Test
    void stack_and_logical_id_both_tell_owners_apart() {
        Owner owner = new Owner("stack-1", "KeyGrants");
        assertThat(owner.hash())
                .matches("[0-9a-f]{8}")
                .isEqualTo(new Owner("stack-1", "KeyGrants").hash())
                .isNotEqualTo(new Owner("stack-2", "KeyGrants").hash())
                .isNotEqualTo(new Owner("stack-1", "OtherGrants").hash());
    }

    @Test
    void the_hash_of_the_command_is_never_that_of_a_stack() {
        assertThat(Owner.command("production").hash())
                .matches("c0de[0-9a-f]{4}")
                .isNotEqualTo(Owner.command("staging").hash());
        int tried = 0;
        for (int i = 0; i < 200_000; i++)
            if (!Owner.isLasting(new Owner("stack-" + i, "KeyGrants").hash())) tried++;
        assertThat(tried).isEqualTo(200_000);
    }
}
