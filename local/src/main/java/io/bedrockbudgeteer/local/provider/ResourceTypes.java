package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.account.Account;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.engine.CustomResource;
import io.bedrockbudgeteer.local.engine.PhysicalIds;
import io.bedrockbudgeteer.local.engine.Provider;
import io.bedrockbudgeteer.local.engine.Providers;
import io.bedrockbudgeteer.local.template.Deployment.Resource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// All resource types: the table, and custom resources. A type that is not here is an error, never
/// skipped.
public final class ResourceTypes implements Providers {

    /// Source: CloudFormation Template Reference, "AWS::CloudFormation::CustomResource".
    private static final Pattern CUSTOM = Pattern.compile("Custom::[A-Za-z0-9_@-]{1,60}");

    static final List<TypeSpec> TABLE =
            Stream.of(
                            IamTypes.TYPES,
                            LambdaTypes.TYPES,
                            LogTypes.TYPES,
                            StoreTypes.TYPES,
                            DeliveryTypes.TYPES,
                            MessageTypes.TYPES,
                            WatchTypes.TYPES,
                            KeyTypes.TYPES)
                    .flatMap(List::stream)
                    .toList();

    private final Map<String, Provider> byType = new LinkedHashMap<>();
    private final Provider custom;

    /// @param folder where relative code paths start: the template's
    public ResourceTypes(Account account, Inventory inventory, PhysicalIds ids, Path folder) {
        TABLE.forEach(spec ->
                byType.put(spec.type(), new TypeProvider(spec, account, inventory, ids, folder)));
        custom = new CustomResource(account, ids);
    }

    @Override
    public Provider of(String type) {
        if (type.equals("AWS::CloudFormation::CustomResource") || CUSTOM.matcher(type).matches()) {
            return custom;
        }
        Provider provider = byType.get(type);
        if (provider == null) {
            throw new NotModelledException("resource type " + type);
        }
        return provider;
    }

    /// The AWS documentation page that each type follows, by type.
    public static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        TABLE.forEach(spec -> pages.put(spec.type(), spec.page()));
        return pages;
    }

    /// Properties of these resources that are accepted and have no effect here, by type.
    public static Map<String, Set<String>> ignoredIn(List<Resource> resources) {
        Map<String, Set<String>> ignored = new TreeMap<>();
        for (Resource resource : resources) {
            TABLE.stream()
                    .filter(spec -> spec.type().equals(resource.type()))
                    .forEach(spec -> {
                        Set<String> found = spec.names().ignoredIn(resource.properties());
                        if (!found.isEmpty()) {
                            ignored.computeIfAbsent(spec.type(), type -> new TreeSet<>())
                                    .addAll(found);
                        }
                    });
        }
        return ignored;
    }
}
