package io.bedrockbudgeteer.local.lambda;

import io.bedrockbudgeteer.local.account.Functions.Function;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The environment of a function's process: built from nothing, so that no variable of this machine
/// decides a test (Lambda Developer Guide, "Working with Lambda environment variables", defined
/// runtime environment variables).
final class Environment {
    /// What a JVM needs to start and to find a temporary directory; the rest on Windows only.
    private static final Set<String> KEPT = Set.of("PATH", "TMPDIR", "TEMP", "TMP", "SystemRoot");

    private static final Set<String> RESERVED =
            Set.of(
                    "_HANDLER",
                    "_X_AMZN_TRACE_ID",
                    "AWS_REGION",
                    "AWS_DEFAULT_REGION",
                    "AWS_EXECUTION_ENV",
                    "AWS_LAMBDA_FUNCTION_NAME",
                    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                    "AWS_LAMBDA_FUNCTION_VERSION",
                    "AWS_LAMBDA_INITIALIZATION_TYPE",
                    "AWS_LAMBDA_LOG_GROUP_NAME",
                    "AWS_LAMBDA_LOG_STREAM_NAME",
                    "AWS_ACCESS_KEY",
                    "AWS_ACCESS_KEY_ID",
                    "AWS_SECRET_ACCESS_KEY",
                    "AWS_SESSION_TOKEN",
                    "AWS_LAMBDA_RUNTIME_API",
                    "LAMBDA_TASK_ROOT",
                    "LAMBDA_RUNTIME_DIR");

    private Environment() {}

    static void clear(Map<String, String> inherited) {
        inherited.keySet().removeIf(name -> KEPT.stream().noneMatch(name::equalsIgnoreCase));
    }

    /// @throws Refusal for a variable that Lambda reserves
    static void check(Function function) {
        for (String name : function.environment().keySet()) {
            if (RESERVED.contains(name)) {
                throw new Refusal(
                        "InvalidParameterValueException",
                        400,
                        "Lambda was unable to configure your environment variables"
                                + " because the environment variables you have provided contains reserved keys that are currently not supported"
                                + " for modification. Reserved keys used in this request: "
                                + name);
            }
            if (name.equals("AWS_LAMBDA_EXEC_WRAPPER"))
                throw new NotModelledException("AWS_LAMBDA_EXEC_WRAPPER of " + function.name());
        }
    }

    static Map<String, String> of(Function function, Artefacts artefacts, String runtimeApi) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("LANG", "en_US.UTF-8");
        variables.put("TZ", ":UTC");
        variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + function.runtime());
        variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(function.memoryMb()));
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        variables.put("AWS_LAMBDA_LOG_GROUP_NAME", function.logGroup());
        variables.put(
                "AWS_LAMBDA_LOG_STREAM_NAME",
                LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy/MM/dd"))
                        + "/[$LATEST]"
                        + UUID.randomUUID().toString().replace("-", ""));
        variables.put("LAMBDA_TASK_ROOT", artefacts.root().toString());
        variables.put("_HANDLER", function.handler());
        return variables;
    }
}
