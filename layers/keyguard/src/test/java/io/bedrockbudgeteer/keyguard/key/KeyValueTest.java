package io.bedrockbudgeteer.keyguard.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyValueTest {
    private static final Site SITE = new Site("aws", "eu-central-1", "111122223333");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
                "arn:aws:kms:eu-central-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab",
                "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
            })
    void key_arns_are_keys(String text) {
        assertThat(KeyValue.read(text, SITE)).isInstanceOf(KeyValue.Key.class);
    }

    @Test
    void alias_arns_are_aliases() {
        assertThat(KeyValue.read("arn:aws:kms:eu-central-1:111122223333:alias/team/budget_1", SITE))
                .isInstanceOf(KeyValue.Alias.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "key",
                "1234abcd-12ab-34cd-56ef-1234567890ab",
                "alias/budget",
                "alias/aws/s3",
                "*",
                "arn:aws:kms:eu-central-1:111122223333:key/",
                "arn:aws:kms:eu-central-1:111122223333:key/abc",
                "arn:aws:kms:eu-central-1:111122223333:alias/",
                "arn:aws:kms:eu-central-1:111122223333:alias/aws/dynamodb",
                "arn:aws:kms:eu-central-1:111122223333:alias/a b",
                "arn:aws:iam::111122223333:role/x",
                "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\n"
            })
    void everything_else_is_unusable_and_says_what_to_give(String text) {
        assertThat(KeyValue.read(text, SITE))
                .isInstanceOfSatisfying(
                        KeyValue.Unusable.class,
                        value -> {
                            assertThat(value.finding().isError()).isTrue();
                            assertThat(value.finding().fix()).isNotBlank();
                        });
    }

    @Test
    void the_advice_completes_what_was_given() {
        KeyValue value = KeyValue.read("1234abcd-12ab-34cd-56ef-1234567890ab", SITE);
        assertThat(((KeyValue.Unusable) value).finding().fix())
                .contains(
                        "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");
    }
}
