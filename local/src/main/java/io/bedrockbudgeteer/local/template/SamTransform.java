package io.bedrockbudgeteer.local.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of the SAM transform that this product uses, by allow-list. Gives what AWS's translator
/// gives; resources made from a SAM resource stand in its place.
///
/// SAM Developer Guide: AWS SAM resources and properties, Generated CloudFormation resources.
final class SamTransform {

    static final String NAME = "AWS::Serverless-2016-10-31";
    private static final String PREFIX = "AWS::Serverless::";

    private final Template template;
    private final SamInlining inlining;
    private final CodeLocations locations;

    SamTransform(Template template, SamInlining inlining, CodeLocations locations) {
        this.template = template;
        this.inlining = inlining;
        this.locations = locations;
    }

    static boolean isSam(String type) {
        return type.startsWith(PREFIX);
    }

    /// As the translator tells functions from data.
    static boolean isIntrinsic(Object value) {
        if (value instanceof Map<?, ?> map && map.size() == 1) {
            String key = String.valueOf(map.keySet().iterator().next());
            return key.equals(Call.REF) || key.equals("Condition") || key.startsWith("Fn::");
        }
        return false;
    }

    Template apply() {
        checkName(template.tree().get("Transform"));
        SamGlobals globals = new SamGlobals(template);
        Map<String, Object> resources = new LinkedHashMap<>();
        Map<String, String> renamed = new LinkedHashMap<>();
        Map<String, Object> originals =
                Tree.map(template.tree().get("Resources"), Where.ROOT.key("Resources"));
        originals.forEach((id, tree) -> {
            ResourceDefinition definition = ResourceDefinition.of(id, tree);
            Map<String, Object> attributes = Tree.map(tree, ResourceDefinition.where(id));
            Map<String, Object> made =
                    switch (definition.type()) {
                        case SamFunction.TYPE ->
                                new SamFunction(
                                                definition,
                                                attributes,
                                                globals,
                                                inlining,
                                                locations)
                                        .resources();
                        case SamLayer.TYPE ->
                                new SamLayer(definition, attributes, inlining, locations)
                                        .resources();
                        default -> {
                            if (isSam(definition.type())) {
                                throw ResourceDefinition.where(id)
                                        .unknown("SAM type " + definition.type());
                            }
                            yield Map.of(id, tree);
                        }
                    };
            made.forEach((newId, resource) -> {
                if ((!newId.equals(id) && originals.containsKey(newId))
                        || resources.containsKey(newId)) {
                    throw ResourceDefinition.where(id)
                            .wrong(
                                    "SAM makes a resource "
                                            + newId
                                            + " from it, but that name is taken; rename one");
                }
                resources.put(newId, resource);
            });
            if (definition.type().equals(SamLayer.TYPE)) {
                renamed.put(id, made.keySet().iterator().next());
            }
        });
        Map<String, Object> out = new LinkedHashMap<>(template.tree());
        out.remove("Transform");
        out.remove("Globals");
        out.put("Resources", resources);
        Object result = SamRenaming.apply(out, renamed, Where.ROOT);
        Template transformed =
                new Template(Tree.map(result, Where.ROOT), template.folder(), inlining.used());
        Sections.check(transformed.tree());
        return transformed;
    }

    private static void checkName(@Nullable Object transform) {
        List<?> names =
                transform instanceof List<?> list
                        ? list
                        : List.of(Tree.text(transform, Where.ROOT.key("Transform")));
        for (Object name : names) {
            if (!NAME.equals(name)) {
                throw Where.ROOT.unknown("transform " + name);
            }
        }
    }
}
