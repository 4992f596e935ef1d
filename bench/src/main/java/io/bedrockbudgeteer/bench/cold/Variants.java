package io.bedrockbudgeteer.bench.cold;

import io.bedrockbudgeteer.local.lambda.ClientFiles;
import io.bedrockbudgeteer.local.lambda.RuntimeClient;
import io.bedrockbudgeteer.packaging.Application;
import io.bedrockbudgeteer.packaging.Certificate;
import io.bedrockbudgeteer.packaging.Training;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// What is compared. Each is made ready in a folder of its own, as Lambda unpacks it.
final class Variants {
    // The JVM sizes its heap by the memory it sees.
    private static final List<String> MEMORY = List.of("-XX:MaxRAM=512m", "-Xmx384m");

    private static final String SHIPPED = "io.bedrockbudgeteer.bench.shipped.Function";

    private final Path project;
    private final Path work;
    private final Certificate certificate;
    private final ClientFiles client;

    /// @param project folder of the project, built
    /// @param work an empty folder
    Variants(Path project, Path work, Certificate certificate) {
        this.project = project;
        this.work = work;
        this.certificate = certificate;
        this.client = ClientFiles.prepare(RuntimeClient.AWS, work);
    }

    /// All, the first one is what the others are compared with.
    List<Variant> all() throws IOException, InterruptedException {
        List<Variant> all = new ArrayList<>();
        all.add(shipped("shipped", "Java, shipped packaging", Map.of()));
        all.add(cached());
        all.add(node());
        all.add(python("boto3", "Python, boto3", "handler"));
        all.add(python("helper", "Python, boto3, helper protocol", "helper"));
        all.add(idiomatic());
        all.add(
                shipped(
                        "cold",
                        "Java, shipped packaging, no rehearsal",
                        Map.of("KEYGUARD_REHEARSAL", "off")));
        return all;
    }

    Path layer() {
        return project.resolve("layers/keyguard-layer/target/keyguard-layer.zip");
    }

    /// The comparison's function on the shipped layer.
    Variant shipped(String id, String name, Map<String, String> environment) throws IOException {
        Path jar = project.resolve("bench/variants/shipped/target/bench-shipped.jar");
        return java(id, name, List.of(jar), jar, SHIPPED, environment);
    }

    /// The optional packaging: the same jars, and the cache that a training makes of them. What is
    /// uploaded is a layer of an image, which is compressed; the JVM is in the base image.
    private Variant cached() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve("aot"));
        Path lib = Files.createDirectories(folder.resolve("lib"));
        unzip(layer(), folder);
        List<Path> jars = new ArrayList<>(jars(folder.resolve("java/lib")));
        jars.add(project.resolve("bench/variants/shipped/target/bench-shipped.jar"));
        jars.addAll(client.classPath());
        for (Path jar : jars) Files.copy(jar, lib.resolve(jar.getFileName().toString()));
        ColdStart.delete(folder.resolve("java"));
        Files.copy(project.resolve("packaging/start"), folder.resolve("start"));
        Application application = new Application(folder, java());
        new Training(application, SHIPPED, ColdStart.event("https://127.0.0.1")).run();
        List<String> options = new ArrayList<>(MEMORY);
        options.addAll(certificate.javaOptions());
        List<String> words = new ArrayList<>(application.command());
        words.add(SHIPPED);
        return new Variant(
                "aot",
                "Java, AOT cache",
                words,
                Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        Variant.JAVA_OPTIONS,
                        String.join(" ", options)),
                folder,
                zipped(folder),
                "");
    }

    /// A shipped function, as its zip is.
    Variant function(String name, String handler) throws IOException {
        Path zip = project.resolve("functions/" + name + "/target/" + name + ".zip");
        Path code = work.resolve(name).resolve("code");
        unzip(zip, code);
        return java(name, name, jars(code.resolve("lib")), zip, handler, Map.of());
    }

    private Variant java(
            String id,
            String name,
            List<Path> function,
            Path uploaded,
            String handler,
            Map<String, String> environment)
            throws IOException {
        Path folder = Files.createDirectories(work.resolve(id));
        Path layer = folder.resolve("layer");
        unzip(layer(), layer);
        List<Path> jars = new ArrayList<>(function);
        jars.addAll(jars(layer.resolve("java/lib")));
        Path task = task(folder, jars);
        long packed = Files.size(layer()) + Files.size(uploaded);
        Map<String, String> variables = new HashMap<>(environment);
        variables.put(Variant.JAVA_OPTIONS, templateOptions());
        return new Variant(id, name, command(handler), variables, task, packed, "");
    }

    /// What the shipped template gives the JVMs of its functions.
    private String templateOptions() throws IOException {
        Path template = project.resolve("template.yaml");
        String name = Variant.JAVA_OPTIONS + ": ";
        try (Stream<String> lines = Files.lines(template)) {
            return lines.map(String::strip)
                    .filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(name.length()))
                    .orElseThrow(() -> new IOException("no " + name + " in " + template));
        }
    }

    private Variant idiomatic() throws IOException {
        Path target = project.resolve("bench/variants/idiomatic/target");
        List<Path> jars = new ArrayList<>();
        jars.add(target.resolve("bench-idiomatic.jar"));
        jars.addAll(jars(target.resolve("lib")));
        long packed = 0;
        for (Path jar : jars) packed += Files.size(jar);
        return new Variant(
                "idiomatic",
                "Java, idiomatic",
                command("io.bedrockbudgeteer.bench.idiomatic.Handler"),
                Map.of(),
                task(Files.createDirectories(work.resolve("idiomatic")), jars),
                packed,
                "");
    }

    /// What /var/task is in a function. The runtime's client has a class loader of its own for what
    /// is there, and takes no other place for a layer than /opt, which is not ours to use: the jars
    /// of the layer are here too, which is the same to that loader.
    private static Path task(Path folder, List<Path> jars) throws IOException {
        Path task = folder.resolve("task");
        Path lib = Files.createDirectories(task.resolve("lib"));
        for (Path jar : jars)
            Files.copy(
                    jar,
                    lib.resolve(jar.getFileName().toString()),
                    StandardCopyOption.REPLACE_EXISTING);
        return task;
    }

    /// As the managed runtime starts Java (Lambda Developer Guide, Customize Java runtime startup
    /// behavior): the class path is the runtime's, the function is in the folder of the process.
    private List<String> command(String handler) {
        List<String> words = new ArrayList<>();
        words.add(java().toString());
        words.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        words.addAll(MEMORY);
        words.addAll(client.options());
        words.addAll(certificate.javaOptions());
        words.addAll(
                List.of(
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                client.classPath().stream().map(Path::toString).toList()),
                        client.mainClass(),
                        handler));
        return List.copyOf(words);
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private Variant node() throws IOException, InterruptedException {
        String name = "Node, AWS SDK v3, bundled";
        if (!answers("node", "--version") || !answers("npm", "--version"))
            return Variant.missing("node", name, "node and npm are not here");
        Path folder = Files.createDirectories(work.resolve("node"));
        copy(project.resolve("bench/variants/node"), folder);
        if (!done(folder, "npm", "install", "--no-package-lock", "--no-audit", "--no-fund"))
            return Variant.missing("node", name, "npm could not fetch the SDK");
        if (!done(
                folder,
                "node_modules/.bin/esbuild",
                "runtime.mjs",
                "--bundle",
                "--minify",
                "--platform=node",
                "--target=node20",
                "--format=esm",
                "--banner:js=import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
                "--outfile=bundle/index.mjs"))
            return Variant.missing("node", name, "esbuild could not bundle");
        return new Variant(
                "node",
                name,
                List.of("node", "bundle/index.mjs"),
                Map.of("NODE_EXTRA_CA_CERTS", certificate.pem().toString()),
                folder,
                zipped(folder.resolve("bundle")),
                "");
    }

    private Variant python(String id, String name, String handler)
            throws IOException, InterruptedException {
        if (!answers("python3", "-c", "import boto3"))
            return Variant.missing(id, name, "python3 with boto3 is not here");
        Path folder = Files.createDirectories(work.resolve(id));
        copy(project.resolve("bench/variants/python"), folder);
        return new Variant(
                id,
                name,
                List.of(python(), "runtime.py", handler),
                Map.of("AWS_CA_BUNDLE", bundle(folder).toString()),
                folder,
                0,
                "");
    }

    // Those that boto3 trusts by itself and the certificate of this run, as Java and Node have it.
    private Path bundle(Path folder) throws IOException, InterruptedException {
        Path standard = Path.of(pythonSays("import botocore.httpsession as h; print(h.where())"));
        Path bundle = folder.resolve("trust.pem");
        Files.writeString(bundle, Files.readString(standard) + Files.readString(certificate.pem()));
        return bundle;
    }

    // The interpreter itself, where a version manager has put a start script before it.
    private static String python() throws IOException, InterruptedException {
        String path = pythonSays("import sys; print(sys.executable)");
        return path.isEmpty() ? "python3" : path;
    }

    private static String pythonSays(String program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("python3", "-c", program).start();
        String text =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return text;
    }

    private static boolean answers(String... command) throws InterruptedException {
        try {
            return done(Path.of("."), command);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean done(Path folder, String... command)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        process.getOutputStream().close();
        return process.waitFor() == 0;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                Files.copy(
                        file,
                        to.resolve(file.getFileName().toString()),
                        StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().toLowerCase(Locale.ROOT).endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static void unzip(Path zip, Path folder) throws IOException {
        if (!Files.isRegularFile(zip))
            throw new IOException(zip + " is not there; run mvn -DskipTests package");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!file.startsWith(folder)) throw new IOException("bad entry " + entry.getName());
                if (entry.isDirectory()) continue;
                Files.createDirectories(file.getParent());
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static long zipped(Path folder) throws IOException {
        Path zip = Files.createTempFile("bundle", ".zip");
        try (Stream<Path> files = Files.walk(folder);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, out);
            }
            out.finish();
            return Files.size(zip);
        } finally {
            Files.deleteIfExists(zip);
        }
    }
}
