package io.bedrockbudgeteer.local.template;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// Reads the YAML of a template as CloudFormation does: YAML 1.1 without aliases, merges and
/// timestamps, with short tags for functions. Works on the node graph, because Java objects no
/// longer know their tags.
///
/// CloudFormation User Guide: CloudFormation template format (YAML).
final class YamlReader {

    private final String text;

    YamlReader(String text) {
        this.text = text;
    }

    /// @throws TemplateException with line and column
    Map<String, Object> read() {
        Yaml yaml = new Yaml(new LoaderOptions());
        try {
            refuseAliases(yaml);
            Node root = yaml.compose(new StringReader(text));
            if (!(root instanceof MappingNode mapping)) {
                throw new TemplateException(
                        "the template must be a map with the section Resources");
            }
            return map(mapping);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw new TemplateException(
                    (mark == null ? "" : at(mark)) + "not valid YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new TemplateException("not valid YAML: " + e.getMessage());
        }
    }

    /// Aliases are gone once the nodes are composed, so the events are looked at first.
    private void refuseAliases(Yaml yaml) {
        for (Event event : yaml.parse(new StringReader(text))) {
            if (event instanceof AliasEvent alias) {
                throw wrong(
                        alias.getStartMark(),
                        "YAML alias *"
                                + alias.getAnchor()
                                + " is not supported by CloudFormation; repeat the value");
            }
        }
    }

    private Object value(Node node) {
        String tag = node.getTag().getValue();
        if (tag.startsWith("!") && tag.length() > 1) {
            return function(tag.substring(1), node);
        }
        return plain(node);
    }

    private Object plain(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                expect(mapping, Tag.MAP);
                yield map(mapping);
            }
            case SequenceNode sequence -> {
                expect(sequence, Tag.SEQ);
                yield list(sequence);
            }
            case ScalarNode scalar -> YamlScalars.value(scalar);
            default -> throw wrong(node.getStartMark(), "unexpected YAML node");
        };
    }

    private static void expect(Node node, Tag tag) {
        if (!node.getTag().equals(tag)) {
            throw wrong(
                    node.getStartMark(),
                    "YAML tag " + node.getTag().getValue() + " is not supported by CloudFormation");
        }
    }

    private Map<String, Object> map(MappingNode mapping) {
        Map<String, Object> out = new LinkedHashMap<>();
        Map<String, Mark> seen = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            Mark mark = entry.getKeyNode().getStartMark();
            String key = YamlScalars.key(entry.getKeyNode());
            Mark first = seen.putIfAbsent(key, mark);
            if (first != null) {
                throw wrong(
                        mark,
                        "key '"
                                + key
                                + "' appears twice, first in "
                                + place(first)
                                + "; remove one");
            }
            out.put(key, value(entry.getValueNode()));
        }
        return out;
    }

    private List<Object> list(SequenceNode sequence) {
        List<Object> out = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            out.add(value(element));
        }
        return out;
    }

    /// `!Ref x` is `{Ref: x}`, `!Condition x` is `{Condition: x}`, any other `!X` is `{Fn::X: …}`;
    /// `!GetAtt a.b.c` is `[a, b.c]`.
    private Object function(String name, Node node) {
        // The tag replaces the type that the scalar would have had: the argument of a short tag is
        // text.
        Object argument =
                switch (node) {
                    case ScalarNode scalar -> scalar.getValue();
                    case SequenceNode sequence -> list(sequence);
                    case MappingNode mapping -> map(mapping);
                    default -> throw wrong(node.getStartMark(), "unexpected YAML node");
                };
        if (name.equals("GetAtt") && argument instanceof String dotted) {
            int dot = dotted.indexOf('.');
            if (dot <= 0 || dot == dotted.length() - 1) {
                throw wrong(
                        node.getStartMark(),
                        "!GetAtt needs LogicalId.Attribute, found '" + dotted + "'");
            }
            argument = List.of(dotted.substring(0, dot), dotted.substring(dot + 1));
        }
        String key = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
        Map<String, Object> call = new LinkedHashMap<>();
        call.put(key, argument);
        return call;
    }

    static TemplateException wrong(Mark mark, String what) {
        return new TemplateException(at(mark) + what);
    }

    private static String at(Mark mark) {
        return place(mark) + ": ";
    }

    private static String place(Mark mark) {
        return "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }
}
