package io.bedrockbudgeteer.shrink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What each library has in the one jar, which no longer shows where things came from. Written
/// beside it as lines like `kms,514,1702485`: library, files, bytes before compression.
final class Shares {
    private static final String HEAD = "library,files,bytes\n";

    private final List<Library> libraries = new ArrayList<>();

    private Shares() {}

    /// @param jars in the order of the class path: a file that several have is the first one's
    static Shares of(List<Path> jars) throws IOException {
        Shares shares = new Shares();
        for (Path jar : jars)
            shares.libraries.add(new Library(name(jar), Bundle.read(List.of(jar))));
        return shares;
    }

    /// Without its version, so that a list kept by hand stays right when that moves.
    private static String name(Path jar) {
        return jar.getFileName().toString().replaceFirst("(-\\d[^/]*)?\\.jar$", "");
    }

    void write(Bundle result, Path file) throws IOException {
        SortedMap<String, Share> all = new TreeMap<>();
        result.files()
                .forEach((name, bytes) ->
                        all.merge(owner(name), new Share(1, bytes.length), Share::plus));
        Files.writeString(
                file,
                all.entrySet().stream()
                        .map(share -> share.getValue().line(share.getKey()))
                        .collect(Collectors.joining("", HEAD, "")));
    }

    private String owner(String file) {
        String original = file.replaceFirst("\\$\\$Lambda\\d+\\.class$", ".class");
        for (Library library : libraries)
            if (library.files.files().containsKey(original)) return library.name;
        throw new ShrinkingFailed(file + " comes from no library");
    }

    private record Library(String name, Bundle files) {}

    private record Share(int files, long bytes) {
        Share plus(Share other) {
            return new Share(files + other.files, bytes + other.bytes);
        }

        String line(String library) {
            return library + "," + files + "," + bytes + "\n";
        }
    }
}
