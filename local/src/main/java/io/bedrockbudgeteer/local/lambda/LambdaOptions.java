package io.bedrockbudgeteer.local.lambda;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// How the host runs functions.
///
/// @param timeScale by how much the waits of the asynchronous queue are divided; time-outs of
///   functions are not
/// @param environments processes that one function may have at a time
/// @param workDirectory where a host keeps the files of its run; a temporary directory when empty
/// @param kept where packages are unpacked and class data is kept from run to run; when empty,
///   nothing outlives a run
public record LambdaOptions(
        RuntimeClient client,
        int timeScale,
        int environments,
        Optional<Path> workDirectory,
        Optional<Path> kept,
        InstantSource clock) {}
