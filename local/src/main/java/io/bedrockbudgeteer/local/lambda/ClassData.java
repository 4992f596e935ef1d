package io.bedrockbudgeteer.local.lambda;

import io.bedrockbudgeteer.local.account.Functions.Function;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// The classes of one function, loaded and linked ahead by an earlier process of the same code: an
/// AOT cache of the JDK (JEP 483, "Ahead-of-Time Class Loading & Linking"), with which a process
/// starts in about half the time. It belongs to one function, class path and JDK. The second time
/// that a function is deployed a training process makes it, beside the run; a single run would not
/// get back what the training costs. Thread-safe.
final class ClassData {
    static final String SUFFIX = ".aot";

    /// The flag of the managed runtime.
    private static final List<String> WITHOUT = List.of("-Xshare:auto");

    private static final Pattern WORDS = Pattern.compile("\\s+");
    private static final Pattern SIZES = Pattern.compile("-X(mn|ms|mx|ss)[0-9]+[kKmMgG]?");

    /// Archives that this JVM has found to be whole, and functions that it has had trained.
    private static final Set<Path> WHOLE = ConcurrentHashMap.newKeySet();

    private static final Set<Path> TRAINED = ConcurrentHashMap.newKeySet();

    private final Function function;
    private final Artefacts artefacts;
    private final ClientFiles client;
    private final Optional<KeptFiles> kept;
    private final String key;
    private final boolean deployedBefore;

    /// @param kept without it there is no class data
    ClassData(
            Optional<KeptFiles> kept, Function function, Artefacts artefacts, ClientFiles client) {
        this.function = function;
        this.artefacts = artefacts;
        this.client = client;
        this.kept = kept.filter(folder -> isPossible());
        this.key = this.kept.isPresent() ? key() : "";
        this.deployedBefore = this.kept.isPresent() && !mark(".seen");
    }

    /// Whether these are the options that do without.
    static boolean isOff(List<String> options) {
        return options.equals(WITHOUT);
    }

    /// JVM options that make use of the class data, or do without while there is none.
    List<String> options() {
        if (kept.isEmpty()) return WITHOUT;
        Optional<Path> archive = archive(kept.get());
        if (archive.isEmpty()) {
            train(kept.get());
            return WITHOUT;
        }
        // A JVM that cannot use it says so, and starts without it. What it says would be in the
        // function's log.
        return List.of("-XX:AOTCache=" + archive.get(), "-Xlog:aot*=off", "-Xlog:cds*=off");
    }

    /// A JVM takes no class data for a class path with directories, and a function's own JVM
    /// options may contradict ours, unless they only say how much memory is for what.
    private boolean isPossible() {
        String options = function.environment().getOrDefault("JAVA_TOOL_OPTIONS", "");
        return all().stream().allMatch(Files::isRegularFile)
                && WORDS.splitAsStream(options)
                        .allMatch(word -> word.isEmpty() || SIZES.matcher(word).matches());
    }

    private List<Path> all() {
        List<Path> all = new ArrayList<>(artefacts.classPath());
        all.addAll(client.classPath());
        return all;
    }

    /// Stands for all that a JVM compares, so that class data that it would refuse is not found.
    private String key() {
        StringBuilder text =
                new StringBuilder()
                        .append(System.getProperty("java.home"))
                        .append('\n')
                        .append(Runtime.version())
                        .append('\n')
                        .append(client.mainClass())
                        .append('\n')
                        .append(function.handler())
                        .append('\n');
        try {
            for (Path jar : all())
                text.append(jar)
                        .append(' ')
                        .append(Files.size(jar))
                        .append(' ')
                        .append(Files.getLastModifiedTime(jar))
                        .append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Contents.sha256(text.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }

    /// @return whether it is new
    private boolean mark(String suffix) {
        try {
            Files.createFile(kept.orElseThrow().folder().resolve(key + suffix));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /// The name of an archive carries the SHA-256 of its content, because a JVM looks at its header
    /// alone and would run what a broken disk made of the rest.
    private Optional<Path> archive(KeptFiles files) {
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(files.folder(), key + "-*" + SUFFIX)) {
            for (Path archive : found) if (isWhole(archive)) return Optional.of(archive);
        } catch (IOException e) {
            // Not readable: as if there were none.
        }
        return Optional.empty();
    }

    private boolean isWhole(Path archive) throws IOException {
        if (WHOLE.contains(archive)) return true;
        String name = key + "-" + Contents.sha256(Files.readAllBytes(archive)) + SUFFIX;
        if (!archive.endsWith(name)) {
            Files.deleteIfExists(archive);
            return false;
        }
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now()));
        WHOLE.add(archive);
        return true;
    }

    private void train(KeptFiles files) {
        Path failed = files.folder().resolve(key + ".none");
        if (!deployedBefore || Files.exists(failed)) return;
        if (!TRAINED.add(files.folder().resolve(key))) return;
        Training.later(
                files,
                () -> {
                    if (archive(files).isPresent()) return;
                    Path made = files.folder().resolve(key + ".training");
                    if (new Training(function, artefacts, client).run(made)) keep(made, files);
                    else if (!Children.areEnding()) mark(".none");
                });
    }

    private void keep(Path made, KeptFiles files) throws IOException {
        String digest = Contents.sha256(Files.readAllBytes(made));
        Files.move(made, files.folder().resolve(key + "-" + digest + SUFFIX));
        files.prune();
    }
}
