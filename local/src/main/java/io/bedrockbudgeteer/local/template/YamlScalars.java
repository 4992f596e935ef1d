package io.bedrockbudgeteer.local.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/// What an unquoted scalar of a template is.
///
/// | unquoted | becomes | why |
/// |---|---|---|
/// | `true`, `false`, `yes`, `no`, `on`, `off` (also capitalised or in capitals) | boolean | CloudFormation reads YAML 1.1; a bucket tag `YES` arrives as `true` |
/// | `y`, `n` | text | attribute types such as `N` are commonly written without quotes |
/// | `2012-10-17` and other timestamps | text | CloudFormation does not support the timestamp tag |
/// | `12`, `-3`, `1.50` | number | |
/// | `0123`, `0x1F`, `1_000`, `22:30`, `1e3`, `.inf` | refused | YAML 1.1 reads them as octal, hexadecimal, base 60 …: hardly what was meant, and what CloudFormation makes of it is not documented |
/// | nothing, `~`, `null` | refused | CloudFormation: null values are not allowed in templates |
final class YamlScalars {

    private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9]*)?\\.[0-9]+");
    private static final BigInteger INT_MIN = BigInteger.valueOf(Integer.MIN_VALUE);
    private static final BigInteger INT_MAX = BigInteger.valueOf(Integer.MAX_VALUE);
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private YamlScalars() {}

    static Object value(ScalarNode node) {
        Tag tag = node.getTag();
        String text = node.getValue();
        if (tag.equals(Tag.STR) || (tag.equals(Tag.TIMESTAMP) && isPlain(node))) {
            return text;
        }
        if (tag.equals(Tag.BOOL)) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on" -> true;
                case "false", "no", "off" -> false;
                default -> throw refuse(node, "'" + text + "' is no boolean; write true or false");
            };
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(node, text);
        }
        if (tag.equals(Tag.NULL)) {
            throw refuse(
                    node,
                    "null values are not allowed in templates; give a value, write '' or leave the key out");
        }
        if (tag.equals(Tag.MERGE)) {
            return text;
        }
        throw refuse(node, "YAML tag " + tag.getValue() + " is not supported by CloudFormation");
    }

    /// Keys are text whatever they look like, so a number stays as it is written. What YAML 1.1
    /// takes for something else than its spelling is refused.
    static String key(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            throw YamlReader.wrong(node.getStartMark(), "a key must be text");
        }
        String text = scalar.getValue();
        if (!isPlain(scalar)
                || scalar.getTag().equals(Tag.STR)
                || scalar.getTag().equals(Tag.TIMESTAMP)) {
            return text;
        }
        if (scalar.getTag().equals(Tag.MERGE)) {
            throw refuse(
                    scalar, "YAML merge << is not supported by CloudFormation; repeat the keys");
        }
        boolean spelled =
                INTEGER.matcher(text).matches()
                        || DECIMAL.matcher(text).matches()
                        || text.equals("true")
                        || text.equals("false");
        if (!spelled) {
            throw refuse(scalar, "key '" + text + "' is not text in YAML 1.1; put it in quotes");
        }
        return text;
    }

    private static Object number(ScalarNode node, String text) {
        if (INTEGER.matcher(text).matches()) {
            BigInteger number = new BigInteger(text);
            if (number.compareTo(INT_MIN) >= 0 && number.compareTo(INT_MAX) <= 0) {
                return number.intValueExact();
            }
            return number.compareTo(LONG_MIN) >= 0 && number.compareTo(LONG_MAX) <= 0
                    ? (Object) number.longValueExact()
                    : number;
        }
        if (DECIMAL.matcher(text).matches()) {
            return new BigDecimal(text);
        }
        throw refuse(
                node,
                "'"
                        + text
                        + "' is a number in YAML 1.1, but not a decimal one; put it in quotes or write it in decimal");
    }

    private static boolean isPlain(ScalarNode node) {
        return node.getScalarStyle() == ScalarStyle.PLAIN;
    }

    private static TemplateException refuse(ScalarNode node, String what) {
        return YamlReader.wrong(node.getStartMark(), what);
    }
}
