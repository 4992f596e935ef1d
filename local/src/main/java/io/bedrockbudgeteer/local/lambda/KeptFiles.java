package io.bedrockbudgeteer.local.lambda;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The folder of what outlives a run: unpacked packages ([Contents]) and class data ([ClassData]).
/// Whoever can write there can put code into functions, so a folder that is not this user's alone
/// is not used. It may be deleted whenever no run is using it.
public record KeptFiles(Path folder) {
    /// Names the folder; `off` does without one.
    public static final String VARIABLE = "LOCAL_CACHE";

    private static final String OFF = "off";
    private static final String NAME = "bedrock-budgeteer-local";

    /// Long enough to outlast a run that is left open over days.
    private static final Duration UNUSED = Duration.ofDays(7);

    /// Some 35 MB each: three builds of an application with four functions.
    private static final int ARCHIVES = 12;

    /// The folder that the environment asks for: the one it names, or the usual place for caches
    /// (XDG Base Directory Specification).
    public static Optional<Path> folderOf(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (named.equals(OFF)) return Optional.empty();
        if (!named.isEmpty()) return Optional.of(Path.of(named).toAbsolutePath());
        String caches = environment.getOrDefault("XDG_CACHE_HOME", "");
        if (!caches.isEmpty()) return Optional.of(Path.of(caches).toAbsolutePath().resolve(NAME));
        String home = environment.getOrDefault("HOME", "");
        return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".cache", NAME));
    }

    /// The folder, made when it is missing; nothing when it cannot be written, or by others too.
    static Optional<KeptFiles> in(Path folder) {
        try {
            Files.createDirectories(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            PosixFileAttributes found = Files.readAttributes(folder, PosixFileAttributes.class);
            boolean shared =
                    found.permissions().contains(PosixFilePermission.GROUP_WRITE)
                            || found.permissions().contains(PosixFilePermission.OTHERS_WRITE);
            return shared || !found.owner().equals(writer(folder))
                    ? Optional.empty()
                    : Optional.of(new KeptFiles(folder));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /// Who owns what this process writes.
    private static UserPrincipal writer(Path folder) throws IOException {
        Path probe = Files.createTempFile(folder, "probe", "");
        try {
            return Files.getOwner(probe);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    /// Waits for the class data that is being made, before the program ends and ends that too: a
    /// run that is shorter than a training would start one each time and get none.
    public static void finish() {
        try {
            Training.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Deletes what has not been used for long, and all but the class data used last. Another run
    /// may be doing the same.
    void prune() {
        Instant old = Instant.now().minus(UNUSED);
        List<Path> archives = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (used(entry).isBefore(old)) Contents.delete(entry);
                else if (entry.toString().endsWith(ClassData.SUFFIX)) archives.add(entry);
            }
            archives.sort(Comparator.comparing(KeptFiles::used).reversed());
            for (Path archive : archives.stream().skip(ARCHIVES).toList())
                Files.deleteIfExists(archive);
        } catch (IOException e) {
            // What is left over is tried again after the next training.
        }
    }

    private static Instant used(Path entry) {
        try {
            FileTime time = Files.getLastModifiedTime(entry);
            return time.toInstant();
        } catch (IOException e) {
            return Instant.now(); // Somebody else has deleted it.
        }
    }
}
