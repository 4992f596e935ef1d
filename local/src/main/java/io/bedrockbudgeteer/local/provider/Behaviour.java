package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.engine.Made;
import java.util.Map;

/// What a service does when a resource of one type is created, updated or deleted. A call that
/// fails changes nothing.
interface Behaviour {

    Made create(Scene scene);

    Made update(Scene scene, String physicalId, Map<String, Object> before);

    void delete(Scene scene, String physicalId);
}
