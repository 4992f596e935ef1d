package io.bedrockbudgeteer.keyguard.cli.explain;

import java.util.Arrays;
import java.util.List;

/// The names in request lines, for tests of other packages.
public final class Fields {

    private Fields() {}

    public static List<String> ofRequests() {
        return Arrays.stream(Member.values()).map(member -> member.json).toList();
    }
}
