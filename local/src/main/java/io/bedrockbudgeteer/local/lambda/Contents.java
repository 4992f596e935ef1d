package io.bedrockbudgeteer.local.lambda;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Unpacked packages, each in a folder that is named after the SHA-256 of what it was unpacked
/// from: the same bytes are unpacked once, and a path says what is in it. A folder appears whole or
/// not at all, so any number of processes may share this.
record Contents(Path folder) {

    /// Fills a folder.
    @FunctionalInterface
    private interface Filling {
        void into(Path folder) throws IOException;
    }

    /// The folder with the entries of a zip.
    Path unzipped(Path zip) {
        try {
            byte[] content = Files.readAllBytes(zip);
            return kept(content, target -> unzip(content, target));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + zip, e);
        }
    }

    /// A file with this name and content.
    Path file(String name, byte[] content) {
        try {
            return kept(content, target -> Files.write(target.resolve(name), content))
                    .resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + name + " below " + folder, e);
        }
    }

    /// A folder with links to what another one has, and in `lib`, behind what is there, to more
    /// jars.
    Path linked(Path root, List<Path> jars) {
        String content = "links\n" + root + "\n" + jars;
        try {
            return kept(
                    content.getBytes(StandardCharsets.UTF_8), target -> link(root, jars, target));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot link " + root, e);
        }
    }

    private static void link(Path root, List<Path> jars, Path target) throws IOException {
        Path lib = target.resolve("lib");
        Files.createDirectory(lib);
        linkAll(root, target);
        if (Files.isDirectory(root.resolve("lib"))) linkAll(root.resolve("lib"), lib);
        // Jars are taken in the order of their names, and this sign comes after letters.
        int number = 0;
        for (Path jar : jars) {
            String name = "~" + number++ + "-" + jar.getFileName();
            Files.createSymbolicLink(lib.resolve(name), jar.toAbsolutePath());
        }
    }

    private static void linkAll(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Path link = to.resolve(file.getFileName());
                if (!Files.exists(link)) Files.createSymbolicLink(link, file.toAbsolutePath());
            }
        }
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Deletes a file or a folder with all that is in it.
    static void delete(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList())
                Files.deleteIfExists(file);
        }
    }

    private Path kept(byte[] content, Filling filling) throws IOException {
        Path target = folder.resolve(sha256(content));
        if (Files.isDirectory(target)) {
            // Says that it is still in use. The files below keep their times, which class data
            // depends on.
            Files.setLastModifiedTime(target, FileTime.from(Instant.now()));
            return target;
        }
        Files.createDirectories(folder);
        Path part = Files.createTempDirectory(folder, "part");
        try {
            filling.into(part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(part);
            // Unless another process was quicker, with the same content.
            if (!Files.isDirectory(target)) throw e;
        }
        return target;
    }

    private static void unzip(byte[] content, Path target) throws IOException {
        try (InputStream bytes = new ByteArrayInputStream(content);
                ZipInputStream in = new ZipInputStream(bytes)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path to = target.resolve(entry.getName()).normalize();
                if (!to.startsWith(target))
                    throw new IOException("the entry " + entry.getName() + " is outside its root");
                if (entry.isDirectory()) {
                    Files.createDirectories(to);
                } else {
                    Files.createDirectories(to.getParent());
                    Files.copy(in, to);
                }
            }
        }
    }
}
