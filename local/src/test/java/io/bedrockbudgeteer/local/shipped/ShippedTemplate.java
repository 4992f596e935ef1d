package io.bedrockbudgeteer.local.shipped;

import io.bedrockbudgeteer.local.template.Deployment;
import io.bedrockbudgeteer.local.template.ProjectTemplate;
import io.bedrockbudgeteer.local.template.StaticOrder;
import io.bedrockbudgeteer.local.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/// The `template.yaml` of this project, for tests.
final class ShippedTemplate {

    static final String ACCOUNT = "111122223333";
    static final String KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab";

    private ShippedTemplate() {}

    static Path root() {
        return ProjectTemplate.folder();
    }

    static String text() {
        return text("template.yaml");
    }

    static String text(String file) {
        try {
            return Files.readString(root().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Template template() {
        return Template.read(ProjectTemplate.file());
    }

    static String keyArn(String partition, String region) {
        return "arn:" + partition + ":kms:" + region + ":" + ACCOUNT + ":key/" + KEY_ID;
    }

    /// The deployment with a key in us-east-1.
    static Deployment withKey(Map<String, String> more) {
        return withKey("aws", "us-east-1", more);
    }

    static Deployment withKey(String partition, String region, Map<String, String> more) {
        Map<String, String> parameters = new LinkedHashMap<>(more);
        parameters.putIfAbsent("KmsKeyArn", keyArn(partition, region));
        return Deployment.of(template(), parameters, place(partition, region));
    }

    static Deployment withoutKey() {
        return Deployment.of(template(), Map.of(), place("aws", "us-east-1"));
    }

    static Deployment.Place place(String partition, String region) {
        String suffix = partition.equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
        String stack =
                "arn:"
                        + partition
                        + ":cloudformation:"
                        + region
                        + ":"
                        + ACCOUNT
                        + ":stack/budgeteer/0a1b2c3d-0000-1111-2222-333344445555";
        return new Deployment.Place(ACCOUNT, region, partition, suffix, "budgeteer", stack);
    }

    /// Stands for values that only exist at run time; the key ARN goes through the chain as on AWS.
    static Deployment.Lookup lookup(String partition, String region) {
        return new Deployment.Lookup() {
            @Override
            public Object ref(String logicalId) {
                return "ref-" + logicalId;
            }

            @Override
            public Object attribute(String logicalId, String attribute) {
                return switch (attribute) {
                    case "KeyArn" -> keyArn(partition, region);
                    case "KeyId" -> KEY_ID;
                    case "Arn" ->
                            "arn:" + partition + ":x:" + region + ":" + ACCOUNT + ":" + logicalId;
                    default -> logicalId + "." + attribute;
                };
            }
        };
    }

    /// Everything that a resource needs, directly or through others.
    static Set<String> needs(Deployment deployment, String logicalId) {
        return new StaticOrder(deployment).needs(logicalId);
    }

    static Deployment.Resource resource(Deployment deployment, String logicalId) {
        return deployment.resources().stream()
                .filter(r -> r.logicalId().equals(logicalId))
                .findFirst()
                .orElseThrow();
    }

    /// Properties of a resource with everything resolved that a template can resolve.
    @SuppressWarnings("unchecked")
    static Map<String, Object> properties(Deployment deployment, String logicalId) {
        return (Map<String, Object>)
                deployment
                        .resolve(
                                resource(deployment, logicalId).properties(),
                                lookup("aws", "us-east-1"))
                        .orElseThrow();
    }

    /// Calls `each` for every scalar in a tree, with its path.
    static void scalars(Object tree, String path, BiConsumer<String, Object> each) {
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> scalars(value, path + "." + key, each));
        } else if (tree instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) scalars(list.get(i), path + "[" + i + "]", each);
        } else {
            each.accept(path, tree);
        }
    }

    static Optional<Object> at(Map<?, ?> tree, String... path) {
        Object now = tree;
        for (String step : path) {
            if (!(now instanceof Map<?, ?> map) || !map.containsKey(step)) return Optional.empty();
            now = Objects.requireNonNull(map.get(step));
        }
        return Optional.of(now);
    }
}
