package io.bedrockbudgeteer.keyguard.cli.source;

import io.bedrockbudgeteer.keyguard.aws.AwsCall;
import io.bedrockbudgeteer.keyguard.aws.AwsClients;
import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import io.bedrockbudgeteer.keyguard.policy.Arn;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
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
    private final AwsCredentialsProvider credentials;

    private AwsSession(
            Region region,
            AwsClients clients,
            Deadline deadline,
            Environment environment,
            Arn identity,
            AwsCredentialsProvider credentials) {
        this.region = region;
        this.clients = clients;
        this.deadline = deadline;
        this.environment = environment;
        this.identity = identity;
        this.credentials = credentials;
    }

    /// Asks STS who the caller is, so that bad credentials are found before anything else.
    ///
    /// @param calls is told of each call when it is over
    /// @throws BadInput when there is no Region, there are no credentials, or they are not accepted
    public static AwsSession open(
            Choice choice, Environment process, Deadline deadline, Consumer<AwsCall> calls) {
        choice.endpoint().ifPresent(AwsSession::requireUrl);
        Environment environment = withEndpoint(process, choice.endpoint());
        Region region = region(choice);
        AwsCredentialsProvider credentials = credentials(choice);
        AwsClients clients = new AwsClients(region, credentials, environment, calls);
        return new AwsSession(
                region, clients, deadline, environment, identity(clients, deadline), credentials);
    }

    // In the usual chain variables win over a profile that is merely set; one that was asked for by
    // a flag wins over them, as with the AWS CLI. AWS CLI User Guide, Configuration settings and
    // precedence.
    private static AwsCredentialsProvider credentials(Choice choice) {
        return choice.profile()
                .<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
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
        if (choice.region().isPresent()) return named(choice.region().get());
        DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
        choice.profile().ifPresent(chain::profileName);
        try {
            return chain.build().getRegion();
        } catch (SdkClientException e) {
            throw new BadInput(
                    "no Region is set; give --region, set AWS_REGION, or name a --profile that has one");
        }
    }

    private static Region named(String name) {
        // It becomes part of a host name.
        if (!name.matches("[a-z0-9-]+"))
            throw new BadInput(
                    "--region is "
                            + SafeText.quoted(name)
                            + "; write the name of a Region, such as eu-central-1");
        return Region.of(name);
    }

    private static void requireUrl(String text) {
        try {
            URI url = new URI(text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (http && url.getHost() != null) return;
        } catch (URISyntaxException _) {
            // Said below.
        }
        throw new BadInput(
                "--endpoint-url is "
                        + SafeText.quoted(text)
                        + "; write a URL such as http://127.0.0.1:4566");
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
        if (problem.code().startsWith("ExpiredToken") || problem.mentions("expired"))
            return new BadInput(
                    "the AWS credentials have expired; get new ones, such as with `aws sso login`, and run"
                            + " again");
        if (problem.mentions("profile"))
            return new BadInput(
                    "the profile cannot be used: "
                            + firstSentence(problem.detail())
                            + "; look at ~/.aws/config, or name another --profile");
        // What the SDK says of an IOException: nobody listens, or no such host.
        if (problem.isTransient() || problem.mentions("unable to execute http request"))
            return new BadInput(
                    "AWS could not be reached: "
                            + problem.text()
                            + "; look at the network, --region and --endpoint-url, and run again");
        if (problem.kind() == Problem.Kind.DENIED)
            return new BadInput(
                    "AWS does not accept the credentials: "
                            + problem.text()
                            + "; look at the access key, the session token and the clock");
        return new BadInput(problem.text() + "; run again with --debug");
    }

    private static String firstSentence(String text) {
        // The SDK adds everything that it read.
        return text.split("\\. |: ProfileFile\\(", 2)[0].replaceFirst("\\.$", "");
    }

    /// The same session with more time, such as after a person was asked.
    public AwsSession with(Deadline other) {
        return new AwsSession(region, clients, other, environment, identity, credentials);
    }

    public AwsClients clients() {
        return clients;
    }

    /// For a service that has no client here.
    AwsCredentialsProvider credentials() {
        return credentials;
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
