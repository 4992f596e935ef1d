package io.bedrockbudgeteer.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.local.provider.ResourceTypes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The documentation says what the code says.
class NotModelledTest {
    private static final Path PAGE = Path.of("../docs/local-stack.md");

    @Test
    void ignored_properties_that_are_set_are_listed() {
        List<String> lines = NotModelled.with(Map.of("A::B::C", List.of("Tags", "Tier")));

        assertThat(lines)
                .hasSize(NotModelled.LIST.size() + 2)
                .endsWith("Accepted without effect on A::B::C: Tags, Tier");
    }

    @Test
    void the_page_lists_the_assumptions_word_by_word() throws Exception {
        String page = Files.readString(PAGE);
        String section =
                page.substring(
                        page.indexOf("## Assumptions"), page.indexOf("## What is not modelled"));
        List<String> rows =
                section.lines()
                        .filter(line -> line.matches("[0-9]+\\. .*"))
                        .map(line -> line.substring(line.indexOf(' ') + 1))
                        .toList();

        assertThat(rows).containsExactlyElementsOf(Assumptions.LIST);
    }

    @Test
    void the_page_lists_what_is_not_modelled_word_by_word() throws Exception {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf("## What is not modelled"));
        List<String> bullets =
                section.lines()
                        .filter(line -> line.startsWith("- "))
                        .map(line -> line.substring(2))
                        .toList();

        assertThat(bullets).containsExactlyElementsOf(NotModelled.LIST);
    }

    @Test
    void the_page_names_each_type_with_the_aws_page_it_follows() throws Exception {
        List<String> rows =
                Files.readString(PAGE).lines().filter(line -> line.startsWith("| `AWS::")).toList();

        assertThat(rows).hasSize(ResourceTypes.pages().size());
        ResourceTypes.pages()
                .forEach((type, source) ->
                        assertThat(rows)
                                .as(type)
                                .anySatisfy(row ->
                                        assertThat(row)
                                                .startsWith("| `" + type + "` |")
                                                .contains(source)));
    }
}
