package io.bedrockbudgeteer.keyguard.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A key policy: the exact source text and what it says. Immutable. Reading loses nothing: [#text]
/// is what was read.
public final class KeyPolicy {

    /// Longest text that PutKeyPolicy takes: the guide counts bytes, the API page characters, so
    /// both must fit. Sources: KMS Developer Guide, Resource quotas; KMS API Reference,
    /// PutKeyPolicy.
    public static final int MAX_LENGTH = 32_768;

    private final String text;
    private final PolicyDocument document;
    private final PolicyRules rules;

    private KeyPolicy(String text, PolicyDocument document) {
        this.text = text;
        this.document = document;
        this.rules =
                new PolicyRules(
                        document.statements(), document.hasVariables(), document.problems());
    }

    /// @throws PolicySyntaxException when the text is not a policy document that can be read
    ///   without loss
    public static KeyPolicy read(String text) {
        return new KeyPolicy(text, PolicyDocument.read(text, true));
    }

    /// The source text, byte for byte.
    public String text() {
        return text;
    }

    /// The statements in document order.
    public List<Statement> statements() {
        return document.statements();
    }

    /// What the policy says, apart from its text.
    public PolicyRules rules() {
        return rules;
    }

    /// The policy language version as written; a missing one means 2008-10-17.
    public Optional<String> version() {
        return document.version();
    }

    /// What cannot be understood outside the statements, such as an unknown Version. Then the
    /// document decides nothing.
    public List<String> problems() {
        return document.problems();
    }

    /// Whether `${...}` in condition values is a policy variable: only with Version 2012-10-17.
    public boolean hasVariables() {
        return document.hasVariables();
    }

    /// Whether both documents say the same although white space, member order, statement order,
    /// scalar or one-element list, list order and account id or root ARN differ: KMS re-serialises
    /// what it stores.
    public boolean saysTheSameAs(KeyPolicy other) {
        return saysTheSameApartFrom(Set.of(), other, Set.of());
    }

    /// As [#saysTheSameAs] without the statements at the given indices of either document.
    public boolean saysTheSameApartFrom(
            Set<Integer> without, KeyPolicy other, Set<Integer> withoutOther) {
        List<Statement> mine = rules.without(without).statements();
        List<Statement> others = other.rules.without(withoutOther).statements();
        return mine.size() == others.size()
                && Canonical.frame(document).equals(Canonical.frame(other.document))
                && (haveSameTexts(mine, others)
                        || Canonical.statements(mine).equals(Canonical.statements(others)));
    }

    private static boolean haveSameTexts(List<Statement> some, List<Statement> others) {
        for (int i = 0; i < some.size(); i++)
            if (!some.get(i).text().equals(others.get(i).text())) return false;
        return true;
    }

    /// SHA-256 over the canonical structure, 64 hex digits: equal for documents of which
    /// [#saysTheSameAs] holds.
    public String sha256() {
        return Canonical.sha256(Canonical.document(document));
    }

    /// Unique ids of principals that no longer exist, sorted. An id that a read shows and the text
    /// that was put did not have is a role that vanished in between.
    public Set<String> orphanIds() {
        Set<String> ids = new TreeSet<>();
        for (Statement statement : statements()) ids.addAll(statement.orphanIds());
        return ids;
    }

    /// Sids that more than one statement has. KMS refuses such a text.
    public Set<String> repeatedSids() {
        Set<String> seen = new HashSet<>();
        Set<String> repeated = new TreeSet<>();
        for (Statement statement : statements())
            statement.sid().filter(sid -> !seen.add(sid)).ifPresent(repeated::add);
        return repeated;
    }

    public int characters() {
        return text.length();
    }

    public int utf8Bytes() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /// The larger of characters and bytes.
    public int length() {
        return Math.max(characters(), utf8Bytes());
    }

    /// The length of the shortest text with this content that PutKeyPolicy takes: without white
    /// space outside strings.
    public int shortestLength() {
        return PolicyText.shortestLength(text);
    }

    /// The document as PutKeyPolicy takes it: without byte order mark, and with an escape for each
    /// character outside the printable Latin-1 range. Such characters stand in strings only, so the
    /// meaning stays. Source: KMS API Reference, PutKeyPolicy, Policy.
    public KeyPolicy sendable() {
        String sendable = PolicyText.sendable(text);
        return sendable.equals(text) ? this : read(sendable);
    }

    /// The document without white space outside strings.
    public KeyPolicy minified() {
        return read(PolicyText.minified(text));
    }

    /// The document in which the statements at these indices have no white space outside strings,
    /// and none behind the comma in front of them. Every other byte stays.
    public KeyPolicy minified(Set<Integer> indices) {
        List<Splice> splices = minifying(indices);
        return splices.isEmpty() ? this : read(Splice.apply(text, splices));
    }

    /// How many characters shorter [#minified(Set)] is.
    public int whiteSpaceIn(Set<Integer> indices) {
        return minifying(indices).stream()
                .mapToInt(splice -> splice.to() - splice.from() - splice.replacement().length())
                .sum();
    }

    private List<Splice> minifying(Set<Integer> indices) {
        List<Splice> splices = new ArrayList<>();
        for (int index : indices) {
            Statement statement = statements().get(index);
            int start = statement.json().start();
            int from = start;
            while (PolicyText.isWhite(text.charAt(from - 1))) from--;
            // White space in front of the first statement is not the statement's.
            if (text.charAt(from - 1) != ',') from = start;
            splices.add(
                    new Splice(
                            from, statement.json().end(), PolicyText.minified(statement.text())));
        }
        return splices;
    }

    /// A new document made from this one by cutting out, replacing and appending statements.
    ///
    /// @param replaced new content by statement index, as [PolicyEdit] writes it
    /// @param removed indices of statements to take out
    /// @param appended statements to add behind the last one
    public KeyPolicy edit(
            Map<Integer, Map<String, Object>> replaced,
            Set<Integer> removed,
            List<Map<String, Object>> appended) {
        if (replaced.isEmpty() && removed.isEmpty() && appended.isEmpty()) return this;
        return read(
                new PolicyEdit(text, document.statementNode(), statements())
                        .apply(replaced, removed, appended));
    }

    /// A new document in which the statements at these indices name the unique ids of principals
    /// that no longer exist no more. Each must have a Principal that keeps at least one name.
    public KeyPolicy withoutOrphanIds(Set<Integer> indices) {
        return indices.isEmpty() ? this : read(OrphanEdit.apply(text, statements(), indices));
    }

    @Override
    public String toString() {
        return "KeyPolicy[" + statements().size() + " statements, " + characters() + " characters]";
    }
}
