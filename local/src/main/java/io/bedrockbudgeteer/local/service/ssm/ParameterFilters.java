package io.bedrockbudgeteer.local.service.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Parameters.Parameter;
import java.util.ArrayList;
import java.util.List;

/// The filters of DescribeParameters by name and type (Systems Manager API Reference,
/// ParameterStringFilter).
final class ParameterFilters {

    private ParameterFilters() {}

    static boolean match(Parameter parameter, JsonNode filters) {
        for (JsonNode filter : filters) if (!matches(parameter, filter)) return false;
        return true;
    }

    private static boolean matches(Parameter parameter, JsonNode filter) {
        String key = filter.path("Key").asText();
        String value =
                switch (key) {
                    case "Name" -> parameter.name();
                    case "Type" -> parameter.type();
                    default -> throw new NotModelledException("parameter filter " + key);
                };
        String option = filter.path("Option").asText("Equals");
        List<String> wanted = new ArrayList<>();
        filter.path("Values").forEach(v -> wanted.add(v.asText()));
        return switch (option) {
            case "Equals" -> wanted.contains(value);
            case "BeginsWith" -> wanted.stream().anyMatch(value::startsWith);
            case "Contains" -> wanted.stream().anyMatch(value::contains);
            default -> throw new NotModelledException("parameter filter option " + option);
        };
    }
}
