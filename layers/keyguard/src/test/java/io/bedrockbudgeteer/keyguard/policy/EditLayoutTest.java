package io.bedrockbudgeteer.keyguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Statements that are written into policies of every style: they look like their neighbour, and
/// what is taken out again leaves the text as it was.
class EditLayoutTest {

    /// Texts with single quotation marks.
    ///
    /// @param after with one statement more
    record Row(String before, String after) {}

    private static final Map<String, Object> X = statement("X");
    private static final Map<String, Object> Y = statement("Y");

    private static Map<String, Object> statement(String sid) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("Sid", sid);
        content.put("Action", List.of("a", "b"));
        return content;
    }

    private static KeyPolicy read(String text) {
        return KeyPolicy.read(Ask.json(text));
    }

    private static KeyPolicy append(KeyPolicy policy, Map<String, Object> content) {
        return policy.edit(Map.of(), Set.of(), List.of(content));
    }

    static List<Row> styles() {
        return List.of(
                // On one line, with and without blanks
                new Row(
                        "{'Statement':[{'Sid':'A','Action':'a'}]}",
                        "{'Statement':[{'Sid':'A','Action':'a'},{'Sid':'X','Action':['a','b']}]}"),
                new Row(
                        "{'Statement': [{'Sid': 'A', 'Action': 'a'}]}",
                        "{'Statement': [{'Sid': 'A', 'Action': 'a'},{'Sid': 'X', 'Action': ['a', 'b']}]}"),
                new Row(
                        "{'Statement':[{'Sid' : 'A'}, {'Sid' : 'B'}]}",
                        "{'Statement':[{'Sid' : 'A'}, {'Sid' : 'B'}, {'Sid' : 'X','Action' : ['a','b']}]}"),
                // Indented by tabs, with Windows line ends, with the brace on a line of its own
                new Row(
                        "{\n\t'Statement': [\n\t\t{\n\t\t\t'Sid': 'A'\n\t\t}\n\t]\n}",
                        "{\n\t'Statement': [\n\t\t{\n\t\t\t'Sid': 'A'\n\t\t},\n\t\t{\n\t\t\t'Sid': 'X',\n\t\t\t'Action': [\n\t\t\t\t'a',\n\t\t\t\t'b'\n\t\t\t]\n\t\t}\n\t]\n}"),
                new Row(
                        "{'Statement':[\r\n  {\r\n    'Sid':'A'\r\n  }\r\n]}",
                        "{'Statement':[\r\n  {\r\n    'Sid':'A'\r\n  },\r\n  {\r\n    'Sid':'X',\r\n    'Action':[\r\n      'a',\r\n      'b'\r\n    ]\r\n  }\r\n]}"),
                new Row(
                        "{'Statement':\n[\n{\n    'Sid':'A'\n}\n]}",
                        "{'Statement':\n[\n{\n    'Sid':'A'\n},\n{\n    'Sid':'X',\n    'Action':[\n        'a',\n        'b'\n    ]\n}\n]}"),
                // Indentation that is none: two blanks are taken
                new Row(
                        "{'Statement':[\n  {\n  'Sid':'A'\n  }\n]}",
                        "{'Statement':[\n  {\n  'Sid':'A'\n  },\n  {\n    'Sid':'X',\n    'Action':[\n      'a',\n      'b'\n    ]\n  }\n]}"),
                new Row(
                        "{'Statement':[\n    {\n\t\t\t\t\t'Sid':'A'\n    }\n]}",
                        "{'Statement':[\n    {\n\t\t\t\t\t'Sid':'A'\n    },\n    {\n      'Sid':'X',\n      'Action':[\n        'a',\n        'b'\n      ]\n    }\n]}"),
                // A member on the line of the brace, a value on a line of its own
                new Row(
                        "{'Statement':[ {'Sid':'A',\n   'Action':'a' } ]}",
                        "{'Statement':[ {'Sid':'A',\n   'Action':'a' }, {\n     'Sid':'X',\n     'Action':[\n       'a',\n       'b'\n     ]\n   } ]}"),
                new Row(
                        "{'Statement':[\n {\n  'Sid':\n   'A'\n }\n]}",
                        "{'Statement':[\n {\n  'Sid':\n   'A'\n },\n {\n   'Sid': 'X',\n   'Action': [\n     'a',\n     'b'\n   ]\n }\n]}"),
                // Neighbours without members
                new Row(
                        "{'Statement':[{}]}",
                        "{'Statement':[{},{'Sid': 'X','Action': ['a','b']}]}"),
                new Row(
                        "{'Statement':[{\n}]}",
                        "{'Statement':[{\n},{'Sid': 'X','Action': ['a','b']}]}"),
                // A single statement becomes the first of a list
                new Row(
                        "{'Statement':{'Sid':'A','Action':'a'}}",
                        "{'Statement':[{'Sid':'A','Action':'a'} ,{'Sid':'X','Action':['a','b']}]}"),
                new Row(
                        "{'Statement':{'Sid':'A', 'Action':'a'}}",
                        "{'Statement':[{'Sid':'A', 'Action':'a'} , {'Sid':'X', 'Action':['a', 'b']}]}"),
                new Row(
                        "{\n  'Statement': {\n    'Sid': 'A'\n  }\n}",
                        "{\n  'Statement': [{\n    'Sid': 'A'\n  } ,\n  {\n    'Sid': 'X',\n    'Action': [\n      'a',\n      'b'\n    ]\n  }]\n}"),
                new Row(
                        "{\r\n  'Statement': {\r\n    'Sid': 'A'\r\n  }\r\n}",
                        "{\r\n  'Statement': [{\r\n    'Sid': 'A'\r\n  } ,\r\n  {\r\n    'Sid': 'X',\r\n    'Action': [\r\n      'a',\r\n      'b'\r\n    ]\r\n  }]\r\n}"),
                new Row(
                        "{\n'Statement': {'Sid': 'A',\n'Action': 'a'}}",
                        "{\n'Statement': [{'Sid': 'A',\n'Action': 'a'} ,\n{\n  'Sid': 'X',\n  'Action': [\n    'a',\n    'b'\n  ]\n}]}"));
    }

    @ParameterizedTest
    @MethodSource("styles")
    void a_new_statement_looks_like_its_neighbour_and_leaves_no_trace(Row row) {
        KeyPolicy before = read(row.before());
        KeyPolicy after = append(before, X);
        assertThat(after.text()).isEqualTo(Ask.json(row.after()));

        int added = after.statements().size() - 1;
        assertThat(after.edit(Map.of(), Set.of(added), List.of()).text()).isEqualTo(before.text());
        KeyPolicy both = append(after, Y);
        assertThat(both.edit(Map.of(), Set.of(added, added + 1), List.of()).text())
                .isEqualTo(before.text());
        assertThat(both.edit(Map.of(), Set.of(added + 1), List.of()).text())
                .isEqualTo(after.text());
        assertThat(
                        both.edit(Map.of(), Set.of(added), List.of())
                                .edit(Map.of(), Set.of(added), List.of())
                                .text())
                .isEqualTo(before.text());
        // What is replaced, or taken out while something else is added, leaves no trace either.
        assertThat(
                        after.edit(Map.of(), Set.of(added), List.of(Y))
                                .edit(Map.of(), Set.of(added), List.of())
                                .text())
                .isEqualTo(before.text());
        assertThat(
                        after.edit(Map.of(added, Y), Set.of(), List.of())
                                .edit(Map.of(), Set.of(added), List.of())
                                .text())
                .isEqualTo(before.text());
        assertThat(
                        before.edit(Map.of(), Set.of(), List.of(X, Y))
                                .edit(Map.of(), Set.of(added, added + 1), List.of())
                                .text())
                .isEqualTo(before.text());
    }

    @Test
    void no_style_disappears() {
        assertThat(styles()).hasSize(17);
    }

    @Test
    void the_only_statement_can_be_taken_out() {
        assertThat(read("{'Statement':{'Sid':'A'}}").edit(Map.of(), Set.of(0), List.of()).text())
                .isEqualTo(Ask.json("{'Statement':[]}"));
        assertThat(
                        read("{'Statement': {'Sid': 'A'}, 'Version':'2012-10-17'}")
                                .edit(Map.of(), Set.of(0), List.of(X, Y))
                                .text())
                .isEqualTo(
                        Ask.json(
                                "{'Statement': [{'Sid': 'X','Action': ['a','b']},{'Sid': 'Y','Action': ['a','b']}], 'Version':'2012-10-17'}"));
    }

    @Test
    void a_blank_before_a_comma_that_is_not_ours_is_kept() {
        // Looks as if a single statement had been wrapped, but what stands behind is not all new.
        KeyPolicy policy = read("{'Statement':[{'Sid':'A'} ,{'Sid':'B'},{'Sid':'C'}]}");
        assertThat(policy.edit(Map.of(), Set.of(2), List.of()).text())
                .isEqualTo(Ask.json("{'Statement':[{'Sid':'A'} ,{'Sid':'B'}]}"));
        assertThat(policy.edit(Map.of(), Set.of(0, 2), List.of()).text())
                .isEqualTo(Ask.json("{'Statement':[{'Sid':'B'}]}"));
        assertThat(
                        read("{'Statement':[{'Sid':'A'} ,{'Sid':'B'} ]}")
                                .edit(Map.of(), Set.of(1), List.of())
                                .text())
                .isEqualTo(Ask.json("{'Statement':[{'Sid':'A'} ]}"));
        assertThat(
                        read("{'Statement':[ {'Sid':'A'} ,{'Sid':'B'}]}")
                                .edit(Map.of(), Set.of(1), List.of())
                                .text())
                .isEqualTo(Ask.json("{'Statement':[ {'Sid':'A'}]}"));
    }

    @Test
    void nothing_to_do_changes_nothing() {
        for (Row row : styles()) {
            KeyPolicy policy = read(row.before());
            assertThat(policy.edit(Map.of(), Set.of(), List.of()).text()).isEqualTo(policy.text());
        }
    }
}
