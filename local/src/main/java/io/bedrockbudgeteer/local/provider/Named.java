package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.engine.Made;
import io.bedrockbudgeteer.local.provider.Inventory.Thing;
import java.util.Map;
import java.util.Optional;

/// The common case: a thing with a name that must be free, and checks that the service makes first.
///
/// @param name how it is called when it is created
/// @param id physical id by name
/// @param place where the account keeps it, by physical id; another place than the id where names
///   repeat, as streams do in groups
/// @param attributes values for `Fn::GetAtt` by name
/// @param check refuses what the service refuses
/// @param put what else a create or update does, once all checks have passed
/// @param remove what else a delete does
record Named(
        Naming name,
        Identity id,
        Identity place,
        Attributes attributes,
        Check check,
        Effect put,
        Effect remove)
        implements Behaviour {

    /// Finds the name.
    @FunctionalInterface
    interface Naming {
        String of(Scene scene);
    }

    /// Makes the physical id.
    @FunctionalInterface
    interface Identity {
        String of(Scene scene, String name);
    }

    /// Makes the attributes.
    @FunctionalInterface
    interface Attributes {
        Map<String, Object> of(Scene scene, String name);
    }

    /// Checks before anything changes.
    @FunctionalInterface
    interface Check {
        /// @param before old properties, on an update
        /// @throws Refusal as the service would
        void run(Scene scene, String name, Optional<Map<String, Object>> before);
    }

    /// Acts on the account.
    @FunctionalInterface
    interface Effect {
        void run(Scene scene, String name);
    }

    static final Check NO_CHECK = (scene, name, before) -> {};
    static final Effect NOTHING = (scene, name) -> {};
    private static final Identity UNDER_ITS_ID = (scene, id) -> id;

    Named(Naming name, Identity id, Attributes attributes, Check check) {
        this(name, id, UNDER_ITS_ID, attributes, check, NOTHING, NOTHING);
    }

    /// Physical id = name, from this property.
    static Named by(String property, int longest, Attributes attributes) {
        return new Named(
                scene -> scene.name(property, longest),
                (scene, name) -> name,
                attributes,
                NO_CHECK);
    }

    Named identifiedBy(Identity other) {
        return new Named(name, other, place, attributes, check, put, remove);
    }

    Named keptUnder(Identity other) {
        return new Named(name, id, other, attributes, check, put, remove);
    }

    Named checking(Check other) {
        return new Named(name, id, place, attributes, other, put, remove);
    }

    Named after(Effect putEffect, Effect removeEffect) {
        return new Named(name, id, place, attributes, check, putEffect, removeEffect);
    }

    @Override
    public Made create(Scene scene) {
        String called = name.of(scene);
        String physicalId = id.of(scene, called);
        String type = scene.target().type();
        String kept = place.of(scene, physicalId);
        if (scene.inventory().find(type, kept).isPresent()) {
            throw Inventory.alreadyExists(type, called);
        }
        check.run(scene, called, Optional.empty());
        put.run(scene, called);
        scene.inventory().add(new Thing(type, kept, called, scene.properties()));
        return new Made(physicalId, attributes.of(scene, called));
    }

    @Override
    public Made update(Scene scene, String physicalId, Map<String, Object> before) {
        String type = scene.target().type();
        String kept = place.of(scene, physicalId);
        Thing thing =
                scene.inventory()
                        .find(type, kept)
                        .orElseThrow(() ->
                                new Refusal(
                                        "NotFound",
                                        404,
                                        type + " " + physicalId + " was not found."));
        check.run(scene, thing.name(), Optional.of(before));
        put.run(scene, thing.name());
        scene.inventory().replace(new Thing(type, kept, thing.name(), scene.properties()));
        return new Made(physicalId, attributes.of(scene, thing.name()));
    }

    @Override
    public void delete(Scene scene, String physicalId) {
        String type = scene.target().type();
        String kept = place.of(scene, physicalId);
        scene.inventory()
                .find(type, kept)
                .ifPresent(thing -> {
                    remove.run(scene, thing.name());
                    scene.inventory().remove(type, kept);
                });
    }
}
