package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.provider.Inventory.Thing;
import java.util.Map;
import java.util.Optional;

/// What writers meet at a bucket: its default key.
record Bucket(String name, Map<String, Object> properties) {
    private static final String CONFIGURATION =
            "BucketEncryption.ServerSideEncryptionConfiguration";
    static final String DEFAULT_KEY =
            CONFIGURATION + ".ServerSideEncryptionByDefault.KMSMasterKeyID";

    static Optional<Bucket> find(Inventory inventory, String name) {
        return inventory.find(StoreTypes.BUCKET, name).map(thing -> of(thing));
    }

    private static Bucket of(Thing thing) {
        return new Bucket(thing.name(), thing.properties());
    }

    Optional<String> defaultKey() {
        return Scene.text(properties, DEFAULT_KEY);
    }

    boolean hasBucketKey() {
        return Scene.text(properties, CONFIGURATION + ".BucketKeyEnabled")
                .filter("true"::equals)
                .isPresent();
    }
}
