package io.bedrockbudgeteer.keyguard.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.bedrockbudgeteer.keyguard.json.JsonText;
import io.bedrockbudgeteer.keyguard.testing.FakeContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryTest {
    private static final String PACKAGE = "io.bedrockbudgeteer.keyguard.";

    // Of the whole JVM, because each loader has a class of its own.
    private static final String TIMES_MADE = "keyguard.test.made";

    @TempDir private Path folder;
    private URLClassLoader runtimes;

    /// A runtime's loader as AWS's client makes it: what the JVM's class path has is asked first,
    /// and that is the JDK and the interface between runtime and function.
    @BeforeEach
    void unpack() throws Exception {
        runtimes = runtimes(List.of(jar("a-function.jar"), jar("b-layer.jar")));
    }

    private static URLClassLoader runtimes(List<Path> jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) urls.add(jar.toUri().toURL());
        return new URLClassLoader(urls.toArray(URL[]::new), new Above());
    }

    @AfterEach
    void close() throws Exception {
        runtimes.close();
        System.clearProperty(Entry.PROPERTY);
        System.clearProperty(TIMES_MADE);
    }

    @Test
    void a_handler_and_what_it_uses_have_a_loader_of_their_own() throws Exception {
        RequestStreamHandler entry = entry(SampleFunction.class, runtimes);

        String said = handled(entry);

        assertThat(System.getProperty(Entry.PROPERTY)).isEqualTo("own");
        assertThat(said)
                .isEqualTo(
                        """
                        handler: JarLoader
                        library: JarLoader
                        interface: AppClassLoader
                        context class loader when made: JarLoader
                        context class loader for the event: JarLoader
                        resource: there
                        class that is nowhere: ClassNotFoundException
                        event: {"n":1}\
                        """);
    }

    /// AWS's client makes its URLs without escapes, others make them with.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void folders_may_have_any_name(boolean escaped) throws Exception {
        Path odd = Files.createDirectory(folder.resolve("50% of it"));
        List<URL> urls = new ArrayList<>();
        for (String name : List.of("a-function.jar", "b-layer.jar")) {
            Path jar = Files.copy(folder.resolve(name), odd.resolve(name));
            urls.add(escaped ? jar.toUri().toURL() : unescaped(jar));
        }
        try (URLClassLoader parent = new URLClassLoader(urls.toArray(URL[]::new), new Above())) {
            Class<?> loaded = new JarLoader(parent).loadClass(JsonText.class.getName());

            assertThat(loaded.getClassLoader()).isInstanceOf(JarLoader.class);
        }
    }

    @SuppressWarnings("deprecation") // as AWS's client does it
    private static URL unescaped(Path jar) throws IOException {
        return new URL("file", null, -1, jar.toString());
    }

    @Test
    void the_context_class_loader_is_given_back() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        handled(entry(SampleFunction.class, runtimes));

        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void where_classes_come_from_the_class_path_of_the_jvm_its_loader_stays() throws Exception {
        RequestStreamHandler entry = new SampleFunction();

        assertThat(System.getProperty(Entry.PROPERTY)).isEqualTo("the JVM's");
        assertThat(handled(entry)).startsWith("handler: AppClassLoader\nlibrary: AppClassLoader\n");
    }

    @Test
    void a_loader_that_does_not_tell_its_jars_stays() throws Exception {
        ClassLoader silent =
                new ClassLoader(new Above()) {
                    @Override
                    protected Class<?> findClass(String name) throws ClassNotFoundException {
                        String file = name.replace('.', '/') + ".class";
                        try (InputStream in = runtimes.getResourceAsStream(file)) {
                            if (in == null) throw new ClassNotFoundException(name);
                            byte[] bytes = in.readAllBytes();
                            return defineClass(name, bytes, 0, bytes.length);
                        } catch (IOException e) {
                            throw new ClassNotFoundException(name, e);
                        }
                    }
                };

        RequestStreamHandler entry = entry(PickyFunction.class, silent);

        assertThat(System.getProperty(Entry.PROPERTY)).isEqualTo("the runtime's");
        assertThat(handled(entry)).isEmpty();
    }

    /// The runtime passes over a jar that it cannot read.
    @Test
    void a_jar_that_cannot_be_read_leaves_the_function_with_the_loader_of_the_runtime()
            throws Exception {
        Path broken = Files.writeString(folder.resolve("c-broken.jar"), "no jar");
        try (URLClassLoader three =
                runtimes(
                        List.of(
                                folder.resolve("a-function.jar"),
                                folder.resolve("b-layer.jar"),
                                broken))) {

            RequestStreamHandler entry = entry(SampleFunction.class, three);

            assertThat(System.getProperty(Entry.PROPERTY)).isEqualTo("failed, ZipException");
            assertThat(handled(entry))
                    .startsWith("handler: URLClassLoader\nlibrary: URLClassLoader\n")
                    .endsWith("event: {\"n\":1}");
        }
    }

    @Test
    void a_handler_that_cannot_be_linked_is_made_with_the_loader_of_the_runtime() throws Exception {
        RequestStreamHandler entry = entry(PickyFunction.class, runtimes);

        assertThat(System.getProperty(Entry.PROPERTY)).isEqualTo("failed, NoClassDefFoundError");
        assertThat(handled(entry)).isEqualTo("URLClassLoader");
    }

    @Test
    void a_handler_that_is_nowhere_is_named() {
        assertThatThrownBy(() -> entry(LostFunction.class, runtimes))
                .hasRootCauseInstanceOf(ClassNotFoundException.class)
                .rootCause()
                .hasMessage("io.bedrockbudgeteer.Lost");
    }

    @Test
    void what_the_constructor_of_a_handler_throws_is_thrown_once() {
        assertThatThrownBy(() -> entry(FailingFunction.class, runtimes))
                .hasRootCauseInstanceOf(UnsupportedOperationException.class)
                .rootCause()
                .hasMessage("made 1 times");
    }

    /// Every class of the library, on four threads that each go through them in another order.
    @Test
    void threads_that_load_the_same_classes_get_the_same_ones() throws Exception {
        List<String> names = names();
        assertThat(names).hasSizeGreaterThan(100);
        JarLoader loader = new JarLoader(runtimes);
        Callable<Set<Class<?>>> all =
                () -> {
                    Set<Class<?>> loaded = new HashSet<>();
                    for (int i = 0; i < names.size(); i++) {
                        int other =
                                (int) (i * (7 + 2 * Thread.currentThread().threadId()))
                                        % names.size();
                        loaded.add(loader.loadClass(names.get(i)));
                        loaded.add(loader.loadClass(names.get(other)));
                    }
                    return loaded;
                };
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Set<Class<?>>>> results = threads.invokeAll(List.of(all, all, all, all));

            for (Future<Set<Class<?>>> result : results)
                assertThat(result.get())
                        .hasSize(names.size())
                        .isEqualTo(results.getFirst().get())
                        .allSatisfy(type -> assertThat(type.getClassLoader()).isSameAs(loader));
        }
        assertThat(loader.isRegisteredAsParallelCapable()).isTrue();
    }

    private static RequestStreamHandler entry(Class<?> function, ClassLoader loader)
            throws Exception {
        Class<?> type = Class.forName(function.getName(), true, loader);
        assertThat(type).isNotSameAs(function);
        return type.asSubclass(RequestStreamHandler.class).getDeclaredConstructor().newInstance();
    }

    private static String handled(RequestStreamHandler entry) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        entry.handleRequest(
                new ByteArrayInputStream("{\"n\":1}".getBytes(StandardCharsets.UTF_8)),
                out,
                new FakeContext(1000));
        return out.toString(StandardCharsets.UTF_8);
    }

    /// A jar of the classes that were compiled here: the tests' or the library's.
    private Path jar(String name) throws Exception {
        Class<?> one = name.startsWith("a") ? EntryTest.class : Entry.class;
        Path classes = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path jar = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    // Those that need nothing but the JDK.
    private static List<String> names() throws Exception {
        Path classes =
                Path.of(Entry.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> names = new ArrayList<>();
        for (String part : List.of("policy", "plan", "requirement", "finding"))
            try (Stream<Path> files =
                    Files.list(classes.resolve(PACKAGE.replace('.', '/') + part))) {
                files.map(file -> file.getFileName().toString())
                        .filter(file -> file.endsWith(".class") && !file.startsWith("package-info"))
                        .map(file -> PACKAGE + part + "." + file.replace(".class", ""))
                        .sorted()
                        .forEach(names::add);
            }
        return names;
    }

    private static final class Above extends ClassLoader {
        Above() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (!name.startsWith("com.amazonaws.") && !name.startsWith("com.fasterxml."))
                throw new ClassNotFoundException(name);
            return EntryTest.class.getClassLoader().loadClass(name);
        }
    }

    public static final class SampleFunction extends Entry {
        public SampleFunction() {
            super(SampleHandler.class.getName());
        }
    }

    public static final class LostFunction extends Entry {
        public LostFunction() {
            super("io.bedrockbudgeteer.Lost");
        }
    }

    public static final class FailingFunction extends Entry {
        public FailingFunction() {
            super(FailingHandler.class.getName());
        }
    }

    public static final class PickyFunction extends Entry {
        public PickyFunction() {
            super(PickyHandler.class.getName());
        }
    }

    /// Finds something missing where the runtime's loader would have it.
    public static final class PickyHandler implements RequestStreamHandler {
        private final String loader = getClass().getClassLoader().getClass().getSimpleName();

        public PickyHandler() {
            if (loader.equals("JarLoader")) throw new NoClassDefFoundError("missing");
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context)
                throws IOException {
            output.write(loader.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Says who loaded what.
    public static final class SampleHandler implements RequestStreamHandler {
        private final String whenMade = context();

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context)
                throws IOException {
            List<String> said =
                    List.of(
                            "handler: " + name(getClass().getClassLoader()),
                            "library: " + name(JsonText.class.getClassLoader()),
                            "interface: " + name(RequestStreamHandler.class.getClassLoader()),
                            "context class loader when made: " + whenMade,
                            "context class loader for the event: " + context(),
                            "resource: " + resource(),
                            "class that is nowhere: " + missing(),
                            "event: " + new String(input.readAllBytes(), StandardCharsets.UTF_8));
            output.write(String.join("\n", said).getBytes(StandardCharsets.UTF_8));
        }

        private static String name(ClassLoader loader) {
            return loader.getClass().getSimpleName();
        }

        private static String context() {
            return name(Thread.currentThread().getContextClassLoader());
        }

        private static String resource() {
            String file = "/" + PACKAGE.replace('.', '/') + "requirement/requirements.json";
            return SampleHandler.class.getResource(file) == null ? "missing" : "there";
        }

        private static String missing() {
            try {
                return String.valueOf(
                        Class.forName(
                                "io.bedrockbudgeteer.Nowhere",
                                true,
                                SampleHandler.class.getClassLoader()));
            } catch (ClassNotFoundException e) {
                return e.getClass().getSimpleName();
            }
        }
    }

    /// Tells how often it was made in this JVM.
    public static final class FailingHandler implements RequestStreamHandler {
        public FailingHandler() {
            int times = Integer.getInteger(TIMES_MADE, 0) + 1;
            System.setProperty(TIMES_MADE, String.valueOf(times));
            throw new UnsupportedOperationException("made " + times + " times");
        }

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) {}
    }
}
