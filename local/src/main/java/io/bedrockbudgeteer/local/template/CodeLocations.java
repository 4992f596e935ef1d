package io.bedrockbudgeteer.local.template;

import java.nio.file.Path;

/// Where packaged code is: decides what stands for a `CodeUri` or `ContentUri` before the
/// transform.
interface CodeLocations {

    /// @param uri the value in the template: text, or a map that the translator knows
    /// @return a text `s3://bucket/key`, a map with Bucket and Key, or a [LocalZip] as a map
    Object locate(Object uri, Where where);

    /// Keeps local zips as local zips.
    static CodeLocations local(Path folder) {
        return (uri, where) -> {
            if (uri instanceof String text && !text.startsWith("s3://")) {
                return LocalZip.describe(text, folder, where);
            }
            return uri;
        };
    }
}
