package io.bedrockbudgeteer.shrink;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// `Main FUNCTIONS LIBRARIES WORK RESULT`: class paths of the functions and of what the layer shall
/// hold, a folder for intermediate files and `shares.csv` ([Shares]), the jar to write.
///
/// Exit code 0 when the jar is there, 2 when it could not be made.
public final class Main {
    private static final int DONE = 0;
    private static final int COULD_NOT_RUN = 2;
    private static final int ARGUMENTS = 4;

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(List.of(args), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() != ARGUMENTS) {
            err.println("usage: Main FUNCTIONS LIBRARIES WORK RESULT");
            return COULD_NOT_RUN;
        }
        try {
            Path result = Path.of(arguments.get(3));
            Path work = Path.of(arguments.get(2));
            List<Path> libraries = classPath(arguments.get(1));
            Bundle before = Bundle.read(libraries);
            Bundle functions = Bundle.read(classPath(arguments.get(0)));
            Bundle after = new Shrinking(work).shrink(functions, before);
            after.write(result);
            Shares.of(libraries).write(after, work.resolve("shares.csv"));
            out.printf(
                    Locale.ROOT,
                    "%s: %,d of %,d classes%n",
                    result.getFileName(),
                    after.classes().count(),
                    before.classes().count());
            return DONE;
        } catch (IOException | UncheckedIOException | ShrinkingFailed e) {
            err.println("shrink: " + e.getMessage());
            return COULD_NOT_RUN;
        }
    }

    private static List<Path> classPath(String text) throws IOException {
        List<Path> jars = Arrays.stream(text.split(File.pathSeparator)).map(Path::of).toList();
        for (Path jar : jars)
            if (!Files.isRegularFile(jar))
                throw new IOException(jar + " is not there; run mvn package for the whole project");
        return jars;
    }
}
