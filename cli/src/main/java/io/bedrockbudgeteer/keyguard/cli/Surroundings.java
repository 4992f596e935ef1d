package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.cli.console.Interrupts;
import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import io.bedrockbudgeteer.keyguard.cli.console.Terminal;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// What a command that writes finds around itself.
///
/// @param screen where it reads and writes
/// @param terminal what stands at the ends of the process
/// @param interrupts tells when the process is to end
/// @param clock for names of files
/// @param nanoClock as System.nanoTime
/// @param environment variables of the process, but for the credential chain, which reads the real
///   ones
record Surroundings(
        Screen screen,
        Terminal terminal,
        Interrupts interrupts,
        InstantSource clock,
        LongSupplier nanoClock,
        Environment environment) {

    /// In a pipeline.
    static Surroundings of(Screen screen, InstantSource clock) {
        return new Surroundings(
                screen,
                Terminal.NONE,
                Interrupts.NONE,
                clock,
                System::nanoTime,
                Environment.ofProcess());
    }

    Surroundings with(Screen other) {
        return new Surroundings(other, terminal, interrupts, clock, nanoClock, environment);
    }
}
