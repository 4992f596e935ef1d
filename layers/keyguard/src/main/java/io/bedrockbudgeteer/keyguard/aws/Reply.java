package io.bedrockbudgeteer.keyguard.aws;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/// What came of one AWS call: a value, or a problem that the caller must look at.
public sealed interface Reply<T> {

    record Ok<T>(T value) implements Reply<T> {}

    record Failed<T>(Problem problem) implements Reply<T> {}

    /// Makes the call. Only errors of the SDK become a [Failed]; bugs stay exceptions.
    ///
    /// @param operation such as `kms:DescribeKey`
    static <T> Reply<T> of(String operation, Supplier<T> call) {
        try {
            T value = call.get();
            // A body that is not in the protocol's format leaves the members null.
            if (value == null)
                return new Failed<>(
                        new Problem(
                                operation,
                                Problem.Kind.REFUSED,
                                "EmptyAnswer",
                                "the answer lacks what was asked for"));
            return new Ok<>(value);
        } catch (SdkException e) {
            return new Failed<>(Problem.of(operation, e));
        }
    }

    /// The value when there is one.
    default Optional<T> found() {
        return this instanceof Ok<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    /// The problem when there is one.
    default Optional<Problem> trouble() {
        return this instanceof Failed<T>(Problem problem) ? Optional.of(problem) : Optional.empty();
    }

    default <R> Reply<R> map(Function<T, R> change) {
        return switch (this) {
            case Ok<T>(T value) -> new Ok<>(change.apply(value));
            case Failed<T>(Problem problem) -> new Failed<>(problem);
        };
    }
}
