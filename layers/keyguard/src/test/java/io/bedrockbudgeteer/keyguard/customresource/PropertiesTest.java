package io.bedrockbudgeteer.keyguard.customresource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PropertiesTest {

    private enum Mode {
        PATCH,
        CHECK_ONLY
    }

    private static Properties of(String json) {
        return new Properties(
                EventReader.read("{\"ResourceProperties\":" + json + "}").getResourceProperties());
    }

    static List<List<String>> values() {
        return Table.rows("type-coercion.csv", 10);
    }

    @ParameterizedTest
    @MethodSource("values")
    void values_are_understood_as_tabled(List<String> row) {
        String delivered = row.get(1);
        Properties properties =
                delivered.equals("<key absent>") ? of("{}") : of("{\"P\":" + delivered + "}");
        switch (row.get(2) + " " + row.get(0)) {
            case "boolean true" -> assertThat(properties.flag("P", false)).isTrue();
            case "boolean false" -> assertThat(properties.flag("P", true)).isFalse();
            case "boolean True" -> assertThat(properties.flag("P", false)).isTrue();
            case "boolean yes" ->
                    assertThatThrownBy(() -> properties.flag("P", false))
                            .isInstanceOf(PropertyException.class)
                            .hasMessage("P is 'yes', allowed: true or false");
            case "int 300" -> assertThat(properties.wholeNumber("P", 0, 1, 1000)).isEqualTo(300);
            case "int 300.5" ->
                    assertThatThrownBy(() -> properties.wholeNumber("P", 0, 1, 1000))
                            .hasMessageContaining("300.5")
                            .hasMessageContaining("not a whole number");
            case "string ''" -> assertThat(properties.text("P")).isEmpty();
            case "any !Ref AWS::NoValue" -> assertThat(properties.flag("P", true)).isTrue();
            case "list a,b (CommaDelimitedList)" ->
                    assertThat(properties.texts("P")).containsExactly("a", "b");
            case "list Default '' (CommaDelimitedList)" ->
                    assertThat(properties.texts("P")).isEmpty();
            default -> throw new AssertionError("row is not covered: " + row);
        }
    }

    @Test
    void unknown_names_are_refused_all_at_once() {
        Properties properties =
                of(
                        "{\"KeyArn\":\"k\",\"Mod\":\"x\",\"Zebra\":\"y\",\"ServiceToken\":\"t\",\"ServiceTimeout\":\"1\"}");
        assertThatThrownBy(() -> properties.only(Set.of("KeyArn", "Mode")))
                .hasMessage("Unknown properties Mod, Zebra; known are KeyArn, Mode");
        assertThat(properties.only(Set.of("KeyArn", "Mod", "Zebra"))).isSameAs(properties);
    }

    @Test
    void choices_are_words_in_camel_case() {
        assertThat(of("{\"M\":\"CheckOnly\"}").choice("M", Mode.PATCH)).isEqualTo(Mode.CHECK_ONLY);
        assertThat(of("{}").choice("M", Mode.PATCH)).isEqualTo(Mode.PATCH);
        assertThatThrownBy(() -> of("{\"M\":\"checkonly\"}").choice("M", Mode.PATCH))
                .hasMessage("M is 'checkonly', allowed: Patch or CheckOnly");
    }

    @Test
    void numbers_out_of_bounds_are_refused_with_the_bounds() {
        assertThatThrownBy(() -> of("{\"N\":\"1001\"}").wholeNumber("N", 0, 1, 1000))
                .hasMessage("N is 1001, allowed: 1 to 1000");
        assertThatThrownBy(
                        () -> of("{\"N\":\"99999999999999999999\"}").wholeNumber("N", 0, 1, 1000))
                .isInstanceOf(PropertyException.class);
    }

    @Test
    void objects_may_be_given_as_objects_or_as_texts() {
        Properties properties =
                of(
                        "{\"S\":[{\"Effect\":\"Allow\",\"Action\":[\"kms:Decrypt\"]},\"{\\\"Effect\\\":\\\"Allow\\\"}\",\"\"]}");
        assertThat(properties.objects("S"))
                .containsExactly(
                        "{\"Effect\":\"Allow\",\"Action\":[\"kms:Decrypt\"]}",
                        "{\"Effect\":\"Allow\"}");
    }

    @Test
    void values_are_in_no_message_and_not_in_the_text() {
        Map<String, Object> secret = new LinkedHashMap<>();
        secret.put("Value", List.of("hunter2"));
        Properties properties = of(JsonText.write(secret));
        assertThat(properties.toString()).contains("Value").doesNotContain("hunter2");
        assertThatThrownBy(() -> properties.text("Value")).hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> of("{\"M\":\"hunter2\"}").textMap("M"))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void maps_of_texts_drop_empty_members() {
        assertThat(of("{\"T\":{\"a\":\"1\",\"b\":\"\"}}").textMap("T"))
                .containsExactly(Map.entry("a", "1"));
        assertThat(of("{\"T\":\"\"}").textMap("T")).isEmpty();
    }
}
