package io.bedrockbudgeteer.local;

import io.bedrockbudgeteer.local.engine.StackEvent;
import io.bedrockbudgeteer.local.report.Ink;
import io.bedrockbudgeteer.local.report.JsonReport;
import io.bedrockbudgeteer.local.report.RunReport;
import io.bedrockbudgeteer.local.report.TextReport;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Deploys, then updates or deletes as told, and reports each operation.
@Command(
        name = "deploy",
        description = "Deploys the stack and reports what happened.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%n",
        footer = {
            "Exit code 0 when the last operation succeeded and no rule was broken,",
            "1 when the stack failed, 2 when it could not run.",
            "In --then \"update KmsKeyArn=new\", new stands for another key like the first."
        })
final class DeployCommand implements Callable<Integer> {
    /// As the value of the key parameter in an update: make another key.
    private static final String NEW_KEY = "new";

    private enum Format {
        text,
        json
    }

    private final Screen screen;

    @Mixin private RunOptions run = new RunOptions();

    @Option(
            names = "--then",
            paramLabel = "STEP",
            arity = "1..*",
            parameterConsumer = RunOptions.UntilNextOption.class,
            description = "What to do next, repeatable: delete, or update NAME=VALUE...")
    private List<List<String>> then = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text (default) or json.")
    private Format format = Format.text;

    @Option(names = "--no-color", description = "No colour, also on a terminal.")
    private boolean noColor;

    private List<String> head = List.of();

    DeployCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        List<Step> steps = then.stream().map(Step::parse).toList();
        TextReport text =
                new TextReport(
                        noColor || format == Format.json ? Ink.PLAIN : screen.ink(),
                        ZoneId.systemDefault());
        List<RunReport> reports = new ArrayList<>();
        try (LocalStack stack = run.builder().listener(event -> show(text, event)).open();
                Ending _ = Ending.of(stack)) {
            reports.add(one(text, "create", stack, stack::deploy, steps.isEmpty()));
            for (int i = 0; i < steps.size(); i++) {
                boolean last = i == steps.size() - 1;
                reports.add(
                        switch (steps.get(i)) {
                            case Step.Update(Map<String, String> overrides) -> {
                                Map<String, String> values = withNewKey(stack, overrides);
                                yield one(text, "update", stack, () -> stack.update(values), last);
                            }
                            case Step.Delete() -> one(text, "delete", stack, stack::delete, last);
                        });
            }
        } finally {
            if (format == Format.json && !reports.isEmpty()) {
                screen.print(
                        List.of(
                                steps.isEmpty()
                                        ? JsonReport.of(reports.getFirst())
                                        : JsonReport.of(reports)));
            }
        }
        boolean clean = reports.stream().allMatch(report -> report.violations().isEmpty());
        return clean && reports.getLast().status().isSuccess() ? Main.DONE : Main.FAILED;
    }

    private RunReport one(
            TextReport text,
            String operation,
            LocalStack stack,
            Supplier<RunReport> work,
            boolean last) {
        // Shown with the first event: an operation that is refused has not started.
        head = text.head(operation, stack.stackName(), run.region(), run.timeScale());
        RunReport report = work.get();
        show(takeHead());
        if (format == Format.text) {
            List<String> lines = new ArrayList<>(text.tail(report, last));
            if (!last) {
                lines.add("");
            }
            screen.print(lines);
        } else {
            report.violations()
                    .forEach(violation ->
                            screen.progress(List.of("local: violation: " + violation)));
        }
        return report;
    }

    private List<String> takeHead() {
        List<String> lines = head;
        head = List.of();
        return lines;
    }

    private void show(TextReport text, StackEvent event) {
        show(takeHead());
        show(text.event(event));
    }

    private void show(List<String> lines) {
        if (format == Format.text) {
            screen.print(lines);
        } else {
            screen.progress(lines);
        }
    }

    private Map<String, String> withNewKey(LocalStack stack, Map<String, String> overrides)
            throws IOException {
        Map<String, String> values = new LinkedHashMap<>(overrides);
        if (NEW_KEY.equals(values.get(LocalStack.KEY_PARAMETER))) {
            values.put(LocalStack.KEY_PARAMETER, stack.newKey(run.keyChoice().withoutAlias()));
        }
        return values;
    }
}
