package io.bedrockbudgeteer.keyguard.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// What must hold of principals that no longer exist. KMS shows their unique ids and takes no new
/// text until the ids are gone. Source: IAM User Guide, AWS JSON policy elements: Principal.
class OrphanPropertiesTest {
    private String property = "";

    @BeforeEach
    void name(TestInfo test) {
        property = test.getDisplayName();
    }

    private void forAll(Consumer<Trial> check) {
        EveryPolicy.check(property, Trial.all(), Trial::new, check);
    }

    /// An id is taken out of its Principal list, the statement with it when the list was of ids
    /// only. A NotPrincipal keeps its ids: emptied, it would mean everybody.
    @Test
    void taking_out_vanished_ids_changes_no_verdict_of_anybody_who_exists() {
        forAll(trial -> {
            KeyPolicy policy = withStatementsForNobody(trial);
            KeyPolicy cleaned = KeyPolicy.read(cleaned(policy.text()));
            for (Statement statement : cleaned.statements())
                if (!statement.orphanIds().isEmpty() && statement.problems().isEmpty())
                    assertThat(statement.hasNotPrincipal()).as("%s", statement.text()).isTrue();
            for (Question question : trial.questions(3))
                assertThat(Trial.outcome(question.of(cleaned)))
                        .as("%s%n%s%n%s", question, policy.text(), cleaned.text())
                        .isEqualTo(Trial.outcome(question.of(policy)));
        });
    }

    private static KeyPolicy withStatementsForNobody(Trial trial) {
        RandomStatements random = RandomStatements.of(trial.seed());
        return trial.policy().edit(Map.of(), Set.of(), List.of(random.statementForNobody()));
    }

    private static String cleaned(String text) {
        Map<String, Object> document = new LinkedHashMap<>(JsonReader.readObject(text).members());
        Json node = JsonReader.readObject(text).get("Statement").orElseThrow();
        List<Object> kept = new ArrayList<>();
        List<Json> items = node instanceof Json.Arr array ? array.items() : List.of(node);
        List<Statement> statements = KeyPolicy.read(text).statements();
        for (int i = 0; i < items.size(); i++) {
            // What cannot be understood is nobody's to change.
            if (!statements.get(i).problems().isEmpty()) kept.add(items.get(i));
            else if (items.get(i) instanceof Json.Obj statement) addCleaned(statement, kept);
        }
        document.put("Statement", kept);
        return JsonText.object(document);
    }

    private static void addCleaned(Json.Obj statement, List<Object> kept) {
        Optional<Json> names =
                statement
                        .get("Principal")
                        .flatMap(principal ->
                                principal instanceof Json.Obj kinds
                                        ? kinds.get("AWS")
                                        : Optional.empty());
        if (names.isEmpty()) {
            kept.add(statement);
            return;
        }
        Json.Obj kinds = (Json.Obj) statement.get("Principal").orElseThrow();
        List<Json> all = names.get() instanceof Json.Arr list ? list.items() : List.of(names.get());
        List<Json> existing =
                all.stream()
                        .filter(name ->
                                !(name instanceof Json.Str text
                                        && RandomStatements.VANISHED.contains(text.value())))
                        .toList();
        if (existing.isEmpty() && !all.isEmpty() && kinds.members().size() == 1) return;
        Map<String, Object> principal = new LinkedHashMap<>(kinds.members());
        if (existing.isEmpty()) principal.remove("AWS");
        else if (existing.size() < all.size()) principal.put("AWS", existing);
        Map<String, Object> cleaned = new LinkedHashMap<>(statement.members());
        cleaned.put("Principal", principal);
        kept.add(cleaned);
    }
}
