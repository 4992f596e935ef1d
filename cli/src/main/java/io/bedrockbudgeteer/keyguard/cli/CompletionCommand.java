package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints what makes a shell complete commands and flags.
@Command(
        name = "completion",
        description = {
            "Prints a script that makes bash or zsh complete commands and flags with the TAB key.",
            ""
        },
        mixinStandardHelpOptions = true,
        version = Main.NAME_AND_VERSION,
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Examples:",
            "",
            "  source <(keyguard completion)",
            "  keyguard completion > ~/.local/share/bash-completion/completions/keyguard"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Screen screen;

    @Spec private @Nullable CommandSpec spec;

    CompletionCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        CommandSpec root = Objects.requireNonNull(spec).root();
        screen.print(List.of(AutoComplete.bash(root.name(), root.commandLine()).stripTrailing()));
        return Main.FINE;
    }
}
