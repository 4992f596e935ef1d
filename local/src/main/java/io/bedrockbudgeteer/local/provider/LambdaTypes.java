package io.bedrockbudgeteer.local.provider;

import io.bedrockbudgeteer.local.account.Functions.Function;
import io.bedrockbudgeteer.local.account.Functions.InvokeConfig;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.engine.Made;
import io.bedrockbudgeteer.local.engine.ResourceFailed;
import io.bedrockbudgeteer.local.engine.Values;
import io.bedrockbudgeteer.local.provider.Inventory.Thing;
import io.bedrockbudgeteer.local.template.LocalZip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Functions, layers and what belongs to them. The code is the packaged zip.
final class LambdaTypes {
    private static final int LONGEST_NAME = 64;
    private static final String LAYER = "AWS::Lambda::LayerVersion";

    /// Defaults of the service. Source: Lambda API Reference, CreateFunction and
    /// PutFunctionEventInvokeConfig.
    private static final int DEFAULT_MEMORY = 128;

    private static final int DEFAULT_TIMEOUT = 3;

    static final List<TypeSpec> TYPES =
            List.of(
                    TypeSpec.of(
                                    "AWS::Lambda::Function",
                                    "Lambda Developer Guide, Securing Lambda environment variables")
                            .modelled(
                                    "FunctionName",
                                    "Handler",
                                    "Runtime",
                                    "Role",
                                    "Code",
                                    "MemorySize",
                                    "Timeout",
                                    "Environment",
                                    "Environment.Variables",
                                    "Layers",
                                    "KmsKeyArn",
                                    "LoggingConfig",
                                    "LoggingConfig.LogGroup")
                            .ignored(
                                    "Description",
                                    "Architectures",
                                    "Tags",
                                    "TracingConfig",
                                    "DeadLetterConfig",
                                    "EphemeralStorage",
                                    "ReservedConcurrentExecutions",
                                    "PackageType",
                                    "LoggingConfig.LogFormat",
                                    "LoggingConfig.ApplicationLogLevel",
                                    "LoggingConfig.SystemLogLevel")
                            .required("Code", "Role")
                            .named("FunctionName")
                            .attributes("Arn")
                            .keys("KmsKeyArn")
                            .does(
                                    Named.by(
                                                    "FunctionName",
                                                    LONGEST_NAME,
                                                    (scene, name) ->
                                                            Map.of("Arn", functionArn(scene, name)))
                                            .checking(LambdaTypes::checkFunction)
                                            .after(
                                                    LambdaTypes::putFunction,
                                                    LambdaTypes::removeFunction)),
                    TypeSpec.of(
                                    LAYER,
                                    "Lambda Developer Guide, Managing Lambda dependencies with layers")
                            .modelled("LayerName", "Content")
                            .ignored(
                                    "CompatibleRuntimes",
                                    "CompatibleArchitectures",
                                    "Description",
                                    "LicenseInfo")
                            .required("Content")
                            .immutable()
                            .does(new LayerBehaviour()),
                    TypeSpec.of(
                                    "AWS::Lambda::EventInvokeConfig",
                                    "Lambda Developer Guide, Asynchronous invocation")
                            .modelled(
                                    "FunctionName",
                                    "Qualifier",
                                    "MaximumRetryAttempts",
                                    "MaximumEventAgeInSeconds",
                                    "DestinationConfig",
                                    "DestinationConfig.OnFailure",
                                    "DestinationConfig.OnFailure.Destination")
                            .required("FunctionName", "Qualifier")
                            .replacing("FunctionName", "Qualifier")
                            .does(
                                    new Named(
                                                    scene ->
                                                            scene.needed("FunctionName")
                                                                    + "|"
                                                                    + scene.needed("Qualifier"),
                                                    (scene, name) -> name,
                                                    (scene, name) -> Map.of(),
                                                    Named.NO_CHECK)
                                            .after(
                                                    LambdaTypes::putInvokeConfig,
                                                    LambdaTypes::removeInvokeConfig)),
                    TypeSpec.of(
                                    "AWS::Lambda::Permission",
                                    "Lambda Developer Guide, Granting Lambda function access to AWS services")
                            .modelled(
                                    "FunctionName",
                                    "Action",
                                    "Principal",
                                    "SourceArn",
                                    "SourceAccount")
                            .required("FunctionName", "Action", "Principal")
                            .immutable()
                            .does(
                                    new Named(
                                            scene ->
                                                    scene.ids()
                                                            .name(
                                                                    scene.target()
                                                                            .place()
                                                                            .stackName(),
                                                                    scene.target().logicalId(),
                                                                    LONGEST_NAME),
                                            (scene, name) -> name,
                                            (scene, name) -> Map.of(),
                                            Named.NO_CHECK)));

    private LambdaTypes() {}

    private static String functionArn(Scene scene, String name) {
        return scene.arn("lambda", "function:" + name);
    }

    private static void checkFunction(
            Scene scene, String name, Optional<Map<String, Object>> before) {
        String role = scene.needed("Role");
        if (!scene.account().roles().exists(role.substring(role.lastIndexOf('/') + 1))) {
            throw new Refusal(
                    "InvalidParameterValueException",
                    400,
                    "The role defined for the function cannot be assumed by Lambda.");
        }
        Optional<String> key = scene.text("KmsKeyArn");
        boolean same = before.filter(old -> Scene.text(old, "KmsKeyArn").equals(key)).isPresent();
        if (key.isPresent() && !same) {
            // Assumption: the encryption context of environment variables is the function's ARN;
            // the guide does not print it.
            Map<String, String> context =
                    Map.of("aws:lambda:FunctionArn", functionArn(scene, name));
            scene.keyAccess().deployer("lambda", key.get(), context, "CreateGrant", "Encrypt");
        }
    }

    private static void putFunction(Scene scene, String name) {
        Map<String, String> environment = new LinkedHashMap<>();
        if (scene.value("Environment.Variables").orElse(Map.of()) instanceof Map<?, ?> variables) {
            variables.forEach(
                    (key, value) -> environment.put(String.valueOf(key), String.valueOf(value)));
        }
        scene.account()
                .functions()
                .put(
                        new Function(
                                functionArn(scene, name),
                                name,
                                scene.text("Handler").orElse(""),
                                scene.text("Runtime").orElse(""),
                                number(scene, "MemorySize", DEFAULT_MEMORY),
                                number(scene, "Timeout", DEFAULT_TIMEOUT),
                                code(scene, scene.value("Code").orElse("")),
                                scene.list("Layers").stream()
                                        .map(arn -> layer(scene, arn.toString()))
                                        .toList(),
                                environment,
                                scene.needed("Role"),
                                scene.text("LoggingConfig.LogGroup")
                                        .orElse("/aws/lambda/" + name)));
    }

    private static void removeFunction(Scene scene, String name) {
        scene.account().functions().remove(functionArn(scene, name));
    }

    private static void putInvokeConfig(Scene scene, String name) {
        InvokeConfig standard = InvokeConfig.STANDARD;
        scene.account()
                .functions()
                .invokeConfig(
                        configured(scene, scene.needed("FunctionName")),
                        new InvokeConfig(
                                number(
                                        scene,
                                        "MaximumRetryAttempts",
                                        standard.maximumRetryAttempts()),
                                number(
                                        scene,
                                        "MaximumEventAgeInSeconds",
                                        standard.maximumEventAgeSeconds()),
                                scene.text("DestinationConfig.OnFailure.Destination")
                                        .map(LambdaTypes::queue)));
    }

    /// @param name as [#putInvokeConfig] made it: function and qualifier
    private static void removeInvokeConfig(Scene scene, String name) {
        String function = name.substring(0, name.lastIndexOf('|'));
        scene.account()
                .functions()
                .invokeConfig(configured(scene, function), InvokeConfig.STANDARD);
    }

    private static String configured(Scene scene, String function) {
        return function.startsWith("arn:") ? function : functionArn(scene, function);
    }

    private static String queue(String destination) {
        String[] parts = destination.split(":", 6);
        if (parts.length != 6 || !parts[2].equals("sqs") || parts[5].endsWith(".fifo")) {
            throw new NotModelledException(
                    "failure destination " + destination + ", which is no standard queue");
        }
        return destination;
    }

    private static int number(Scene scene, String property, int otherwise) {
        return scene.text(property)
                .map(text -> {
                    try {
                        return Integer.parseInt(text);
                    } catch (NumberFormatException e) {
                        throw new ResourceFailed(property + " is not a number: " + text);
                    }
                })
                .orElse(otherwise);
    }

    /// The packaged zip in a Code or Content property.
    private static Path code(Scene scene, Object value) {
        Path zip =
                (value instanceof Map<?, ?>
                                ? LocalZip.in(Values.asMap(value), scene.folder())
                                : Optional.<Path>empty())
                        .orElseThrow(() ->
                                new NotModelledException(
                                        "code of "
                                                + scene.target().logicalId()
                                                + " that is not a local zip: "
                                                + value));
        if (!Files.isRegularFile(zip)) {
            throw new ResourceFailed(
                    "The code of "
                            + scene.target().logicalId()
                            + " is not there: "
                            + zip
                            + ". Build it with 'mvn -DskipTests package'.");
        }
        return zip;
    }

    private static Path layer(Scene scene, String arn) {
        Thing layer =
                scene.inventory()
                        .find(LAYER, arn)
                        .orElseThrow(() ->
                                new Refusal(
                                        "ResourceNotFoundException",
                                        404,
                                        "Layer version " + arn + " does not exist."));
        return code(scene, layer.properties().getOrDefault("Content", ""));
    }

    /// Each version of a layer is a resource of its own.
    private static final class LayerBehaviour implements Behaviour {
        @Override
        public Made create(Scene scene) {
            String name = scene.name("LayerName", LONGEST_NAME);
            code(scene, scene.value("Content").orElse(""));
            long earlier =
                    scene.inventory().all(LAYER).stream()
                            .filter(layer -> layer.name().equals(name))
                            .count();
            String arn = scene.arn("lambda", "layer:" + name + ":" + (earlier + 1));
            scene.inventory().add(new Thing(LAYER, arn, name, scene.properties()));
            return new Made(arn, Map.of());
        }

        @Override
        public Made update(Scene scene, String physicalId, Map<String, Object> before) {
            return new Made(physicalId, Map.of());
        }

        @Override
        public void delete(Scene scene, String physicalId) {
            scene.inventory().remove(LAYER, physicalId);
        }
    }
}
