package io.bedrockbudgeteer.shrink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LocalVariable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private static final String MODEL = "software/amazon/awssdk/services/kms/model/";

    @TempDir private static Path work;
    @TempDir private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String functions = "";
    private String libraries = "";

    @BeforeEach
    void jars() throws IOException {
        functions =
                Jars.jar(
                                folder.resolve("function.jar"),
                                Map.of(
                                        "io/bedrockbudgeteer/f/Handler.class",
                                        Jars.code(
                                                "io/bedrockbudgeteer/f/Handler",
                                                Map.of("run", "lib/Used"))))
                        .toString();
        Path first =
                Jars.jar(
                        folder.resolve("first.jar"),
                        Map.of(
                                "lib/Used.class",
                                Jars.code(
                                        "lib/Used", Map.of("run", "lib/Behind", "more", "lib/Not")),
                                "lib/Behind.class",
                                Jars.code("lib/Behind", Map.of("run", "")),
                                "lib/Not.class",
                                Jars.code("lib/Not", Map.of("run", "")),
                                "lib/data.json",
                                "{}".getBytes(UTF_8),
                                "lib/run",
                                "named as a method is".getBytes(UTF_8),
                                "META-INF/lib/version.properties",
                                "version=1".getBytes(UTF_8),
                                "module-info.class",
                                new byte[0],
                                "META-INF/LICENSE.txt",
                                "free".getBytes(UTF_8),
                                "META-INF/services/lib.Service",
                                "lib.Not\nlib.Used\n".getBytes(UTF_8)));
        Path second =
                Jars.jar(
                        folder.resolve("second.jar"),
                        Map.of(
                                "META-INF/LICENSE.txt",
                                "free".getBytes(UTF_8),
                                "META-INF/services/lib.Dead",
                                "lib.Not\n".getBytes(UTF_8)));
        libraries = first + File.pathSeparator + second;
    }

    @Test
    void what_no_function_reaches_is_left_out() throws Exception {
        assertThat(run("small.jar")).as(err::toString).isZero();
        assertThat(names("small.jar"))
                .containsExactly(
                        "META-INF/licenses/first/LICENSE.txt",
                        "META-INF/services/lib.Service",
                        "lib/Behind.class",
                        "lib/Used.class",
                        "lib/run");
        assertThat(text("small.jar", "META-INF/services/lib.Service")).isEqualTo("lib.Used\n");
        assertThat(out.toString(UTF_8)).contains("small.jar: 2 of 3 classes");
    }

    @Test
    void the_share_of_each_library_is_written_down() throws Exception {
        assertThat(run("small.jar")).as(err::toString).isZero();
        int classes =
                bytes("small.jar", "lib/Used.class").length
                        + bytes("small.jar", "lib/Behind.class").length;
        int others = "free".length() + "lib.Used\n".length() + "named as a method is".length();
        assertThat(work.resolve("shares.csv"))
                .content()
                .isEqualTo("library,files,bytes\nfirst,5," + (classes + others) + "\n");
    }

    @Test
    void own_classes_are_left_out_too_and_stay_whole_when_they_are_reached() throws Exception {
        String ours = "io/bedrockbudgeteer/Ours";
        Path own =
                Jars.jar(
                        folder.resolve("own.jar"),
                        Map.of(
                                "lib/Used.class",
                                Jars.code("lib/Used", Map.of("run", ours)),
                                ours + ".class",
                                Jars.code(ours, Map.of("run", "", "other", "")),
                                ours + "Not.class",
                                Jars.code(ours + "Not", Map.of("run", ""))));
        libraries = own.toString();
        assertThat(run("small.jar")).as(err::toString).isZero();
        assertThat(names("small.jar")).containsExactly(ours + ".class", "lib/Used.class");
        assertThat(methods("small.jar", ours))
                .extracting(method -> method.methodName().stringValue())
                .containsExactlyInAnyOrder("run", "other");
    }

    @Test
    void names_and_line_numbers_stay_and_names_of_local_variables_go() throws Exception {
        assertThat(run("small.jar")).as(err::toString).isZero();
        MethodModel method = methods("small.jar", "lib/Used").getFirst();
        assertThat(method.methodName().stringValue()).isEqualTo("run");
        CodeModel code = method.code().orElseThrow();
        assertThat(code.elementList())
                .filteredOn(LineNumber.class::isInstance)
                .extracting(element -> ((LineNumber) element).line())
                .containsExactly(Jars.LINE);
        assertThat(code.elementList()).noneMatch(LocalVariable.class::isInstance);
        assertThat(Texts.of(bytes("small.jar", "lib/Used.class"))).doesNotContain("local");
    }

    @Test
    void the_same_classes_give_the_same_bytes() throws Exception {
        assertThat(List.of(run("one.jar"), run("other.jar"))).containsOnly(0);
        assertThat(folder.resolve("one.jar")).hasSameBinaryContentAs(folder.resolve("other.jar"));
    }

    @Test
    void models_of_operations_that_nobody_calls_are_left_out() throws IOException {
        Path kms =
                Jars.jar(
                        folder.resolve("kms.jar"),
                        Map.of(
                                MODEL + "UsedRequest.class",
                                Jars.code(MODEL + "UsedRequest", Map.of("run", MODEL + "Part$In")),
                                MODEL + "Part.class",
                                Jars.code(MODEL + "Part", Map.of("run", "")),
                                MODEL + "Part$In.class",
                                Jars.code(MODEL + "Part$In", Map.of("run", MODEL + "Deep")),
                                MODEL + "Deep.class",
                                Jars.code(MODEL + "Deep", Map.of("run", "")),
                                MODEL + "OtherRequest.class",
                                Jars.code(MODEL + "OtherRequest", Map.of("run", "")),
                                MODEL + "KmsRequest.class",
                                Jars.code(MODEL + "KmsRequest", Map.of("run", "")),
                                MODEL + "NotFoundException.class",
                                Jars.code(MODEL + "NotFoundException", Map.of("run", ""))));
        Path user =
                Jars.jar(
                        folder.resolve("user.jar"),
                        Map.of(
                                "io/bedrockbudgeteer/U.class",
                                Jars.code(
                                        "io/bedrockbudgeteer/U",
                                        Map.of("run", MODEL + "UsedRequest"))));
        assertThat(Models.needed(Bundle.read(List.of(user)), Bundle.read(List.of(kms))))
                .containsExactlyInAnyOrder(
                        MODEL + "UsedRequest",
                        MODEL + "Part",
                        MODEL + "Deep",
                        MODEL + "KmsRequest",
                        MODEL + "NotFoundException");
    }

    @Test
    void two_jars_that_disagree_about_a_file_are_refused() throws IOException {
        Path other =
                Jars.jar(
                        folder.resolve("other.jar"), Map.of("lib/data.json", "[]".getBytes(UTF_8)));
        libraries += File.pathSeparator + other;
        assertThat(run("small.jar")).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .isEqualToNormalizingNewlines(
                        "shrink: lib/data.json is in two jars, with different content\n");
        assertThat(folder.resolve("small.jar")).doesNotExist();
    }

    @Test
    void a_jar_that_is_missing_is_named() {
        functions = folder.resolve("nowhere.jar").toString();
        assertThat(run("small.jar")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("nowhere.jar is not there; run mvn package");
    }

    private int run(String result) {
        return Main.run(
                List.of(functions, libraries, work.toString(), folder.resolve(result).toString()),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
    }

    private List<String> names(String jar) throws IOException {
        try (ZipFile zip = new ZipFile(folder.resolve(jar).toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }

    private String text(String jar, String entry) throws IOException {
        return new String(bytes(jar, entry), UTF_8);
    }

    private byte[] bytes(String jar, String entry) throws IOException {
        try (ZipFile zip = new ZipFile(folder.resolve(jar).toFile())) {
            return zip.getInputStream(zip.getEntry(entry)).readAllBytes();
        }
    }

    private List<MethodModel> methods(String jar, String type) throws IOException {
        return ClassFile.of().parse(bytes(jar, type + ".class")).methods();
    }
}
