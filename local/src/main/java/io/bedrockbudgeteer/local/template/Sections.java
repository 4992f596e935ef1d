package io.bedrockbudgeteer.local.template;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The outline of a template: which sections there are, and how many entries each may have.
///
/// CloudFormation User Guide: Template sections, CloudFormation quotas.
final class Sections {

    /// Upper limit for a template in S3. (51,200 bytes count only for templates sent inline, and
    /// `sam deploy` uploads to S3.)
    static final int MAX_TEMPLATE_BYTES = 1_000_000;

    private static final int MAX_RESOURCES = 500;
    private static final int MAX_PARAMETERS = 200;
    private static final int MAX_OUTPUTS = 200;
    private static final int MAX_MAPPINGS = 200;
    private static final int MAX_NAME = 255;
    private static final int MAX_DESCRIPTION_BYTES = 1024;
    private static final int MAX_DYNAMIC_REFERENCES = 60;

    private static final Set<String> SECTIONS =
            Set.of(
                    "AWSTemplateFormatVersion",
                    "Description",
                    "Metadata",
                    "Parameters",
                    "Rules",
                    "Mappings",
                    "Conditions",
                    "Transform",
                    "Globals",
                    "Resources",
                    "Outputs");

    private Sections() {}

    /// @throws TemplateException for a template that CloudFormation refuses
    /// @throws io.bedrockbudgeteer.local.account.NotModelledException for a section, attribute or
    ///   feature that is not modelled
    static void check(Map<String, Object> tree) {
        for (String section : tree.keySet()) {
            if (section.equals("Hooks")) {
                throw Where.ROOT.unknown("template section " + section);
            }
            if (!SECTIONS.contains(section)) {
                throw new TemplateException(
                        "invalid template section "
                                + section
                                + "; known are "
                                + new TreeSet<>(SECTIONS));
            }
        }
        Object version = tree.get("AWSTemplateFormatVersion");
        if (version != null && !version.equals("2010-09-09")) {
            throw Where.ROOT
                    .key("AWSTemplateFormatVersion")
                    .wrong("must be '2010-09-09', found '" + version + "'");
        }
        if (tree.containsKey("Globals") && !tree.containsKey("Transform")) {
            throw Where.ROOT.key("Globals").wrong("needs Transform: " + SamTransform.NAME);
        }
        description(tree, Where.ROOT);
        Tree.mapOrEmpty(tree.get("Metadata"), Where.ROOT.key("Metadata"));
        entries(tree, "Parameters", MAX_PARAMETERS);
        entries(tree, "Rules", Integer.MAX_VALUE);
        entries(tree, "Mappings", MAX_MAPPINGS);
        entries(tree, "Conditions", Integer.MAX_VALUE);
        entries(tree, "Outputs", MAX_OUTPUTS).forEach(OutputDefinition::of);
        Map<String, Object> resources = entries(tree, "Resources", MAX_RESOURCES);
        if (resources.isEmpty()) {
            throw Where.ROOT.key("Resources").wrong("must have at least one resource");
        }
        resources.forEach(ResourceDefinition::of);
        for (String name : Tree.mapOrEmpty(tree.get("Parameters"), Where.ROOT).keySet()) {
            if (resources.containsKey(name)) {
                throw ResourceDefinition.where(name)
                        .wrong(
                                "has the name of a parameter, so Ref would not know which is meant; rename one");
            }
        }
        dynamicReferences(tree);
    }

    static void description(Map<String, Object> map, Where where) {
        if (map.containsKey("Description")) {
            String text = Tree.text(map.get("Description"), where.key("Description"));
            if (text.getBytes(StandardCharsets.UTF_8).length > MAX_DESCRIPTION_BYTES) {
                throw where.key("Description")
                        .wrong("must have at most " + MAX_DESCRIPTION_BYTES + " bytes");
            }
        }
    }

    private static Map<String, Object> entries(Map<String, Object> tree, String section, int most) {
        Where where = Where.ROOT.key(section);
        Map<String, Object> entries = Tree.mapOrEmpty(tree.get(section), where);
        if (entries.size() > most) {
            throw where.wrong(
                    "has " + entries.size() + " entries, CloudFormation takes at most " + most);
        }
        for (String name : entries.keySet()) {
            if (!name.matches("[A-Za-z0-9]{1," + MAX_NAME + "}")) {
                throw where.wrong(
                        "'" + name + "' is no name: 1 to " + MAX_NAME + " letters and digits");
            }
        }
        return entries;
    }

    private static void dynamicReferences(Map<String, Object> tree) {
        int count = dynamicReferences(tree, 0);
        if (count > MAX_DYNAMIC_REFERENCES) {
            throw new TemplateException(
                    "the template has "
                            + count
                            + " dynamic references, CloudFormation takes at most "
                            + MAX_DYNAMIC_REFERENCES);
        }
        if (count > 0) {
            throw Where.ROOT.unknown(
                    "dynamic reference {{resolve:…}} in the template (" + count + " of them)");
        }
    }

    private static int dynamicReferences(Object value, int before) {
        return switch (value) {
            case Map<?, ?> map ->
                    map.values().stream()
                            .reduce(
                                    before,
                                    (sum, inner) -> dynamicReferences(inner, sum),
                                    Integer::sum);
            case List<?> list ->
                    list.stream()
                            .reduce(
                                    before,
                                    (sum, inner) -> dynamicReferences(inner, sum),
                                    Integer::sum);
            case String text -> before + text.split("\\{\\{resolve:", -1).length - 1;
            default -> before;
        };
    }
}
