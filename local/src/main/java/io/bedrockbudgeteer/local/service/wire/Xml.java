package io.bedrockbudgeteer.local.service.wire;

import java.util.function.Consumer;

/// Writes the XML of the query protocol: elements and texts, nothing else.
public final class Xml {
    private final StringBuilder out = new StringBuilder();
    private final String root;

    Xml(String root, String namespace) {
        this.root = root;
        out.append('<').append(root);
        if (!namespace.isEmpty()) out.append(" xmlns=\"").append(namespace).append('"');
        out.append('>');
    }

    public Xml text(String name, String value) {
        out.append('<')
                .append(name)
                .append('>')
                .append(escaped(value))
                .append("</")
                .append(name)
                .append('>');
        return this;
    }

    public Xml child(String name, Consumer<Xml> content) {
        out.append('<').append(name).append('>');
        content.accept(this);
        out.append("</").append(name).append('>');
        return this;
    }

    String close() {
        return out.append("</").append(root).append('>').toString();
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\r", "&#13;");
    }
}
