package io.bedrockbudgeteer.local.shipped;

import io.bedrockbudgeteer.local.template.Deployment;
import io.bedrockbudgeteer.local.template.LocalZip;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// A zip that the template names.
///
/// @param handler class that Lambda starts, as its file in a jar; empty for a layer
/// @param entries what it holds by name, folders left out
record PackagedZip(Path file, Optional<String> handler, SortedMap<String, byte[]> entries) {

    /// All of the shipped template with a key, functions and layers.
    static List<PackagedZip> all() {
        return ShippedTemplate.withKey(Map.of()).resources().stream()
                .flatMap(resource -> of(resource).stream())
                .toList();
    }

    private static Optional<PackagedZip> of(Deployment.Resource resource) {
        return switch (resource.type()) {
            case "AWS::Lambda::Function" ->
                    Optional.of(
                            read(
                                    resource,
                                    "Code",
                                    ShippedTemplate.at(resource.properties(), "Handler")
                                            .map(PackagedZip::classFile)));
            case "AWS::Lambda::LayerVersion" ->
                    Optional.of(read(resource, "Content", Optional.empty()));
            default -> Optional.empty();
        };
    }

    private static String classFile(Object handler) {
        return handler.toString().replaceFirst("::.*", "").replace('.', '/') + ".class";
    }

    @SuppressWarnings("unchecked")
    private static PackagedZip read(
            Deployment.Resource resource, String property, Optional<String> handler) {
        Path zip =
                ShippedTemplate.at(resource.properties(), property)
                        .flatMap(code ->
                                LocalZip.in((Map<String, Object>) code, ShippedTemplate.root()))
                        .orElseThrow(
                                () -> new AssertionError(resource.logicalId() + " has no zip"));
        try {
            return new PackagedZip(zip, handler, entries(Files.readAllBytes(zip)));
        } catch (IOException e) {
            throw new UncheckedIOException(zip + ": run the package phase first", e);
        }
    }

    String name() {
        return file.getFileName().toString();
    }

    /// What a zip or a jar holds by name, folders left out.
    static SortedMap<String, byte[]> entries(byte[] zip) {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry next = in.getNextEntry(); next != null; next = in.getNextEntry())
                if (!next.isDirectory()) entries.put(next.getName(), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }
}
