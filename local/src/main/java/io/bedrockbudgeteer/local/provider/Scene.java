package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.account.Account;
import io.bedrockbudgeteer.local.engine.PhysicalIds;
import io.bedrockbudgeteer.local.engine.Target;
import io.bedrockbudgeteer.local.engine.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a behaviour works with: the account, and the resource as the template wants it.
///
/// @param folder where relative code paths start
record Scene(Account account, Inventory inventory, PhysicalIds ids, Path folder, Target target) {

    Map<String, Object> properties() {
        return target.properties();
    }

    /// A value by path, such as `SSESpecification.KMSMasterKeyId`; lists are entered at their first
    /// element.
    Optional<Object> value(String path) {
        return at(properties(), path);
    }

    static Optional<Object> at(Map<String, Object> properties, String path) {
        Object now = properties;
        for (String step : path.split("\\.")) {
            if (now instanceof List<?> list) {
                if (list.isEmpty()) {
                    return Optional.empty();
                }
                now = list.get(0);
            }
            if (!(now instanceof Map<?, ?> map) || !map.containsKey(step)) {
                return Optional.empty();
            }
            now = map.get(step);
        }
        return Optional.ofNullable(now);
    }

    /// As [#value], as text; an empty text counts as absent.
    Optional<String> text(String path) {
        return text(properties(), path);
    }

    static Optional<String> text(Map<String, Object> properties, String path) {
        return at(properties, path)
                .map(Values::strings)
                .map(Object::toString)
                .filter(text -> !text.isEmpty());
    }

    String needed(String path) {
        return text(path)
                .orElseThrow(() -> new IllegalStateException(path + " was checked to be there"));
    }

    boolean isTrue(String path) {
        return text(path).filter("true"::equals).isPresent();
    }

    /// The elements of a list, or a single value as a list.
    List<Object> list(String path) {
        return value(path)
                .map(found ->
                        found instanceof List<?> list ? List.<Object>copyOf(list) : List.of(found))
                .orElse(List.of());
    }

    /// The given name, or one that CloudFormation makes up.
    String name(String property, int longest) {
        return text(property)
                .orElseGet(() -> ids.name(target.place().stackName(), target.logicalId(), longest));
    }

    String arn(String service, String resource) {
        return "arn:"
                + account.partition()
                + ":"
                + service
                + ":"
                + account.region()
                + ":"
                + account.accountId()
                + ":"
                + resource;
    }

    KeyAccess keyAccess() {
        return new KeyAccess(account);
    }
}
