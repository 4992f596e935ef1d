package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.json.Json;
import io.bedrockbudgeteer.keyguard.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/// What check and plan print, in every form.
class ReportTest {

    @TempDir private Path folder = Path.of(".");

    record Printed(ReportCase input, String command) {
        @Override
        public String toString() {
            return command + " " + input;
        }
    }

    static List<Printed> cases() {
        List<Printed> cases = new ArrayList<>();
        for (ReportCase input : ReportCase.all())
            for (String command : List.of("check", "plan")) cases.add(new Printed(input, command));
        return cases;
    }

    @Test
    void the_table_of_cases_is_complete_and_no_golden_file_is_left_over() throws IOException {
        assertThat(cases()).hasSize(18);
        int kept = cases().stream().mapToInt(each -> each.input().kept().files()).sum();
        assertThat(kept).isEqualTo(2 * (7 + 3 * 4 + 5));
        try (Stream<Path> files = Files.list(Golden.FOLDER.resolve("report"))) {
            assertThat(files).hasSize(kept);
        }
    }

    private static String golden(Printed printed, String form) {
        return "report/" + printed.input().name() + "-" + printed.command() + form;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void text_is_as_agreed(Printed printed) throws IOException {
        String[] arguments = printed.input().arguments(printed.command());
        for (int columns : List.of(80, 120)) {
            Cli.Ended plain = Cli.wide(false, columns, arguments);
            assertThat(plain.err()).isEmpty();
            assertThat(plain.code()).isEqualTo(printed.input().code(printed.command()));
            Cli.Ended coloured = Cli.wide(true, columns, arguments);
            assertThat(coloured.out()).contains("\u001B[");
            assertThat(coloured.out().replaceAll("\u001B\\[[0-9;]*m", "")).isEqualTo(plain.out());

            boolean every = printed.input().kept() != ReportCase.Kept.TEXT;
            if (every || columns == 80)
                Golden.check(golden(printed, "-" + columns + ".txt"), plain.out());
            if (every)
                Golden.check(golden(printed, "-" + columns + "-in-colour.txt"), coloured.out());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void text_fits_the_width_and_loses_nothing(Printed printed) {
        String narrow = Cli.wide(false, 80, printed.input().arguments(printed.command())).out();
        String wide = Cli.wide(false, 120, printed.input().arguments(printed.command())).out();
        assertThat(narrow.lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(wide.lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
        assertThat(narrow).doesNotContain("…");
        assertThat(letters(narrow)).isEqualTo(letters(wide));
    }

    /// Every character but blanks and marks at the margin, in any order: columns of a table are
    /// read line by line.
    private static List<Integer> letters(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("^      [+-] ", ""))
                .flatMap(line -> line.chars().filter(c -> c != ' ').boxed())
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void json_sarif_and_junit_are_as_agreed(Printed printed) throws IOException {
        for (String form : List.of("json", "sarif", "junit")) {
            Cli.Ended ended = Cli.run(printed.input().arguments(printed.command(), "-o", form));
            assertThat(ended.err()).isEmpty();
            assertThat(ended.code()).isEqualTo(printed.input().code(printed.command()));
            if (printed.input().kept() == ReportCase.Kept.ALL)
                Golden.check(
                        golden(printed, form.equals("junit") ? ".xml" : "." + form), ended.out());
        }
    }

    @Test
    void json_of_a_plan_shows_each_change_before_and_after() {
        Json.Obj plan = json("outdated", "plan");
        assertThat(plan.string("result")).contains("CHANGES");
        List<String> changes = new ArrayList<>();
        for (Json each : items(plan, "changes")) {
            Json.Obj change = object(each);
            changes.add(
                    change.string("kind").orElseThrow()
                            + " "
                            + isObject(change, "before")
                            + " "
                            + isObject(change, "after"));
        }
        assertThat(changes)
                .containsExactlyInAnyOrder(
                        "REMOVE true false",
                        "CHANGE true true",
                        "ADD false true",
                        "ADD false true",
                        "ADD false true");
        assertThat(items(plan, "repairs")).isEmpty();
    }

    @Test
    void json_of_a_plan_shows_repairs_and_the_policy_that_results() {
        Json.Obj plan = json("orphan-repaired", "plan");
        List<Json> repairs = items(plan, "repairs");
        assertThat(repairs).isNotEmpty();
        String before = member(member(plan, "policy"), "before").string("text").orElseThrow();
        String after = member(member(plan, "policy"), "after").string("text").orElseThrow();
        for (Json repair : repairs)
            for (Json id : items(object(repair), "ids")) {
                String orphan = ((Json.Str) id).value();
                assertThat(before).contains(orphan);
                assertThat(after).doesNotContain(orphan);
            }
    }

    @Test
    void json_of_a_plan_that_is_refused_has_errors_and_no_changes() {
        Json.Obj plan = json("deny", "plan");
        assertThat(plan.string("result")).contains("REFUSED");
        assertThat(items(plan, "changes")).isEmpty();
        assertThat(isObject(member(plan, "policy"), "after")).isFalse();
        assertThat(object(items(plan, "findings").getFirst()).string("severity")).contains("error");
    }

    private static Json.Obj json(String name, String command) {
        return JsonReader.readObject(
                Cli.run(ReportCase.named(name).arguments(command, "-o", "json")).out());
    }

    private static boolean isObject(Json.Obj parent, String name) {
        return parent.get(name).orElseThrow() instanceof Json.Obj;
    }

    @Test
    void findings_stand_in_the_order_of_their_severity() {
        List<String> severities = new ArrayList<>();
        for (Json each : items(json("deny", "check"), "findings"))
            severities.add(object(each).string("severity").orElseThrow());
        assertThat(severities).contains("error", "warning");
        assertThat(severities)
                .isSortedAccordingTo(
                        Comparator.comparingInt(List.of("error", "warning", "info")::indexOf));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_run_that_only_reports_ends_well_and_prints_the_same(Printed printed) {
        String[] arguments = printed.input().arguments(printed.command());
        Cli.Ended ended = Cli.run(printed.input().arguments(printed.command(), "--exit-zero"));
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEqualTo(Cli.run(arguments).out());
    }

    @Test
    void every_result_of_sarif_names_its_rule_and_a_line_of_the_file() {
        ReportCase deny = ReportCase.named("deny");
        Json.Obj root =
                JsonReader.readObject(Cli.run(deny.arguments("check", "-o", "sarif")).out());
        Json.Obj run = object(items(root, "runs").getFirst());
        Json.Obj driver = member(member(run, "tool"), "driver");
        List<Json> rules = items(driver, "rules");
        assertThat(rules.size()).isGreaterThan(40);
        List<Json> results = items(run, "results");
        assertThat(results).isNotEmpty();
        for (Json each : results) {
            Json.Obj result = object(each);
            int index = Integer.parseInt(((Json.Num) result.get("ruleIndex").orElseThrow()).text());
            assertThat(object(rules.get(index)).string("id")).isEqualTo(result.string("ruleId"));
            Json.Obj place = object(items(result, "locations").getFirst());
            Json.Obj physical = member(place, "physicalLocation");
            assertThat(member(physical, "artifactLocation").string("uri"))
                    .contains(ReportCase.file("deny"));
            String line =
                    ((Json.Num) member(physical, "region").get("startLine").orElseThrow()).text();
            if (result.string("ruleId").orElseThrow().equals("POL007"))
                assertThat(line).isEqualTo("28"); // where the statement begins
        }
    }

    @Test
    void a_policy_on_standard_input_has_no_place_in_sarif() throws IOException {
        String out =
                Cli.runOn(
                                Files.readAllBytes(Path.of(ReportCase.file("deny"))),
                                "check",
                                "--key-file",
                                ReportCase.file("key"),
                                "--policy-file",
                                "-",
                                "-o",
                                "sarif")
                        .out();
        assertThat(out)
                .contains("\"fullyQualifiedName\"")
                .doesNotContain("physicalLocation", "standard input");
    }

    @Test
    void junit_counts_what_it_lists() throws Exception {
        for (Printed printed : cases()) {
            String xml = Cli.run(printed.input().arguments(printed.command(), "-o", "junit")).out();
            Document document = xml(xml);
            NodeList suites = document.getElementsByTagName("testsuite");
            assertThat(suites.getLength()).isEqualTo(printed.command().equals("check") ? 2 : 3);
            for (int i = 0; i < suites.getLength(); i++) {
                Element suite = (Element) suites.item(i);
                for (String[] pair :
                        new String[][] {
                            {"tests", "testcase"}, {"failures", "failure"}, {"skipped", "skipped"}
                        })
                    assertThat(suite.getElementsByTagName(pair[1]).getLength())
                            .as(printed + " " + suite.getAttribute("name"))
                            .isEqualTo(Integer.parseInt(suite.getAttribute(pair[0])));
            }
        }
    }

    /// A policy comes from anybody.
    @Test
    void hostile_text_of_a_policy_harms_no_form() throws Exception {
        Path policy = folder.resolve("evil.json");
        Files.writeString(
                policy,
                Files.readString(Path.of(ReportCase.file("default")))
                        .replace(
                                "\"Statement\": [",
                                "\"Statement\": [ {\"Sid\":\"</failure>]]>&\\u001b[31m\\uffff\\u202e\\ud800AKIAABCDEFGHIJKLMNOP\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"kms:*\",\"Resource\":\"*\"},"));
        for (String command : List.of("check", "plan")) {
            String[] files = {
                command, "--key-file", ReportCase.file("key"), "--policy-file", policy.toString()
            };
            Cli.Ended text = Cli.run(files);
            assertThat(text.code()).isEqualTo(1);
            assertThat(text.out())
                    .contains("\\u001b[31m", "POL007")
                    .doesNotContain("\u001B", "\u202E", "AKIAABCDEFGHIJKLMNOP");
            for (String form : List.of("json", "sarif", "junit")) {
                List<String> arguments = new ArrayList<>(List.of(files));
                arguments.addAll(List.of("-o", form));
                Cli.Ended ended = Cli.run(arguments.toArray(String[]::new));
                assertThat(ended.code()).isEqualTo(1);
                if (form.equals("junit")) xml(ended.out());
                else JsonReader.read(ended.out());
            }
        }
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)));
    }

    private static List<Json> items(Json.Obj parent, String name) {
        return ((Json.Arr) parent.get(name).orElseThrow()).items();
    }

    private static Json.Obj member(Json.Obj parent, String name) {
        return object(parent.get(name).orElseThrow());
    }

    private static Json.Obj object(Json json) {
        return (Json.Obj) json;
    }
}
