package io.bedrockbudgeteer.bench.cold;

import io.bedrockbudgeteer.bench.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// How large what goes to Lambda is, beside what may be: the last lines of the build. `UploadSizes
/// PROJECT` takes the zips of `functions` and `layers`.
final class UploadSizes {
    // Lambda Developer Guide, Lambda quotas: deployment package 50 MB (zipped, when uploaded
    // directly) and 250 MB (unzipped, layers included). In bytes as GetAccountSettings says them
    // (CodeSizeZipped, CodeSizeUnzipped).
    private static final long DIRECT = 52_428_800;
    private static final long UNZIPPED = 262_144_000;

    private final List<Upload> layers;
    private final List<Upload> functions;

    private UploadSizes(List<Upload> layers, List<Upload> functions) {
        this.layers = layers;
        this.functions = functions;
    }

    public static void main(String[] arguments) throws IOException {
        System.out.print(of(Path.of(arguments[0])).text());
    }

    static UploadSizes of(Path project) throws IOException {
        return new UploadSizes(zips(project.resolve("layers")), zips(project.resolve("functions")));
    }

    /// Lines that have 80 columns with what Maven writes before each.
    String text() {
        if (layers.isEmpty() || functions.isEmpty())
            return "Sizes of the uploads: zips are missing; mvn package makes all of them.\n";
        List<String> lines = new ArrayList<>();
        lines.add(
                "Bytes to upload. A function and its layer: at most "
                        + Figures.counted(Limits.UPLOAD_BYTES)
                        + " together.");
        lines.add("Lambda quotas: 50 MB zipped (uploaded directly), 250 MB unzipped in all.");
        lines.add("");
        lines.add(row("zip", "bytes", "of 50 MB", "with layer", "of limit", "of 250 MB"));
        for (Upload layer : layers)
            lines.add(
                    row(
                            layer.name,
                            Figures.counted(layer.zipped),
                            share(layer.zipped, DIRECT),
                            "",
                            "",
                            ""));
        for (Upload function : functions) lines.add(withLayers(function));
        return String.join("\n", lines) + "\n";
    }

    private String withLayers(Upload function) {
        long zipped = function.zipped;
        long unzipped = function.unzipped;
        for (Upload layer : layers) {
            zipped += layer.zipped;
            unzipped += layer.unzipped;
        }
        return row(
                function.name,
                Figures.counted(function.zipped),
                share(function.zipped, DIRECT),
                Figures.counted(zipped),
                share(zipped, Limits.UPLOAD_BYTES),
                share(unzipped, UNZIPPED));
    }

    private static String row(String... cells) {
        return String.format(Locale.ROOT, "%-17s %11s %9s %12s %10s %9s", (Object[]) cells)
                .stripTrailing();
    }

    private static String share(long bytes, long limit) {
        return String.format(Locale.ROOT, "%.2f %%", 100.0 * bytes / limit);
    }

    private static List<Upload> zips(Path modules) throws IOException {
        List<Upload> found = new ArrayList<>();
        if (!Files.isDirectory(modules)) return found;
        try (Stream<Path> folders = Files.list(modules)) {
            for (Path module : folders.sorted().toList()) {
                String name = module.getFileName().toString();
                Path zip = module.resolve("target/" + name + ".zip");
                if (Files.isRegularFile(zip)) found.add(Upload.read(name, zip));
            }
        }
        return found;
    }

    private record Upload(String name, long zipped, long unzipped) {
        static Upload read(String name, Path file) throws IOException {
            try (ZipFile zip = new ZipFile(file.toFile())) {
                return new Upload(
                        name, Files.size(file), zip.stream().mapToLong(ZipEntry::getSize).sum());
            }
        }
    }
}
