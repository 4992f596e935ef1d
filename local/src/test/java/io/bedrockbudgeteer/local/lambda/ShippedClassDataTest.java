package io.bedrockbudgeteer.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bedrockbudgeteer.local.account.Functions.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Every function of the template gets class data. It is kept in the folder that the end-to-end
/// tests use, so that their processes start quickly from the first one on.
@EnabledOnOs(value = OS.LINUX, disabledReason = "AWS's runtime interface client is for Linux only")
class ShippedClassDataTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern FUNCTION = Pattern.compile("Handler: (\\S+)\\n *CodeUri: (\\S+)");
    private static final Pattern LAYER = Pattern.compile("ContentUri: (\\S+)");
    private static final Pattern OPTIONS = Pattern.compile("JAVA_TOOL_OPTIONS: (.+)");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Test
    void each_function_of_the_template_gets_class_data_once_it_is_deployed_again()
            throws Exception {
        Optional<KeptFiles> kept = KeptFiles.folderOf(System.getenv()).flatMap(KeptFiles::in);
        assumeTrue(kept.isPresent(), "SKIPPED: LOCAL_CACHE is off");
        List<Function> functions = functions();
        assertThat(functions).hasSize(4);
        for (Function function : functions)
            assumeTrue(
                    Files.exists(function.zip()) && Files.exists(function.layers().getFirst()),
                    "SKIPPED: " + function.name() + " is not packaged, run the package phase");

        List<ClassData> again = new ArrayList<>();
        for (Function function : functions) {
            deployed(kept, function);
            again.add(deployed(kept, function));
        }

        Instant end = Instant.now().plus(PATIENCE);
        while (!again.stream().allMatch(ShippedClassDataTest::isThere)) {
            assertThat(Instant.now()).as("class data of all functions").isBefore(end);
            Thread.sleep(100);
        }
    }

    private static boolean isThere(ClassData data) {
        return data.options().getFirst().startsWith("-XX:AOTCache=");
    }

    private static ClassData deployed(Optional<KeptFiles> kept, Function function) {
        Path folder = kept.orElseThrow().folder();
        Contents contents = new Contents(folder);
        return new ClassData(
                kept,
                function,
                Artefacts.unpack(function, contents),
                ClientFiles.prepare(RuntimeClient.AWS, folder, contents));
    }

    private static List<Function> functions() throws IOException {
        String template = Files.readString(ROOT.resolve("template.yaml"));
        Matcher layer = LAYER.matcher(template);
        assertThat(layer.find()).isTrue();
        Matcher options = OPTIONS.matcher(template);
        assertThat(options.find()).isTrue();
        List<Function> functions = new ArrayList<>();
        for (Matcher each = FUNCTION.matcher(template); each.find(); ) {
            functions.add(
                    new Function(
                            "arn:aws:lambda:us-east-1:111122223333:function:f",
                            each.group(2),
                            each.group(1),
                            "java25",
                            512,
                            60,
                            ROOT.resolve(each.group(2)),
                            List.of(ROOT.resolve(layer.group(1))),
                            Map.of("JAVA_TOOL_OPTIONS", options.group(1)),
                            "arn:aws:iam::111122223333:role/f",
                            "/aws/lambda/f"));
        }
        return functions;
    }
}
