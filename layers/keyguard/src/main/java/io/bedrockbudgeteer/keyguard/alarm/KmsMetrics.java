package io.bedrockbudgeteer.keyguard.alarm;

import java.util.List;

/// The metrics that KMS publishes about the use of one key, as data. There are no others per key:
/// no failures, no total, nothing by key alone; an alarm on an invented name would stay
/// INSUFFICIENT_DATA for ever. Source: KMS Developer Guide, Monitor KMS keys with Amazon
/// CloudWatch.
public final class KmsMetrics {
    public static final String NAMESPACE = "AWS/KMS";
    public static final String NAME = "SuccessfulRequest";

    /// How a metric names the key.
    public enum KeyDimension {
        /// `KeyArn` + `Operation`
        ONE_KEY,
        /// `SourceKeyArn` + `DestinationKeyArn` + `Operation`
        SOURCE_AND_DESTINATION
    }

    /// @param operation value of the dimension `Operation`
    public record Operation(String operation, KeyDimension dimension) {}

    /// The operations that symmetric encryption keys serve. ReEncrypt from or to another key has
    /// that key in its dimensions and cannot be listed beforehand.
    public static final List<Operation> OPERATIONS =
            List.of(
                    new Operation("Encrypt", KeyDimension.ONE_KEY),
                    new Operation("Decrypt", KeyDimension.ONE_KEY),
                    new Operation("GenerateDataKey", KeyDimension.ONE_KEY),
                    new Operation("GenerateDataKeyWithoutPlaintext", KeyDimension.ONE_KEY),
                    new Operation("GenerateDataKeyPair", KeyDimension.ONE_KEY),
                    new Operation("GenerateDataKeyPairWithoutPlaintext", KeyDimension.ONE_KEY),
                    new Operation("ReEncrypt", KeyDimension.SOURCE_AND_DESTINATION));

    private KmsMetrics() {}
}
