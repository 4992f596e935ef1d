package io.bedrockbudgeteer.keyguard.cli.source;

import io.bedrockbudgeteer.keyguard.aws.AwsCall;
import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;

/// Who the caller is and where, by the usual chain of the AWS SDKs: variables, profiles, SSO,
/// container and instance roles. Source: AWS SDKs and Tools Reference Guide, Standardized
/// credential providers.
public final class AwsSession {

    /// What flags say about the session.
    ///
    /// @param region from a flag, or from the ARN of the key
    /// @param profile of the shared configuration files
    /// @param endpoint takes all calls in place of AWS
    public record Choice(
            Optional<String> region, Optional<String> profile, Optional<String> endpoint) {}

    private final Region region;
    private final AwsClients clients;
    private final Deadline deadline;
    private final Environment environment;
    private final Arn identity;

    private AwsSession(
            Region region,
            AwsClients clients,
            Deadline deadline,
            Environment environment,
            Arn identity) {
        this.region = region;
        this.clients = clients;
        this.deadline = deadline;
        this.environment = environment;
        this.identity = identity;
    }

    /// Asks STS who the caller is, so that bad credentials are found before anything else.
    ///
    /// @param calls is told of each call when it is over
    /// @throws BadInput when there is no Region, there are no credentials, or they are not accepted
    public static AwsSession open(
            Choice choice, Environment process, Deadline deadline, Consumer<AwsCall> calls) {
        Environment environment = withEndpoint(process, choice.endpoint());
        Region region = region(choice);
        DefaultCredentialsProvider.Builder credentials = DefaultCredentialsProvider.builder();
        choice.profile().ifPresent(credentials::profileName);
        AwsClients clients = new AwsClients(region, credentials.build(), environment, calls);
        return new AwsSession(region, clients, deadline, environment, identity(clients, deadline));
    }

    private static Environment withEndpoint(Environment process, Optional<String> endpoint) {
        if (endpoint.isEmpty()) return process;
        return name ->
                switch (name) {
                    case "AWS_ENDPOINT_URL" -> endpoint;
                    case "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS" -> Optional.empty();
                    default ->
                            name.startsWith("AWS_ENDPOINT_URL_")
                                    ? Optional.empty()
                                    : process.get(name);
                };
    }

    private static Region region(Choice choice) {
        if (choice.region().isPresent()) return Region.of(choice.region().get());
        DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
        choice.profile().ifPresent(chain::profileName);
        try {
            return chain.build().getRegion();
        } catch (SdkClientException e) {
            throw new BadInput(
                    "no Region is set; give --region, set AWS_REGION, or name a --profile that has one");
        }
    }

    private static Arn identity(AwsClients clients, Deadline deadline) {
        StsClient sts = clients.build(StsClient.builder(), "STS");
        Reply<String> reply =
                Reply.of(
                        "sts:GetCallerIdentity",
                        () ->
                                sts.getCallerIdentity(
                                                GetCallerIdentityRequest.builder()
                                                        .overrideConfiguration(
                                                                AwsClients.limits(deadline))
                                                        .build())
                                        .arn());
        return switch (reply) {
            case Reply.Ok<String>(String arn) -> Arn.parse(arn);
            case Reply.Failed<String>(Problem problem) -> throw notIdentified(problem);
        };
    }

    // The SDK's own words for missing credentials fill a screen with the whole chain.
    private static BadInput notIdentified(Problem problem) {
        if (problem.mentions("unable to load credentials")
                || problem.mentions("credentials must not be"))
            return new BadInput(
                    "no AWS credentials were found; run `aws configure` or `aws sso login`, set"
                            + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a --profile");
        if (problem.mentions("profile file contained no credentials")
                || problem.mentions("profile"))
            return new BadInput(
                    "the profile cannot be used: "
                            + firstSentence(problem.detail())
                            + "; look at ~/.aws/config, or name another --profile");
        if (problem.code().startsWith("ExpiredToken") || problem.mentions("expired"))
            return new BadInput(
                    "the AWS credentials have expired; get new ones, such as with `aws sso login`, and run"
                            + " again");
        return switch (problem.kind()) {
            case DENIED ->
                    new BadInput(
                            "AWS does not accept the credentials: "
                                    + problem.text()
                                    + "; look at the access key, the session token and the clock");
            case TRANSIENT ->
                    new BadInput(
                            "AWS could not be reached: "
                                    + problem.text()
                                    + "; look at the network, --region and --endpoint-url, and run again");
            case NOT_FOUND, REFUSED -> new BadInput(problem.text() + "; run again with --debug");
        };
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text.replaceFirst("\\.$", "") : text.substring(0, end);
    }

    public AwsClients clients() {
        return clients;
    }

    public Deadline deadline() {
        return deadline;
    }

    /// Variables, with the endpoint of the flag.
    public Environment environment() {
        return environment;
    }

    public String region() {
        return region.id();
    }

    /// As STS says it: an assumed-role, user, federated-user or root ARN.
    public Arn identity() {
        return identity;
    }
}
