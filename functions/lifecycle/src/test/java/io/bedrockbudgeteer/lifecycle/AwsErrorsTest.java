package io.bedrockbudgeteer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/// The table of errors beside a second source: the exceptions that the AWS SDK declares for each
/// action, which are generated from the same model as the pages of the API references.
class AwsErrorsTest {
    private static final Map<String, Class<?>> CLIENTS =
            Map.of(
                    "kms", KmsClient.class,
                    "iam", IamClient.class,
                    "cloudwatch", CloudWatchClient.class,
                    "ssm", SsmClient.class);

    @Test
    void each_action_has_exactly_the_errors_that_the_sdk_declares_for_it() {
        Set<String> actions = actions();
        assertThat(actions).hasSize(20);
        for (String action : actions)
            assertThat(described(action)).as(action).isEqualTo(declared(action));
    }

    @Test
    void each_error_names_the_page_of_its_action() {
        for (AwsErrors.Row row : AwsErrors.ALL)
            assertThat(row.page())
                    .as(row.toString())
                    .matches(".+ API Reference: .+")
                    .endsWith(": " + (isCommon(row) ? "Common errors" : action(row.operation())));
    }

    private static boolean isCommon(AwsErrors.Row row) {
        return row.operation().endsWith(":*");
    }

    private static String action(String operation) {
        return operation.substring(operation.indexOf(':') + 1);
    }

    private static Set<String> actions() {
        return AwsErrors.ALL.stream()
                .filter(row -> !isCommon(row))
                .map(AwsErrors.Row::operation)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> described(String operation) {
        return plain(
                AwsErrors.ALL.stream()
                        .filter(row -> row.operation().equals(operation))
                        .map(AwsErrors.Row::code));
    }

    private static Set<String> declared(String operation) {
        String service = operation.substring(0, operation.indexOf(':'));
        return plain(
                Arrays.stream(
                                method(Objects.requireNonNull(CLIENTS.get(service)), operation)
                                        .getExceptionTypes())
                        .filter(AwsErrorsTest::isOfOneError)
                        .map(Class::getSimpleName));
    }

    // Its parent is the exception of the service, such as KmsException.
    private static boolean isOfOneError(Class<?> thrown) {
        Class<?> parent = thrown.getSuperclass();
        return AwsServiceException.class.isAssignableFrom(parent)
                && parent != AwsServiceException.class;
    }

    private static Method method(Class<?> client, String operation) {
        String name = action(operation);
        return Arrays.stream(client.getMethods())
                .filter(method -> method.getName().equalsIgnoreCase(name))
                .filter(method ->
                        List.of(method.getParameterTypes()).stream()
                                .map(Class::getSimpleName)
                                .toList()
                                .equals(List.of(name + "Request")))
                .findFirst()
                .orElseThrow();
    }

    // The SDK writes Kms for KMS and adds Exception where the code has none.
    private static Set<String> plain(Stream<String> names) {
        return names.map(name -> name.toLowerCase(Locale.ROOT).replaceFirst("exception$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
