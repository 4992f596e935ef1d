package io.bedrockbudgeteer.keyguard.policy;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import io.bedrockbudgeteer.keyguard.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A policy document of either kind, parsed.
///
/// @param root the document
/// @param statementNode the array, or the single object, of the statements
/// @param statements in document order
/// @param version as written
/// @param problems what cannot be understood outside the statements; then the document decides
///   nothing
record PolicyDocument(
        Json.Obj root,
        Json statementNode,
        List<Statement> statements,
        Optional<String> version,
        List<String> problems) {

    static final String VARIABLES_VERSION = "2012-10-17";

    // KMS API Reference, GetKeyPolicy: the answer has at most 131,072 characters; IAM's documents
    // are
    // shorter. Twice that leaves room for any layout, and bounds what a hostile text can cost.
    private static final JsonReader.Limits LIMITS = new JsonReader.Limits(2 * 131_072, 100);

    /// @throws PolicySyntaxException when the text is no JSON object with statements, or cannot be
    ///   read without loss
    static PolicyDocument read(String text, boolean keyPolicy) {
        Json value;
        try {
            value = JsonReader.read(text, LIMITS);
        } catch (JsonSyntaxException e) {
            throw new PolicySyntaxException(e.line(), e.column(), e.problem());
        }
        if (!(value instanceof Json.Obj root))
            throw at(text, value, "expected a policy object, found " + value.kind());
        Json node =
                root.get("Statement")
                        .orElseThrow(() ->
                                at(text, root, "expected an element \"Statement\", found none"));
        List<Json> items =
                switch (node) {
                    case Json.Arr array -> array.items();
                    case Json.Obj single -> List.of(single);
                    default ->
                            throw at(
                                    text,
                                    node,
                                    "expected statements in an array, found " + node.kind());
                };
        List<Statement> statements = new ArrayList<>();
        for (Json item : items)
            statements.add(StatementReader.read(statements.size(), item, text, keyPolicy));
        return new PolicyDocument(
                root, node, List.copyOf(statements), root.string("Version"), problems(root));
    }

    /// Whether `${...}` in values is a policy variable. Source: IAM User Guide, AWS JSON policy
    /// elements: Version.
    boolean hasVariables() {
        return version.filter(VARIABLES_VERSION::equals).isPresent();
    }

    private static List<String> problems(Json.Obj root) {
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, Json> member : root.members().entrySet()) {
            switch (member.getKey()) {
                case "Statement" -> {}
                case "Id" -> {
                    if (!(member.getValue() instanceof Json.Str))
                        problems.add("Id is " + member.getValue().kind() + ", not a string");
                }
                case "Version" -> {
                    if (!(member.getValue() instanceof Json.Str(String version, int _, int _))
                            || !(version.equals(VARIABLES_VERSION) || version.equals("2008-10-17")))
                        problems.add("Version is neither 2012-10-17 nor 2008-10-17");
                }
                default ->
                        problems.add("\"" + member.getKey() + "\" is not an element of a policy");
            }
        }
        return List.copyOf(problems);
    }

    private static PolicySyntaxException at(String text, Json value, String problem) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < value.start(); i++) {
            if (text.charAt(i) != '\n') continue;
            line++;
            lineStart = i + 1;
        }
        return new PolicySyntaxException(line, value.start() - lineStart + 1, problem);
    }
}
