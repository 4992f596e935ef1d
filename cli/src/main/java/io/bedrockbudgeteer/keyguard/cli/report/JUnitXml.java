package io.bedrockbudgeteer.keyguard.cli.report;

import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import io.bedrockbudgeteer.keyguard.finding.Finding;
import io.bedrockbudgeteer.keyguard.finding.Rule;
import io.bedrockbudgeteer.keyguard.plan.AccessRow;
import io.bedrockbudgeteer.keyguard.plan.StatementChange;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Check and plan as JUnit XML, for the test view of a pipeline: one test case for each row of the
/// access table, for each rule that found something, and for each change that is pending.
public final class JUnitXml {

    private enum Outcome {
        PASSED,
        /// Not decided: neither passed nor failed.
        SKIPPED,
        FAILED
    }

    /// @param message one line; empty when passed without a remark
    /// @param detail several lines
    private record Case(
            String group, String name, Outcome outcome, String message, String detail) {}

    private record Suite(String name, List<Case> cases) {
        long count(Outcome outcome) {
            return cases.stream().filter(each -> each.outcome() == outcome).count();
        }
    }

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private JUnitXml() throws XMLStreamException {
        this.xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    }

    public static String check(Assessment found) {
        return write(List.of(access(found), findings(found.findingsAsIs())));
    }

    public static String plan(Assessment found) {
        return write(List.of(access(found), findings(found.findings()), changes(found.proposal())));
    }

    private static Suite access(Assessment found) {
        List<Case> cases = new ArrayList<>();
        for (AccessRow row : found.access())
            cases.add(
                    new Case(
                            row.requirement().caller().displayName(),
                            row.requirement().purpose()
                                    + " "
                                    + row.action()
                                    + (row.resource().isEmpty() ? "" : " " + row.resource()),
                            switch (row.verdict().kind()) {
                                case ALLOWED -> Outcome.PASSED;
                                case DENIED -> Outcome.FAILED;
                                case CONDITIONAL, UNKNOWN -> Outcome.SKIPPED;
                            },
                            row.verdict().isAllowed()
                                    ? ""
                                    : row.verdict().kind() + ": " + row.verdict().reason(),
                            row.requirement().why()));
        return new Suite("keyguard access", cases);
    }

    private static Suite findings(List<Finding> findings) {
        Map<Rule, List<Finding>> byRule = new EnumMap<>(Rule.class);
        for (Finding finding : findings)
            byRule.computeIfAbsent(finding.rule(), _ -> new ArrayList<>()).add(finding);
        List<Case> cases = new ArrayList<>();
        byRule.forEach((rule, own) ->
                cases.add(
                        new Case(
                                "findings",
                                rule.id() + " " + rule.title(),
                                own.stream().anyMatch(Finding::isError)
                                        ? Outcome.FAILED
                                        : Outcome.PASSED,
                                own.getFirst().message(),
                                own.stream()
                                        .map(Finding::line)
                                        .collect(Collectors.joining("\n")))));
        return new Suite("keyguard findings", cases);
    }

    private static Suite changes(Proposal proposal) {
        List<Case> cases = new ArrayList<>();
        for (StatementChange change : proposal.changes())
            cases.add(
                    new Case(
                            "changes",
                            Words.lower(change.kind()) + " " + change.sid(),
                            Outcome.FAILED,
                            "pending: " + change.reason(),
                            change.text()));
        if (proposal.repairs() > 0)
            cases.add(
                    new Case(
                            "changes",
                            "repair",
                            Outcome.FAILED,
                            "pending: "
                                    + Words.counted(proposal.repairs(), "statement")
                                    + " of others to repair",
                            ""));
        return new Suite("keyguard changes", cases);
    }

    private static String write(List<Suite> suites) {
        try {
            JUnitXml writer = new JUnitXml();
            writer.document(suites);
            return writer.text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing XML to memory", e);
        }
    }

    private void document(List<Suite> suites) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        line(0);
        xml.writeStartElement("testsuites");
        for (Suite suite : suites) {
            line(1);
            xml.writeStartElement("testsuite");
            attribute("name", suite.name());
            attribute("tests", String.valueOf(suite.cases().size()));
            attribute("failures", String.valueOf(suite.count(Outcome.FAILED)));
            attribute("errors", "0");
            attribute("skipped", String.valueOf(suite.count(Outcome.SKIPPED)));
            for (Case each : suite.cases()) write(each);
            line(1);
            xml.writeEndElement();
        }
        line(0);
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void write(Case each) throws XMLStreamException {
        line(2);
        boolean silent = each.outcome() == Outcome.PASSED && each.message().isEmpty();
        if (silent) xml.writeEmptyElement("testcase");
        else xml.writeStartElement("testcase");
        attribute("classname", each.group());
        attribute("name", each.name());
        if (silent) return;
        line(3);
        switch (each.outcome()) {
            case PASSED -> xml.writeStartElement("system-out");
            case SKIPPED -> xml.writeStartElement("skipped");
            case FAILED -> xml.writeStartElement("failure");
        }
        if (each.outcome() != Outcome.PASSED) attribute("message", each.message());
        characters(each.detail());
        xml.writeEndElement();
        line(2);
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, fit(value));
    }

    private void characters(String content) throws XMLStreamException {
        xml.writeCharacters(content.lines().map(JUnitXml::fit).collect(Collectors.joining("\n")));
    }

    private void line(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    /// Without access key ids, and without what XML 1.0 cannot hold, which is more than cannot be
    /// shown: the two last code points of the basic plane.
    private static String fit(String words) {
        return SafeText.visible(SafeText.redacted(words))
                .replace("\uFFFE", "\\ufffe")
                .replace("\uFFFF", "\\uffff");
    }
}
