package io.bedrockbudgeteer.local.template;

import static io.bedrockbudgeteer.local.template.Texts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamTransformTest {

    private static final String HEAD = "Transform: AWS::Serverless-2016-10-31\n";
    private static final String FUNCTION =
            "Type: 'AWS::Serverless::Function', Properties: {Handler: h, Runtime: java25, CodeUri: a.zip, Role: r";
    private static final String LAYER =
            "Type: 'AWS::Serverless::LayerVersion', Properties: {ContentUri: a.zip";

    record Refused(String resource, String message) {}

    static List<Refused> refusals() {
        return List.of(
                new Refused(
                        FUNCTION + ", Events: {}}",
                        "not modelled here: property Events of AWS::Serverless::Function at Resources.R.Properties"),
                new Refused(
                        FUNCTION + ", AutoPublishAlias: live}",
                        "not modelled here: property AutoPublishAlias"),
                new Refused(
                        FUNCTION + ", InlineCode: x}", "not modelled here: property InlineCode"),
                new Refused(FUNCTION + ", SnapStart: {}}", "not modelled here: property SnapStart"),
                new Refused(FUNCTION + ", Tracing: Active}", "not modelled here: property Tracing"),
                new Refused(FUNCTION + ", Nonsense: a}", "not modelled here: property Nonsense"),
                new Refused(
                        FUNCTION + ", EventInvokeConfig: {DestinationConfig: {}}}",
                        "not modelled here: property DestinationConfig of EventInvokeConfig"),
                new Refused(
                        FUNCTION + ", Tags: {'lambda:createdBy': me}}",
                        "Resources.R.Properties.Tags.lambda:createdBy: is a reserved tag"),
                new Refused(
                        FUNCTION + ", Tags: !Ref P}",
                        "not modelled here: function in the place of Tags"),
                new Refused(
                        FUNCTION + ", Environment: a}",
                        "Resources.R.Properties.Environment: must be a map"),
                new Refused(
                        FUNCTION + ", Layers: a}", "Resources.R.Properties.Layers: must be a list"),
                new Refused(
                        FUNCTION.replace("Role: r", "Role: !If [A, !Ref 'AWS::NoValue', r]") + "}",
                        "not modelled here: Role that is AWS::NoValue"),
                new Refused(
                        FUNCTION.replace("Role: r", "Role: [r]") + "}",
                        "Resources.R.Properties.Role: must be the ARN of a role"),
                new Refused(
                        FUNCTION.replace(", Role: r", ", Policies: AWSLambdaExecute") + "}",
                        "not modelled here: policy that is neither a document nor an ARN"),
                new Refused(
                        FUNCTION.replace(
                                        ", Role: r",
                                        ", Policies: [{SQSPollerPolicy: {QueueName: q}}]")
                                + "}",
                        "at Resources.R.Properties.Policies[0]"),
                new Refused(
                        FUNCTION.replace("CodeUri: a.zip, ", "") + "}",
                        "Resources.R.Properties: must have CodeUri"),
                new Refused(
                        FUNCTION.replace("Runtime: java25, ", "") + "}",
                        "must have Runtime, in the function or in Globals"),
                new Refused(FUNCTION.replace("Handler: h, ", "") + "}", "must have Handler"),
                new Refused(
                        FUNCTION.replace("a.zip", "target/classes") + "}",
                        "'target/classes' is no zip; build first and name the packaged zip"),
                new Refused(
                        FUNCTION.replace("a.zip", "s3://bucket") + "}",
                        "'s3://bucket' is not of the form s3://bucket/key"),
                new Refused(
                        FUNCTION.replace("a.zip", "'s3://b/k?other=1'") + "}",
                        "not modelled here: query 'other=1' of a code location"),
                new Refused(
                        FUNCTION.replace("a.zip", "{Bucket: b}") + "}",
                        "Resources.R.Properties.CodeUri: must have Bucket and Key"),
                new Refused(
                        FUNCTION.replace("a.zip", "[a]") + "}",
                        "Resources.R.Properties.CodeUri: must be a map"),
                new Refused(
                        FUNCTION + "}, IgnoreGlobals: '*'",
                        "not modelled here: resource attribute IgnoreGlobals"),
                new Refused(
                        FUNCTION + "}, Connectors: {}",
                        "not modelled here: resource attribute Connectors"),
                new Refused(
                        LAYER + ", PublishLambdaVersion: true}",
                        "not modelled here: property PublishLambdaVersion of AWS::Serverless::LayerVersion"),
                new Refused(
                        LAYER + ", RetentionPolicy: Keep}",
                        "RetentionPolicy: must be Retain or Delete, found 'Keep'"),
                new Refused(
                        LAYER + ", RetentionPolicy: !If [A, a, b]}",
                        "Resources.R.Properties.RetentionPolicy: must be text"),
                new Refused(
                        LAYER + ", CompatibleArchitectures: [arm]}",
                        "CompatibleArchitectures[0]: must be arm64 or x86_64, found arm"),
                new Refused(
                        LAYER + ", LayerName: 12}",
                        "LayerName: must be text, found 12; put it in quotes"),
                new Refused(
                        LAYER + ", LayerName: !Sub 'a-${Number}'}",
                        "Fn::Sub expects text, but parameter Number has the default 7"),
                new Refused(
                        LAYER.replace("ContentUri: a.zip", "LayerName: a") + "}",
                        "Resources.R.Properties: must have ContentUri"),
                new Refused(
                        "Type: 'AWS::Serverless::Api'",
                        "not modelled here: SAM type AWS::Serverless::Api at Resources.R"),
                new Refused(
                        "Type: 'AWS::Serverless::StateMachine'",
                        "not modelled here: SAM type AWS::Serverless::StateMachine"),
                new Refused(
                        "Type: 'AWS::Serverless::Nonsense'",
                        "not modelled here: SAM type AWS::Serverless::Nonsense"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void what_is_outside_the_subset_is_refused_by_name(Refused row) {
        String template =
                HEAD
                        + "Parameters: {P: {Type: String, Default: p}, Number: {Type: Number, Default: 7}}\nConditions: {A: !Equals [a, b]}\nResources: {R: {"
                        + row.resource()
                        + "}}";

        assertThat(refusal(() -> Texts.template(template).transformed(Map.of(), "us-east-1")))
                .contains(row.message());
    }

    static List<Refused> refusedHeads() {
        return List.of(
                new Refused(
                        "Transform: AWS::LanguageExtensions",
                        "not modelled here: transform AWS::LanguageExtensions"),
                new Refused(
                        "Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]",
                        "not modelled here: transform AWS::LanguageExtensions"),
                new Refused("Transform: {Name: 'AWS::Include'}", "Transform: must be text"),
                new Refused(HEAD + "Globals: {Api: {}}", "not modelled here: Globals.Api"),
                new Refused(
                        HEAD + "Globals: {Function: {Events: {}}}",
                        "Globals.Function.Events: cannot be global"),
                new Refused(
                        HEAD + "Globals: {Function: {Role: r}}",
                        "Globals.Function.Role: cannot be global; set it in each function"),
                new Refused(
                        HEAD + "Globals: {Function: {VpcConfig: {}}}",
                        "not modelled here: property VpcConfig"));
    }

    @ParameterizedTest
    @MethodSource("refusedHeads")
    void other_transforms_and_globals_are_refused_by_name(Refused row) {
        assertThat(
                        refusal(() ->
                                Texts.template(
                                                row.resource()
                                                        + "\nResources: {R: {Type: 'AWS::SNS::Topic'}}")
                                        .transformed()))
                .contains(row.message());
    }

    @Test
    void no_case_has_gone_missing() {
        assertThat(refusals()).hasSize(35);
        assertThat(refusedHeads()).hasSize(7);
    }

    @Test
    void a_template_without_a_transform_stays_as_it_is() {
        Template template = Texts.template("Resources: {R: {Type: 'AWS::SNS::Topic'}}");

        assertThat(template.transformed()).isSameAs(template);
    }

    /// The id that aws-sam-translator 1.110 gives this layer.
    @Test
    void the_id_of_a_layer_is_the_translators_also_where_there_is_no_python() {
        Template template =
                Texts.template(
                        HEAD
                                + "Resources: {Lib: {Type: 'AWS::Serverless::LayerVersion', "
                                + "Properties: {LayerName: naïve, ContentUri: 's3://bucket/key', CompatibleRuntimes: [java25]}}}");

        assertThat(Tree.map(template.transformed().tree().get("Resources"), Where.ROOT))
                .containsOnlyKeys("Libcfc93ede87");
    }

    @Test
    void other_content_makes_another_layer_and_another_function(@TempDir Path folder)
            throws IOException {
        Path zip = Files.writeString(folder.resolve("a.zip"), "one");
        Template template =
                Template.of(
                        HEAD
                                + "Resources: {Lib: {"
                                + LAYER
                                + "}}, Fun: {"
                                + FUNCTION
                                + ", Layers: [!Ref Lib]}}}",
                        folder);
        Map<String, Object> first = resources(template.transformed());
        assertThat(resources(template.transformed())).isEqualTo(first);

        Files.writeString(zip, "two");
        Map<String, Object> second = resources(template.transformed());

        assertThat(second.keySet())
                .doesNotContainAnyElementsOf(
                        first.keySet().stream().filter(id -> id.startsWith("Lib")).toList());
        assertThat(second.get("Fun")).isNotEqualTo(first.get("Fun"));
    }

    @Test
    void a_local_zip_is_found_beside_the_template(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("target"));
        Files.writeString(folder.resolve("target/a.zip"), "abc");
        Template template =
                Template.of(
                        HEAD
                                + "Resources: {Fun: {"
                                + FUNCTION.replace("a.zip", "./target/a.zip")
                                + "}}}",
                        folder);

        Map<String, Object> code = code(template.transformed());

        assertThat(LocalZip.in(code, folder)).contains(folder.resolve("target/a.zip"));
        assertThat(code)
                .containsEntry(
                        "Sha256",
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(LocalZip.in(Map.of("S3Bucket", "b", "S3Key", "k"), folder)).isEmpty();
    }

    @Test
    void a_zip_that_is_not_built_yet_has_no_hash(@TempDir Path folder) {
        Template template = Template.of(HEAD + "Resources: {Fun: {" + FUNCTION + "}}}", folder);

        assertThat(code(template.transformed())).isEqualTo(Map.of("LocalZip", "a.zip"));
    }

    @Test
    void what_depends_on_the_region_is_not_made_without_one() {
        Template template =
                Texts.template(
                        HEAD + "Resources: {Fun: {" + FUNCTION.replace(", Role: r", "") + "}}}");

        assertThat(refusal(template::transformed))
                .isEqualTo(
                        "Resources.Fun.Properties: depends on the Region; transform the template for one");
        assertThat(resources(template.transformed(Map.of(), "cn-north-1"))).containsKey("FunRole");
        assertThat(refusal(() -> template.transformed(Map.of(), "us-isob-east-1")))
                .contains("not modelled here: Region us-isob-east-1");
    }

    @Test
    void a_template_transformed_for_other_values_is_not_deployed() {
        Template template =
                Texts.template(
                        HEAD
                                + "Parameters: {P: {Type: String, Default: p}}\nResources: {Lib: {"
                                + LAYER
                                + ", LayerName: !Sub '${P}-${AWS::Region}'}}}");
        Template forP = template.transformed(Map.of(), "us-east-1");

        assertThat(forP.inlined()).isEqualTo(Map.of("P", "p", "AWS::Region", "us-east-1"));
        assertThat(refusal(() -> Deployment.of(forP, Map.of(), Places.VIRGINIA)))
                .isEqualTo("accepted");
        assertThat(refusal(() -> Deployment.of(forP, Map.of("P", "q"), Places.VIRGINIA)))
                .isEqualTo(
                        "the template was transformed with another value of P than this deployment has; deploy the template before its transform");
        assertThat(
                        refusal(() ->
                                Deployment.of(
                                        forP,
                                        Map.of(),
                                        Places.of("cn-north-1", "aws-cn", "amazonaws.com.cn"))))
                .contains("another value of AWS::Region");
        assertThat(refusal(() -> Deployment.of(template, Map.of("P", "q"), Places.VIRGINIA)))
                .isEqualTo("accepted");
    }

    @Test
    void a_generated_name_that_is_taken_is_refused() {
        String function = FUNCTION + ", EventInvokeConfig: {MaximumRetryAttempts: 1}}";

        assertThat(
                        refusal(() ->
                                Texts.template(
                                                HEAD
                                                        + "Resources: {Fun: {"
                                                        + function
                                                        + "}, FunEventInvokeConfig: {Type: 'AWS::SNS::Topic'}}")
                                        .transformed()))
                .isEqualTo(
                        "Resources.Fun: SAM makes a resource FunEventInvokeConfig from it, but that name is taken; rename one");
    }

    @Test
    void resources_keep_their_place_in_the_template() {
        Template template =
                Texts.template(
                        HEAD
                                + "Resources: {A: {Type: 'AWS::SNS::Topic'}, Lib: {"
                                + LAYER
                                + "}}, Fun: {"
                                + FUNCTION
                                + "}}, Z: {Type: 'AWS::SNS::Topic'}}");

        assertThat(
                        resources(template.transformed()).keySet().stream()
                                .map(id -> id.substring(0, 1))
                                .toList())
                .containsExactly("A", "L", "F", "Z");
    }

    private static Map<String, Object> resources(Template template) {
        return Tree.map(template.tree().get("Resources"), Where.ROOT);
    }

    private static Map<String, Object> code(Template template) {
        Object function = Optional.ofNullable(resources(template).get("Fun")).orElseThrow();
        Object properties = Tree.map(function, Where.ROOT).get("Properties");
        return Tree.map(Tree.map(properties, Where.ROOT).get("Code"), Where.ROOT);
    }
}
