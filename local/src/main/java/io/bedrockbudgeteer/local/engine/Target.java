package io.bedrockbudgeteer.local.engine;

import io.bedrockbudgeteer.local.template.Deployment.Place;
import java.util.Map;

/// One resource of one stack with the properties it shall have, or had when it is deleted.
public record Target(Place place, String logicalId, String type, Map<String, Object> properties) {}
