package io.bedrockbudgeteer.local.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A packaged zip on this machine, in the place of an S3 location: `Code` of a function and
/// `Content` of a layer read `{LocalZip: functions/key-check/target/key-check.zip, Sha256: …}`.
///
/// The hash plays the part of the S3 key, which `sam package` derives from the content: other code
/// is a changed property, and for a layer a new logical id. A zip that does not exist (yet) has no
/// hash; whoever deploys it has to refuse it.
public final class LocalZip {

    static final String PATH = "LocalZip";
    static final String SHA256 = "Sha256";

    private LocalZip() {}

    /// The zip that a `Code` or `Content` property names, empty for code that is elsewhere (in S3).
    ///
    /// @param folder the folder of the template, [Template#folder]
    public static Optional<Path> in(Map<String, Object> code, Path folder) {
        return code.get(PATH) instanceof String path
                ? Optional.of(folder.resolve(path).normalize())
                : Optional.empty();
    }

    static Map<String, Object> describe(String path, Path folder, Where where) {
        if (!path.endsWith(".zip")) {
            throw where.wrong(
                    "'"
                            + path
                            + "' is no zip; build first and name the packaged zip, as on AWS nothing else is deployed");
        }
        Map<String, Object> out = new LinkedHashMap<>();
        out.put(PATH, path);
        Path zip = folder.resolve(path);
        if (Files.isRegularFile(zip)) {
            out.put(SHA256, sha256(zip));
        }
        return out;
    }

    private static String sha256(Path zip) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(zip)));
        } catch (IOException e) {
            throw new TemplateException(zip.getFileName() + " cannot be read: " + e.getMessage());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
