package io.bedrockbudgeteer.shrink;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import proguard.Configuration;
import proguard.ConfigurationParser;
import proguard.ParseException;
import proguard.ProGuard;

/// Leaves out of the libraries what the functions cannot reach, and gives lambdas classes
/// ([Lambdas]). Nothing else is changed.
final class Shrinking {
    private final Path work;

    /// @param work folder for intermediate files
    Shrinking(Path work) {
        this.work = work;
    }

    /// @param functions who calls; not in the result
    /// @param libraries what is called, our own library included
    Bundle shrink(Bundle functions, Bundle libraries) throws IOException {
        Files.createDirectories(work);
        Path before = work.resolve("before.jar");
        Path after = work.resolve("after.jar");
        Path jdk = work.resolve("jdk-" + Runtime.version() + ".jar");
        Bundle joined = joined(functions, withoutOtherModels(functions, libraries));
        joined.write(before);
        if (!Files.exists(jdk)) Jdk.write(jdk);
        Files.deleteIfExists(after);
        run(before, after, jdk, functions);
        Bundle all = Bundle.read(List.of(after));
        Bundle known = joined(functions, libraries);
        check(all, known);
        Bundle kept = all.without(functions).withoutDeadServices().withoutUnnamedFiles();
        return Lambdas.withClasses(kept, known);
    }

    /// What is called must be there, if it ever was: a mistake in the choice of models would
    /// otherwise show at the first call only.
    private static void check(Bundle after, Bundle before) {
        List<String> missing =
                after.classes()
                        .flatMap(name -> Texts.classesUsed(after.code(name)).stream())
                        .distinct()
                        .filter(name -> before.has(name) && !after.has(name))
                        .sorted()
                        .toList();
        if (!missing.isEmpty())
            throw new ShrinkingFailed(
                    "left out although code that stays uses it: "
                            + String.join(", ", missing.subList(0, Math.min(5, missing.size())))
                            + " ("
                            + missing.size()
                            + " in all)");
    }

    private static Bundle withoutOtherModels(Bundle functions, Bundle libraries) {
        Bundle ours = libraries.onlyClasses(name -> name.startsWith("io/bedrockbudgeteer/"));
        Set<String> needed = Models.needed(joined(functions, ours), libraries);
        return libraries.onlyClasses(
                name -> !Models.isModel(name) || needed.contains(Models.outermost(name)));
    }

    private static Bundle joined(Bundle first, Bundle second) {
        SortedMap<String, byte[]> files = new TreeMap<>(second.files());
        files.putAll(first.files());
        return new Bundle(files);
    }

    private static void run(Path before, Path after, Path jdk, Bundle functions)
            throws IOException {
        Configuration configuration = new Configuration();
        URL rules = Objects.requireNonNull(Shrinking.class.getResource("keep.pro"));
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "-injars",
                                quoted(before),
                                "-outjars",
                                quoted(after),
                                "-libraryjars",
                                quoted(jdk)));
        functions
                .classes()
                .forEach(name ->
                        words.addAll(List.of("-keep", "class", name.replace('/', '.'), "{*;}")));
        try (ConfigurationParser fixed = new ConfigurationParser(rules, new Properties());
                ConfigurationParser given =
                        new ConfigurationParser(words.toArray(String[]::new), new Properties())) {
            fixed.parse(configuration);
            given.parse(configuration);
            new ProGuard(configuration).execute();
        } catch (ParseException e) {
            throw new ShrinkingFailed("the rules in keep.pro: " + e.getMessage(), e);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new ShrinkingFailed("ProGuard gave up: " + e.getMessage(), e);
        }
    }

    private static String quoted(Path path) {
        return "'" + path.toAbsolutePath() + "'";
    }
}
