package io.bedrockbudgeteer.local.template;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a `CodeUri` or `ContentUri` becomes: `{S3Bucket, S3Key, S3ObjectVersion}`, or a [LocalZip].
final class SamCode {

    private static final String VERSION = "versionId=";

    private SamCode() {}

    static Map<String, Object> location(Object uri, Where where) {
        if (uri instanceof String text) {
            return fromUri(text, where);
        }
        Map<String, Object> map = Tree.map(uri, where);
        if (map.containsKey(LocalZip.PATH)) {
            return map;
        }
        Object bucket = map.get("Bucket");
        Object key = map.get("Key");
        if (bucket == null || key == null) {
            throw where.wrong("must have Bucket and Key");
        }
        return s3(bucket, key, map.get("Version"));
    }

    private static Map<String, Object> fromUri(String text, Where where) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw where.wrong("'" + text + "' is not of the form s3://bucket/key");
        }
        String bucket = uri.getRawAuthority();
        String path = uri.getRawPath();
        if (!"s3".equals(uri.getScheme()) || bucket == null || path == null || path.isEmpty()) {
            throw where.wrong("'" + text + "' is not of the form s3://bucket/key");
        }
        String query = uri.getRawQuery();
        String key = path.replaceFirst("^/+", "");
        if (query == null) {
            return s3(bucket, key, null);
        }
        if (!query.matches(VERSION + "[A-Za-z0-9._-]+")) {
            throw where.unknown("query '" + query + "' of a code location");
        }
        return s3(bucket, key, query.substring(VERSION.length()));
    }

    private static Map<String, Object> s3(Object bucket, Object key, @Nullable Object version) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("S3Bucket", bucket);
        out.put("S3Key", key);
        if (version != null) {
            out.put("S3ObjectVersion", version);
        }
        return out;
    }
}
