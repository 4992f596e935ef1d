package io.bedrockbudgeteer.shrink;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_MethodType;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.ofCallsiteBootstrap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LambdasTest {
    private static final int SAMPLES = 36;

    @TempDir private Path folder;

    private Bundle compiled(int release) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source")).resolve("Samples.java");
        try (InputStream text =
                Objects.requireNonNull(LambdasTest.class.getResourceAsStream("Samples.java.txt"))) {
            Files.write(source, text.readAllBytes());
        }
        Path classes = Files.createDirectories(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        boolean done =
                compiler.getTask(
                                said,
                                null,
                                null,
                                List.of("--release", "" + release, "-d", classes.toString()),
                                null,
                                compiler.getStandardFileManager(null, null, UTF_8)
                                        .getJavaFileObjects(source))
                        .call();
        assertThat(done).as(said.toString()).isTrue();
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(Files::isRegularFile).toList())
                files.put(classes.relativize(file).toString(), Files.readAllBytes(file));
        }
        return new Bundle(files);
    }

    private static Map<?, ?> run(Bundle bundle) throws Exception {
        ClassLoader loader =
                new ClassLoader(null) {
                    @Override
                    protected Class<?> findClass(String name) throws ClassNotFoundException {
                        String internal = name.replace('.', '/');
                        if (!bundle.has(internal)) throw new ClassNotFoundException(name);
                        byte[] code = bundle.code(internal);
                        return defineClass(name, code, 0, code.length);
                    }
                };
        return (Map<?, ?>) loader.loadClass("sample.Samples").getMethod("all").invoke(null);
    }

    private static List<String> factories(Bundle bundle) {
        return bundle.classes()
                .flatMap(name -> ClassFile.of().parse(bundle.code(name)).methods().stream())
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .filter(InvokeDynamicInstruction.class::isInstance)
                .map(call -> ((InvokeDynamicInstruction) call).bootstrapMethod().methodName())
                .toList();
    }

    // The SDK is compiled for Java 8, the library for 25: nests and calls of private methods
    // differ.
    @ParameterizedTest
    @ValueSource(ints = {8, 25})
    void lambdas_do_what_they_did(int release) throws Exception {
        Bundle before = compiled(release);
        Bundle after = Lambdas.withClasses(before, before);
        Map<?, ?> said = run(before);
        assertThat(said).hasSize(SAMPLES);
        assertThat(run(after)).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 25})
    void only_serializable_ones_are_left_to_the_jvm(int release) throws Exception {
        Bundle before = compiled(release);
        Bundle after = Lambdas.withClasses(before, before);
        assertThat(factories(before)).filteredOn("metafactory"::equals).hasSizeGreaterThan(35);
        assertThat(factories(after)).doesNotContain("metafactory").contains("altMetafactory");
    }

    @Test
    void the_lambdas_of_one_class_and_one_interface_share_a_class() throws Exception {
        Bundle before = compiled(25);
        long lambdas = factories(before).stream().filter("metafactory"::equals).count();
        Bundle after = Lambdas.withClasses(before, before);
        long made = after.classes().filter(name -> name.contains("$$Lambda")).count();
        assertThat(made).isPositive().isLessThan(lambdas);
    }

    @Test
    void the_same_input_gives_the_same_bytes() throws Exception {
        Bundle before = compiled(25);
        Map<String, byte[]> first = Lambdas.withClasses(before, before).files();
        Map<String, byte[]> second = Lambdas.withClasses(before, before).files();
        assertThat(second.keySet()).isEqualTo(first.keySet());
        first.forEach((name, code) -> assertThat(second.get(name)).as(name).isEqualTo(code));
    }

    @Test
    void classes_without_lambdas_stay_as_they_are() throws Exception {
        Bundle before =
                new Bundle(new TreeMap<>(Map.of("a/A.class", Jars.code("a/A", Map.of("run", "")))));
        assertThat(Lambdas.withClasses(before, before).files())
                .isEqualTo(before.files())
                .allSatisfy((name, code) -> assertThat(code).isSameAs(before.files().get(name)));
    }

    @Test
    void code_that_the_jvm_would_refuse_is_not_written() {
        ClassDesc name = ClassDesc.of("a.A");
        MethodTypeDesc takesText = MethodTypeDesc.of(CD_void, CD_String);
        byte[] code =
                ClassFile.of()
                        .build(
                                name,
                                type ->
                                        type.withMethodBody(
                                                        "take",
                                                        takesText,
                                                        ClassFile.ACC_STATIC,
                                                        body -> body.return_())
                                                .withMethodBody(
                                                        "run",
                                                        MethodTypeDesc.of(CD_void),
                                                        ClassFile.ACC_STATIC,
                                                        body ->
                                                                body.iconst_1()
                                                                        .invokedynamic(
                                                                                numberAsText(name))
                                                                        .pop()
                                                                        .return_()));
        Bundle wrong = new Bundle(new TreeMap<>(Map.of("a/A.class", code)));
        assertThatThrownBy(() -> Lambdas.withClasses(wrong, wrong))
                .isInstanceOf(ShrinkingFailed.class)
                .hasMessageContaining("a/A$$Lambda1");
    }

    // A lambda that captures a number, and runs a method that takes a text.
    private static DynamicCallSiteDesc numberAsText(ClassDesc name) {
        MethodTypeDesc nothing = MethodTypeDesc.of(CD_void);
        return DynamicCallSiteDesc.of(
                ofCallsiteBootstrap(
                        ClassDesc.of("java.lang.invoke.LambdaMetafactory"),
                        "metafactory",
                        CD_CallSite,
                        CD_MethodType,
                        CD_MethodHandle,
                        CD_MethodType),
                "run",
                MethodTypeDesc.of(ClassDesc.of("java.lang.Runnable"), CD_int),
                nothing,
                MethodHandleDesc.ofMethod(
                        DirectMethodHandleDesc.Kind.STATIC,
                        name,
                        "take",
                        MethodTypeDesc.of(CD_void, CD_String)),
                nothing);
    }
}
