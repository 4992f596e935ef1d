package io.bedrockbudgeteer.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The packaged function with the cache that `packaging/build --train` makes, and with caches that
/// are not right. Every process starts exactly as the image starts it.
class PackagingIT {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Path FOLDER = Path.of("target/images/key-grants").toAbsolutePath();
    private static final Path JAR = FOLDER.resolve("lib/key-grants.jar");
    private static final Path KEPT = Path.of("target/start.aot.kept").toAbsolutePath();
    private static final Application APPLICATION =
            new Application(FOLDER, Path.of(System.getProperty("java.home"), "bin", "java"));
    @TempDir private static Path folder;
    private static Certificate certificate;
    private static String answer = "";
    private static FileTime jarTime = FileTime.fromMillis(0);
    private static final Pattern STATUS = Pattern.compile("\"Status\":\"([A-Z]+)\"");

    @BeforeAll
    static void train(@TempDir Path right) throws Exception {
        Assumptions.assumeTrue(
                Files.isReadable(Path.of("/proc/self/maps")),
                "a process cannot see here what is mapped into it");
        Process build =
                new ProcessBuilder(
                                "sh",
                                PROJECT.resolve("packaging/build").toString(),
                                "--train",
                                "key-grants")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(build.waitFor()).as(said).isZero();
        assertThat(said).contains("start.aot").contains("used at the start");
        Files.copy(APPLICATION.cache(), KEPT, StandardCopyOption.REPLACE_EXISTING);
        jarTime = Files.getLastModifiedTime(JAR);
        certificate = Certificate.make(folder);
        answer = session(right, List.of()).answer();
        assertThat(status(answer)).isEqualTo("FAILED");
    }

    @AfterEach
    void repair() throws Exception {
        Files.setLastModifiedTime(JAR, jarTime);
        Files.copy(KEPT, APPLICATION.cache(), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void function_starts_with_its_cache_and_says_so(@TempDir Path work) throws Exception {
        Path classes = work.resolve("classes.log");

        Session session = session(work, List.of("-Xlog:class+load=info:file=" + classes));

        assertThat(line(session, "\"event\":\"start\""))
                .contains("\"level\":\"INFO\"", "\"cache\":\"used\"", "\"rehearsal\":\"played\"");
        assertThat(session.answer())
                .isEqualTo(answer)
                .contains("\"LogicalResourceId\":\"KeyGrants\"");
        // What it says is so: almost every class comes out of the cache.
        long all = count(classes, "source:");
        long cached = count(classes, "source: shared objects file");
        assertThat(all).isGreaterThan(3000);
        assertThat(cached).isGreaterThan(all * 95 / 100);
    }

    @ParameterizedTest
    @EnumSource(Wrong.class)
    void function_answers_the_same_without_a_usable_cache_and_warns(Wrong wrong, @TempDir Path work)
            throws Exception {
        wrong.make();
        Session session = session(work, List.of());

        assertThat(session.answer()).isEqualTo(answer);
        assertThat(line(session, "\"event\":\"start\""))
                .contains(
                        "\"level\":\"WARN\"",
                        "\"cache\":\"not used",
                        "packaging/build",
                        "\"rehearsal\":\"played\"");
        assertThat(session.log()).contains(wrong.reason);
    }

    @Test
    void training_fails_when_the_function_gives_no_answer(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("lib"));
        for (Path jar : jars()) Files.copy(jar, folder.resolve("lib").resolve(jar.getFileName()));
        Application application = new Application(folder, APPLICATION.java());
        String event = Files.readString(FOLDER.resolve("event.json"));

        assertThatThrownBy(() -> new Training(application, "none.Handler", event).run())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.Handler");
        assertThat(application.cache()).doesNotExist();
    }

    @Test
    void training_names_a_folder_without_jars(@TempDir Path folder) throws Exception {
        Files.createDirectories(folder.resolve("lib"));

        assertThatThrownBy(() ->
                        new Training(
                                        new Application(folder, APPLICATION.java()),
                                        "none.Handler",
                                        "{}")
                                .run())
                .isInstanceOf(IOException.class)
                .hasMessage(folder.resolve("lib") + " holds no jar");
    }

    /// What can happen to a cache.
    enum Wrong {
        MISSING("start.aot is missing or empty") {
            @Override
            void make() throws IOException {
                Files.delete(APPLICATION.cache());
            }
        },
        EMPTY("start.aot is missing or empty") {
            @Override
            void make() throws IOException {
                Files.write(APPLICATION.cache(), new byte[0]);
            }
        },
        CUT("start.aot, or a jar") {
            @Override
            void make() throws IOException {
                byte[] bytes = Files.readAllBytes(KEPT);
                Files.write(APPLICATION.cache(), Arrays.copyOf(bytes, bytes.length / 2));
            }
        },
        FLIPPED_BYTES_IN_THE_HEADER("start.aot, or a jar") {
            @Override
            void make() throws IOException {
                flip(0, 64);
            }
        },
        FLIPPED_BYTES_IN_THE_MIDDLE("start.aot, or a jar") {
            @Override
            void make() throws IOException {
                int middle = (int) (Files.size(KEPT) / 2);
                flip(middle, middle + 4096);
            }
        },
        OF_ANOTHER_JAR("is not what it was when the cache was made") {
            @Override
            void make() throws IOException {
                Files.setLastModifiedTime(JAR, FileTime.fromMillis(1_700_000_000_000L));
            }
        };

        /// Part of what the log says before the function's own line.
        final String reason;

        Wrong(String reason) {
            this.reason = reason;
        }

        abstract void make() throws IOException;

        private static void flip(int from, int to) throws IOException {
            byte[] bytes = Files.readAllBytes(KEPT);
            for (int i = from; i < to; i++) bytes[i] = (byte) ~bytes[i];
            Files.write(APPLICATION.cache(), bytes);
        }
    }

    private static Session session(Path work, List<String> options) throws Exception {
        String handler = Files.readString(FOLDER.resolve("handler")).strip();
        String event = Files.readString(FOLDER.resolve("event.json"));
        return Session.run(APPLICATION.command(), options, handler, event, certificate, work);
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("lib"))) {
            return files.toList();
        }
    }

    private static String line(Session session, String part) {
        return session.log()
                .lines()
                .filter(line -> line.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError(part + " is not in\n" + session.log()));
    }

    private static String status(String answer) {
        Matcher matcher = STATUS.matcher(answer);
        assertThat(matcher.find()).as(answer).isTrue();
        return matcher.group(1);
    }

    private static long count(Path log, String part) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(part)).count();
        }
    }
}
