package io.bedrockbudgeteer.local.template;

import static io.bedrockbudgeteer.local.template.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SectionsTest {

    private static final String TOPIC = "Resources: {Topic: {Type: 'AWS::SNS::Topic'}}\n";

    record Refused(String yaml, String message) {}

    static List<Refused> refusals() {
        return List.of(
                new Refused("Parameters: {}", "Resources: must have at least one resource"),
                new Refused("Resources: {}", "Resources: must have at least one resource"),
                new Refused("Resources: [a]", "Resources: must be a map, found a list"),
                new Refused(
                        TOPIC + "Resource: {}",
                        "invalid template section Resource; known are [AWSTemplateFormatVersion,"),
                new Refused(TOPIC + "Hooks: {}", "not modelled here: template section Hooks"),
                new Refused(
                        TOPIC + "AWSTemplateFormatVersion: 2012-10-17",
                        "AWSTemplateFormatVersion: must be '2010-09-09', found '2012-10-17'"),
                new Refused(TOPIC + "Description: [a]", "Description: must be text, found a list"),
                new Refused(
                        TOPIC + "Description: " + "ü".repeat(513),
                        "Description: must have at most 1024 bytes"),
                new Refused(TOPIC + "Metadata: a", "Metadata: must be a map, found text"),
                new Refused(
                        TOPIC + "Globals: {Function: {}}",
                        "Globals: needs Transform: AWS::Serverless-2016-10-31"),
                new Refused(
                        TOPIC + "Parameters: {Topic: {Type: String}}",
                        "Resources.Topic: has the name of a parameter"),
                new Refused(
                        TOPIC + "Parameters: {My-Name: {Type: String}}",
                        "Parameters: 'My-Name' is no name"),
                new Refused(TOPIC + "Outputs: {A: {Description: a}}", "Outputs.A: has no Value"),
                new Refused(
                        TOPIC + "Outputs: {A: {Value: a, Export: {Name: b}}}",
                        "not modelled here: output attribute Export at Outputs.A"),
                new Refused(
                        TOPIC + "Outputs: {A: {Value: a, Other: b}}",
                        "Outputs.A.Other: is no attribute of an output"),
                new Refused(
                        TOPIC + "Outputs: {A: {Value: a, Description: !Ref B}}",
                        "Outputs.A.Description: must be text"),
                new Refused(
                        TOPIC + "Outputs: {A: {Value: a, Condition: !Ref B}}",
                        "Outputs.A.Condition: must be text"),
                new Refused(
                        resource("Properties: {}"),
                        "Resources.R.Type: must be text, found nothing"),
                new Refused(
                        resource("Type: Topic"), "Resources.R.Type: 'Topic' is no resource type"),
                new Refused(
                        resource("Type: AWS::SNS::Topic, Property: {}"),
                        "Resources.R.Property: is no attribute of a resource"),
                new Refused(
                        resource("Type: AWS::SNS::Topic, Properties: []"),
                        "Resources.R.Properties: must be a map, found a list"),
                new Refused(
                        resource("Type: AWS::SNS::Topic, UpdatePolicy: {}"),
                        "not modelled here: resource attribute UpdatePolicy at Resources.R"),
                new Refused(
                        resource("Type: AWS::SNS::Topic, CreationPolicy: {}"),
                        "not modelled here: resource attribute CreationPolicy"),
                new Refused(
                        resource("Type: AWS::SNS::Topic, DeletionPolicy: Keep"),
                        "Resources.R.DeletionPolicy: must be one of [Delete, Retain, RetainExceptOnCreate], found 'Keep'"),
                new Refused(
                        resource("Type: AWS::SNS::Topic, DeletionPolicy: !If [A, Retain, Delete]"),
                        "Resources.R.DeletionPolicy: must be text"),
                new Refused(
                        resource("Type: AWS::SNS::Topic, DeletionPolicy: Snapshot"),
                        "not modelled here: DeletionPolicy Snapshot"),
                new Refused(
                        resource(
                                "Type: AWS::SNS::Topic, UpdateReplacePolicy: RetainExceptOnCreate"),
                        "Resources.R.UpdateReplacePolicy: must be one of [Delete, Retain]"),
                new Refused(
                        resource("Type: AWS::SNS::Topic, Condition: [a]"),
                        "Resources.R.Condition: must be text"),
                new Refused(
                        resource("Type: AWS::SNS::Topic, DependsOn: [!Ref A]"),
                        "Resources.R.DependsOn[0]: must be text"),
                new Refused(
                        resource("Type: AWS::SNS::Topic, DependsOn: {}"),
                        "Resources.R.DependsOn: must be a list"),
                new Refused(
                        resource("Type: 'Custom::a.b'"),
                        "Resources.R.Type: 'Custom::a.b' is no custom resource type"),
                new Refused(
                        resource("Type: 'Custom::" + "a".repeat(53) + "'"),
                        "at most 60 characters in all"),
                new Refused(
                        "Resources: {'My Topic': {Type: 'AWS::SNS::Topic'}}",
                        "Resources: 'My Topic' is no name: 1 to 255 letters and digits"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_template_that_cloudformation_refuses_is_refused_when_read(Refused row) {
        assertThat(refusal(() -> Texts.template(row.yaml()))).contains(row.message());
    }

    @Test
    void no_case_has_gone_missing() {
        assertThat(refusals()).hasSize(33);
    }

    @Test
    void the_limits_of_a_template_are_inclusive() {
        assertThat(
                        refusal(() ->
                                Texts.template(
                                        entries("Resources", 500, "{Type: 'AWS::SNS::Topic'}"))))
                .isEqualTo("accepted");
        assertThat(
                        refusal(() ->
                                Texts.template(
                                        entries("Resources", 501, "{Type: 'AWS::SNS::Topic'}"))))
                .isEqualTo("Resources: has 501 entries, CloudFormation takes at most 500");
        assertThat(
                        refusal(() ->
                                Texts.template(
                                        TOPIC + entries("Parameters", 200, "{Type: String}"))))
                .isEqualTo("accepted");
        assertThat(
                        refusal(() ->
                                Texts.template(
                                        TOPIC + entries("Parameters", 201, "{Type: String}"))))
                .contains("at most 200");
        assertThat(refusal(() -> Texts.template(TOPIC + entries("Outputs", 200, "{Value: a}"))))
                .isEqualTo("accepted");
        assertThat(refusal(() -> Texts.template(TOPIC + entries("Outputs", 201, "{Value: a}"))))
                .contains("at most 200");
        assertThat(refusal(() -> Texts.template(TOPIC + entries("Mappings", 201, "{a: {b: c}}"))))
                .contains("at most 200");
        assertThat(
                        refusal(() ->
                                Texts.template(resource("Type: 'Custom::" + "a".repeat(52) + "'"))))
                .isEqualTo("accepted");
    }

    @Test
    void too_many_dynamic_references_are_told_apart_from_references_that_are_not_modelled() {
        String sixty = entries("Outputs", 60, "{Value: '{{resolve:ssm:a}}'}");
        String sixtyOne =
                entries("Outputs", 30, "{Value: '{{resolve:ssm:a}} {{resolve:ssm:b}}'}")
                        + "Description: '{{resolve:ssm:a}}'";

        assertThat(refusal(() -> Texts.template(TOPIC + sixty)))
                .isEqualTo(
                        "not modelled here: dynamic reference {{resolve:…}} in the template (60 of them)");
        assertThat(refusal(() -> Texts.template(TOPIC + sixtyOne)))
                .isEqualTo(
                        "the template has 61 dynamic references, CloudFormation takes at most 60");
    }

    @Test
    void a_file_is_named_in_the_message(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("wrong.yaml"),
                        "Resources:\n  Topic: {Type: 'AWS::SNS::Topic'}\n  Topic: {}\n");

        assertThat(refusal(() -> Template.read(file)))
                .isEqualTo(
                        "wrong.yaml: line 3, column 3: key 'Topic' appears twice, first in line 2, column 3; remove one");
        assertThat(refusal(() -> Template.read(folder.resolve("missing.yaml"))))
                .startsWith("missing.yaml: no such file");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff});
        assertThat(refusal(() -> Template.read(binary))).isEqualTo("binary: is not UTF-8 text");
    }

    @Test
    void a_template_may_have_the_size_that_s3_allows(@TempDir Path folder) {
        assertThat(refusal(() -> Template.read(sized(folder, 51_201)))).isEqualTo("accepted");
        assertThat(refusal(() -> Template.read(sized(folder, 1_000_000)))).isEqualTo("accepted");
        assertThat(refusal(() -> Template.read(sized(folder, 1_000_001))))
                .isEqualTo(
                        "1000001.yaml: has 1000001 bytes, CloudFormation takes at most 1000000 from S3");
    }

    @Test
    void a_template_does_not_change_with_what_it_was_made_from() {
        Map<String, Object> properties = new HashMap<>(Map.of("Name", "a"));
        Map<String, Object> tree =
                new LinkedHashMap<>(
                        Map.of(
                                "Resources",
                                Map.of(
                                        "R",
                                        Map.of("Type", "Custom::R", "Properties", properties))));
        Template template = new Template(tree, Path.of("."));
        properties.put("Name", "b");

        assertThat(template.tree())
                .isEqualTo(
                        Map.of(
                                "Resources",
                                Map.of(
                                        "R",
                                        Map.of(
                                                "Type",
                                                "Custom::R",
                                                "Properties",
                                                Map.of("Name", "a")))));
        assertThat(
                        refusal(() ->
                                new Template(
                                        Map.of("Resources", Map.of("R", Map.of(1, "a"))),
                                        Path.of("."))))
                .isEqualTo("Resources.R: key 1 is not text");
        assertThat(refusal(() -> new Template(Map.of("Resources", Path.of(".")), Path.of("."))))
                .endsWith("cannot stand in a template");
    }

    private static Path sized(Path folder, int bytes) {
        String head = TOPIC + "# ";
        try {
            return Files.writeString(
                    folder.resolve(bytes + ".yaml"), head + "x".repeat(bytes - head.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String attributes) {
        return "Resources: {R: {" + attributes + "}}";
    }

    private static String entries(String section, int count, String entry) {
        StringBuilder out = new StringBuilder(section + ":\n");
        IntStream.range(0, count)
                .forEach(i -> out.append("  N").append(i).append(": ").append(entry).append('\n'));
        return out.toString();
    }
}
