package io.bedrockbudgeteer.keyguard.cli.write;

import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/// The file that the old policy is saved in. Never writes over a file; for its owner only.
public final class Backup {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    // More files of one second than this mean that something else is wrong.
    private static final int NAMES = 100;

    private final Optional<Path> wanted;
    private Optional<Path> saved = Optional.empty();
    private String text = "";

    private Backup(Optional<Path> wanted) {
        this.wanted = wanted;
    }

    /// @param name as it was typed
    /// @throws BadInput when there is such a file already, or no such folder
    public static Backup of(Optional<String> name) {
        if (name.isEmpty()) return new Backup(Optional.empty());
        Path path;
        try {
            path = Path.of(name.get());
        } catch (InvalidPathException e) {
            throw bad(name.get(), "this is no name of a file");
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS))
            throw bad(name.get(), "it is there already, and it is not written over");
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder))
            throw bad(name.get(), "there is no such folder");
        return new Backup(Optional.of(path));
    }

    private static BadInput bad(String name, String why) {
        return new BadInput(
                "the old policy cannot be saved in "
                        + SafeText.visible(name)
                        + ": "
                        + why
                        + "; give --backup another name");
    }

    /// Saves the text exactly as it is, and has it on the disk when it returns. A text that was
    /// saved already is not saved again; another one goes to a file beside it.
    ///
    /// @throws BadInput when it cannot be written
    public Path save(String policy, String keyId, Instant now) {
        if (saved.isPresent() && text.equals(policy)) return saved.get();
        Path first =
                wanted.orElseGet(
                        () -> Path.of("keyguard-" + keyId + "-" + TIME.format(now) + ".json"));
        for (int number = 1; number <= NAMES; number++) {
            Path path = number == 1 ? first : numbered(first, number);
            try {
                write(path, policy);
            } catch (FileAlreadyExistsException _) {
                continue;
            } catch (IOException e) {
                throw bad(path.toString(), String.valueOf(e.getMessage()));
            }
            saved = Optional.of(path);
            text = policy;
            return path;
        }
        throw bad(first.toString(), "there are too many files like it");
    }

    private static Path numbered(Path path, int number) {
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        String base = dot > 0 ? name.substring(0, dot) : name;
        String end = dot > 0 ? name.substring(dot) : "";
        return path.resolveSibling(base + "-" + number + end);
    }

    private static void write(Path path, String policy) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel file = FileChannel.open(path, options, attributes(path))) {
            ByteBuffer bytes = ByteBuffer.wrap(policy.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) file.write(bytes);
            file.force(true);
        }
    }

    // Elsewhere than on POSIX the folder decides who may read.
    private static FileAttribute<?>[] attributes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /// The file, once there is one.
    public Optional<Path> file() {
        return saved;
    }
}
