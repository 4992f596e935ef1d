package io.bedrockbudgeteer.local.lambda;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// How the host runs functions.
///
/// @param timeScale by how much the waits of the asynchronous queue are divided; time-outs of
///   functions are not
/// @param environments processes that one function may have at a time
/// @param workDirectory where functions are unpacked; a temporary directory when empty
public record LambdaOptions(
        RuntimeClient client,
        int timeScale,
        int environments,
        Optional<Path> workDirectory,
        InstantSource clock) {}
