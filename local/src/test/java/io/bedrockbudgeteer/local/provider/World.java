package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.engine.FakeAccount;
import io.bedrockbudgeteer.local.engine.Made;
import io.bedrockbudgeteer.local.engine.PhysicalIds;
import io.bedrockbudgeteer.local.engine.Provider;
import io.bedrockbudgeteer.local.engine.Target;
import io.bedrockbudgeteer.local.template.Deployment.Place;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/// A fake account with the real resource types, for tests of single resources.
final class World {
    static final String ROLE = "arn:aws:iam::111122223333:role/worker";
    static final String KEY = "arn:aws:kms:us-east-1:111122223333:key/k1";

    final FakeAccount account;
    final Inventory inventory = new Inventory();
    final ResourceTypes types;
    private final Place place;

    World(FakeAccount account, Path folder) {
        this.account = account;
        this.types = new ResourceTypes(account, inventory, new PhysicalIds(new Random(5)), folder);
        this.place =
                new Place(
                        account.accountId(),
                        account.region(),
                        account.partition(),
                        account.urlSuffix(),
                        "shop",
                        "arn:aws:cloudformation:us-east-1:111122223333:stack/shop/1");
        account.rolePolicies.put("worker", new HashMap<>());
    }

    Target target(String type, String logicalId, Map<String, Object> properties) {
        return new Target(place, logicalId, type, properties);
    }

    Made create(String type, Map<String, Object> properties) throws InterruptedException {
        return types.of(type).create(target(type, "It", properties));
    }

    Made update(String type, String id, Map<String, Object> before, Map<String, Object> after)
            throws InterruptedException {
        return types.of(type).update(target(type, "It", after), id, before);
    }

    void delete(String type, String id, Map<String, Object> properties)
            throws InterruptedException {
        types.of(type).delete(target(type, "It", properties), id);
    }

    Provider.Change change(String type, Map<String, Object> before, Map<String, Object> after) {
        return types.of(type).change(target(type, "It", after), before);
    }
}
