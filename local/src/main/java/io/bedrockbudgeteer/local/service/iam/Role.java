package io.bedrockbudgeteer.local.service.iam;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One role. Immutable; the store replaces it.
///
/// @param id `AROA...`: a role made again under the same name gets another one
/// @param inline policy documents by name, in the order they were put
/// @param attached ARNs of managed policies
record Role(
        String name,
        String path,
        String arn,
        String id,
        Instant created,
        String trust,
        Optional<String> boundary,
        Map<String, String> inline,
        Set<String> attached) {

    Role {
        inline = Collections.unmodifiableMap(new LinkedHashMap<>(inline));
        attached = Collections.unmodifiableSet(new LinkedHashSet<>(attached));
    }

    Role trusting(String document) {
        return new Role(name, path, arn, id, created, document, boundary, inline, attached);
    }

    Role with(Map<String, String> policies) {
        return new Role(name, path, arn, id, created, trust, boundary, policies, attached);
    }

    Role with(Set<String> managed) {
        return new Role(name, path, arn, id, created, trust, boundary, inline, managed);
    }
}
