package io.bedrockbudgeteer.keyguard.aws;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/// Why an AWS call failed.
///
/// @param operation such as `kms:DescribeKey`
/// @param kind what the caller can do about it
/// @param code the service's error code, or the kind of client error, such as `ApiCallTimeout`
/// @param detail the service's own words; empty when it sent none (KMS can do that)
public record Problem(String operation, Kind kind, String code, String detail) {

    public enum Kind {
        /// Access was refused. A retry does not help.
        DENIED,
        /// The thing does not exist.
        NOT_FOUND,
        /// Throttled, overloaded, timed out or not reachable: a retry may help.
        TRANSIENT,
        /// Everything else. A retry does not help.
        REFUSED
    }

    private static final Set<String> DENIED =
            Set.of(
                    "AccessDenied",
                    "AccessDeniedException",
                    "UnauthorizedOperation",
                    "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "ExpiredToken",
                    "ExpiredTokenException",
                    "SignatureDoesNotMatch",
                    "MissingAuthenticationToken",
                    "OptInRequired");
    // The services do not agree on one word.
    private static final Set<String> NOT_FOUND =
            Set.of(
                    "NotFoundException",
                    "NoSuchEntity",
                    "NoSuchEntityException",
                    "ParameterNotFound",
                    "ResourceNotFound",
                    "ResourceNotFoundException",
                    "InvalidResourceId");
    private static final Set<String> TRANSIENT =
            Set.of(
                    "DependencyTimeoutException",
                    "KMSInternalException",
                    "InternalServerError",
                    "InternalServiceError",
                    "InternalFailure",
                    "InternalServiceException",
                    "ServiceUnavailable",
                    "RequestTimeout",
                    "RequestTimeoutException",
                    "ConcurrentModification",
                    "TooManyUpdates");

    /// Says what is known of the exception. Its own message is not used where the service sent one:
    /// it repeats host and request id.
    public static Problem of(String operation, SdkException e) {
        if (e instanceof AwsServiceException service) return of(operation, service);
        Kind kind =
                e.retryable()
                                || e instanceof ApiCallTimeoutException
                                || e instanceof ApiCallAttemptTimeoutException
                                || isBrokenConnection(e)
                        ? Kind.TRANSIENT
                        : Kind.REFUSED;
        String code = e.getClass().getSimpleName().replaceFirst("Exception$", "");
        String message = e.getMessage();
        return new Problem(operation, kind, code, message == null ? "" : message);
    }

    // The SDK repeats these, but does not call the exception retryable.
    private static boolean isBrokenConnection(SdkException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause())
            if (cause instanceof IOException) return true;
        return false;
    }

    private static Problem of(String operation, AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String code =
                details == null || details.errorCode() == null
                        ? "HTTP " + e.statusCode()
                        : details.errorCode();
        String detail =
                details == null || details.errorMessage() == null ? "" : details.errorMessage();
        return new Problem(operation, kind(e, code), code, detail);
    }

    private static Kind kind(AwsServiceException e, String code) {
        if (DENIED.contains(code)) return Kind.DENIED;
        if (NOT_FOUND.contains(code)) return Kind.NOT_FOUND;
        if (e.isThrottlingException() || e.statusCode() >= 500 || TRANSIENT.contains(code))
            return Kind.TRANSIENT;
        return Kind.REFUSED;
    }

    /// One sentence without a full stop, such as `kms:PutKeyPolicy failed: AccessDeniedException:
    /// User … is not authorized …`.
    public String text() {
        String head = operation + " failed: " + code;
        return detail.isBlank()
                ? head + " (the service sent no message)"
                : head + ": " + detail.strip().replaceFirst("\\.$", "");
    }

    public boolean isTransient() {
        return kind == Kind.TRANSIENT;
    }

    /// Whether the service's words contain `part`, in any case.
    public boolean mentions(String part) {
        return detail.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
