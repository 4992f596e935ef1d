package io.bedrockbudgeteer.local.template;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A template as a tree of maps, lists, strings, numbers and booleans, with intrinsics in their
/// long form. Immutable.
///
/// @param tree the whole document; insertion order is document order
/// @param folder where relative code paths start
/// @param inlined parameter values that the SAM transform wrote into the text, by name; empty
///   before it and mostly after it
public record Template(Map<String, Object> tree, Path folder, Map<String, String> inlined) {

    public Template {
        tree = Tree.map(Tree.copy(tree, Where.ROOT), Where.ROOT);
        inlined = Collections.unmodifiableMap(new LinkedHashMap<>(inlined));
    }

    public Template(Map<String, Object> tree, Path folder) {
        this(tree, folder, Map.of());
    }

    /// Reads a YAML (or JSON) template and checks its sections and limits.
    ///
    /// @throws TemplateException when it is not a template this runner knows; the message has the
    ///   file name, and the line where it can
    /// @throws io.bedrockbudgeteer.local.account.NotModelledException for a feature of
    ///   CloudFormation that is not modelled
    public static Template read(Path file) {
        Path folder =
                Optional.ofNullable(file.toAbsolutePath().getParent())
                        .orElseThrow(() -> new TemplateException(file + " is not a file"));
        try {
            return of(text(file), folder);
        } catch (TemplateException e) {
            throw new TemplateException(file.getFileName() + ": " + e.getMessage());
        }
    }

    /// As [#read], from text.
    public static Template of(String text, Path folder) {
        Template template = new Template(new YamlReader(text).read(), folder);
        Sections.check(template.tree);
        return template;
    }

    /// The same template after the SAM transform; unchanged when it has none. Parameters have their
    /// default values.
    ///
    /// @throws TemplateException also when the result depends on the Region (a generated role,
    ///   `AWS::Region` in the name of a layer)
    public Template transformed() {
        return transformed(Map.of(), Optional.empty());
    }

    /// As [#transformed()] for given parameter values and a Region: the transform writes them into
    /// the names of layers.
    public Template transformed(Map<String, String> parameters, String region) {
        return transformed(parameters, Optional.of(region));
    }

    private Template transformed(Map<String, String> parameters, Optional<String> region) {
        if (!tree.containsKey("Transform")) {
            return this;
        }
        return new SamTransform(
                        this,
                        new SamInlining(this, parameters, region),
                        CodeLocations.local(folder))
                .apply();
    }

    private static String text(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new TemplateException("no such file: " + file);
            }
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length > Sections.MAX_TEMPLATE_BYTES) {
                throw new TemplateException(
                        "has "
                                + bytes.length
                                + " bytes, CloudFormation takes at most "
                                + Sections.MAX_TEMPLATE_BYTES
                                + " from S3");
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new TemplateException("is not UTF-8 text");
        } catch (IOException e) {
            throw new TemplateException("cannot be read: " + e.getMessage());
        }
    }
}
