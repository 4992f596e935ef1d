package io.bedrockbudgeteer.keyguard.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;

/// The AWS clients of one process. All share one HTTP client; each is built when it is first asked
/// for, because building one costs more than most requests (the IAM client alone loads hundreds of
/// kilobytes of classes). Thread-safe. Nothing here calls AWS.
public final class AwsClients {
    // A little more than the client reads.
    private static final Duration ATTEMPT = Duration.ofSeconds(12);
    private static final Duration CALL = Duration.ofSeconds(40);
    // Left of the request's time when a call is given up, so that the answer can still say which
    // call it was.
    private static final Duration TO_SAY_SO = Duration.ofMillis(300);
    // The SDK refuses zero; a call that has no time left fails at once.
    private static final Duration SHORTEST = Duration.ofMillis(1);

    // Somebody else changes the same thing at this moment: refused with a status of 4xx, which the
    // SDK would not repeat. Systems Manager API Reference, PutParameter; CloudWatch API Reference,
    // DeleteAlarms.
    private static final Set<String> RACES = Set.of("TooManyUpdates", "ResourceConflict");

    // What the SDK's standard strategy waits at first, for where it is shortened.
    private static final Duration BACK_OFF = Duration.ofMillis(100);
    private static final Duration THROTTLED = Duration.ofSeconds(1);

    // One for all clients. Each would otherwise start up to five threads of its own, which nobody
    // ends: clients live as long as a request, and an environment of Lambda serves many.
    private static final ScheduledExecutorService TIME_OUTS =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("aws-time-outs").factory());

    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final Environment environment;
    private final SdkHttpClient http;
    private final CallTimer timer;
    private @Nullable KmsClient kms;
    private @Nullable IamClient iam;
    private @Nullable CloudWatchClient cloudWatch;
    private @Nullable CloudFormationClient cloudFormation;

    /// @param environment asked for endpoint variables only
    /// @param calls is told of each call when it is over; must not fail
    public AwsClients(
            Region region,
            AwsCredentialsProvider credentials,
            Environment environment,
            Consumer<AwsCall> calls) {
        this(region, credentials, environment, JdkHttpClient.create(), calls);
    }

    AwsClients(
            Region region,
            AwsCredentialsProvider credentials,
            Environment environment,
            SdkHttpClient http,
            Consumer<AwsCall> calls) {
        this.http = http;
        this.timer = new CallTimer(calls);
        this.region = region;
        this.credentials = credentials;
        this.environment = environment;
    }

    /// Region and credentials as Lambda gives them to a function.
    ///
    /// @throws IllegalStateException naming the variable that is missing
    public static AwsClients of(Environment environment) {
        return of(environment, _ -> {});
    }

    /// As [#of(Environment)].
    ///
    /// @param calls is told of each call when it is over; must not fail
    public static AwsClients of(Environment environment, Consumer<AwsCall> calls) {
        return new AwsClients(
                Region.of(environment.required("AWS_REGION")),
                () -> credentials(environment),
                environment,
                calls);
    }

    // The SDK's own provider would look into system properties as well; this one also serves tests
    // with their own environment.
    private static AwsCredentials credentials(Environment environment) {
        String id = environment.required("AWS_ACCESS_KEY_ID");
        String secret = environment.required("AWS_SECRET_ACCESS_KEY");
        Optional<String> token = environment.get("AWS_SESSION_TOKEN");
        if (token.isPresent()) return AwsSessionCredentials.create(id, secret, token.get());
        return AwsBasicCredentials.create(id, secret);
    }

    public synchronized KmsClient kms() {
        KmsClient client = kms;
        if (client == null) kms = client = build(KmsClient.builder(), "KMS");
        return client;
    }

    public synchronized IamClient iam() {
        IamClient client = iam;
        if (client == null) iam = client = build(IamClient.builder(), "IAM");
        return client;
    }

    public synchronized CloudWatchClient cloudWatch() {
        CloudWatchClient client = cloudWatch;
        if (client == null) cloudWatch = client = build(CloudWatchClient.builder(), "CLOUDWATCH");
        return client;
    }

    public synchronized CloudFormationClient cloudFormation() {
        CloudFormationClient client = cloudFormation;
        if (client == null)
            cloudFormation = client = build(CloudFormationClient.builder(), "CLOUDFORMATION");
        return client;
    }

    /// Builds the clients that another one has built, so that they need not be built later. Those
    /// of [#build] are not among them: whoever asks for them keeps them.
    public void buildLike(AwsClients other) {
        synchronized (other) {
            if (other.kms != null) kms();
            if (other.iam != null) iam();
            if (other.cloudWatch != null) cloudWatch();
            if (other.cloudFormation != null) cloudFormation();
        }
    }

    /// Builds a client of a service that the library does not carry itself.
    ///
    /// @param serviceId the service id in upper snake case, as in the variable
    ///   `AWS_ENDPOINT_URL_<serviceId>`
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(
            B builder, String serviceId) {
        builder.region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .overrideConfiguration(
                        ClientOverrideConfiguration.builder()
                                .retryStrategy(retries(environment.pace()))
                                .addExecutionInterceptor(timer)
                                .scheduledExecutorService(TIME_OUTS)
                                // No profile files in Lambda: looking for them costs a tenth of a
                                // second of start-up.
                                .defaultProfileFile(ProfileFile.aggregator().build())
                                .build());
        endpoint(serviceId).ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static RetryStrategy retries(Pace pace) {
        StandardRetryStrategy.Builder standard =
                AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .retryOnException(AwsClients::isRace);
        if (pace.isReal()) return standard.build();
        // Where AWS is simulated, the SDK's own waits are shortened as all others are.
        return standard.backoffStrategy(attempt -> pace.upTo(before(attempt, BACK_OFF)))
                .throttlingBackoffStrategy(attempt -> pace.upTo(before(attempt, THROTTLED)))
                .build();
    }

    private static boolean isRace(Throwable e) {
        return e instanceof AwsServiceException service
                && service.awsErrorDetails() != null
                && RACES.contains(String.valueOf(service.awsErrorDetails().errorCode()));
    }

    // The first attempt that is waited for is the second.
    private static Duration before(int attempt, Duration first) {
        return first.multipliedBy(1L << Math.max(0, attempt - 2));
    }

    /// Where a service is to be asked instead of at AWS. AWS SDKs and Tools Reference Guide:
    /// Service-specific endpoints.
    ///
    /// @param serviceId as for [#build]
    public Optional<URI> endpoint(String serviceId) {
        Optional<String> ignored = environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
        if (ignored.isPresent() && ignored.get().equalsIgnoreCase("true")) return Optional.empty();
        Optional<String> url = environment.get("AWS_ENDPOINT_URL_" + serviceId);
        if (url.isEmpty()) url = environment.get("AWS_ENDPOINT_URL");
        return url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url.get()));
    }

    /// Limits of one request: it ends before the deadline, retries included.
    ///
    /// @throws OutOfTime when the deadline has passed
    public static Consumer<AwsRequestOverrideConfiguration.Builder> limits(Deadline deadline) {
        if (deadline.isOver())
            throw new OutOfTime("an AWS call was not begun: the time for this request is over");
        Duration left = deadline.remaining().minus(TO_SAY_SO);
        Duration call = left.compareTo(CALL) < 0 ? left : CALL;
        Duration attempt = call.compareTo(ATTEMPT) < 0 ? call : ATTEMPT;
        return request ->
                request.apiCallTimeout(atLeast(call)).apiCallAttemptTimeout(atLeast(attempt));
    }

    /// As [#limits], and the SDK makes one attempt only. For writes that must not be repeated
    /// without a look at what is there by then.
    public static Consumer<AwsRequestOverrideConfiguration.Builder> once(Deadline deadline) {
        Consumer<AwsRequestOverrideConfiguration.Builder> limits = limits(deadline);
        return request -> {
            limits.accept(request);
            request.addPlugin(client ->
                    client.overrideConfiguration(
                            client.overrideConfiguration().toBuilder()
                                    .retryStrategy(AwsRetryStrategy.doNotRetry())
                                    .build()));
        };
    }

    private static Duration atLeast(Duration time) {
        return time.compareTo(SHORTEST) < 0 ? SHORTEST : time;
    }
}
