package io.bedrockbudgeteer.local.service;

import io.bedrockbudgeteer.local.account.Account;
import io.bedrockbudgeteer.local.account.Alarms;
import io.bedrockbudgeteer.local.account.ApiCall;
import io.bedrockbudgeteer.local.account.Functions.Function;
import io.bedrockbudgeteer.local.account.Keys;
import io.bedrockbudgeteer.local.account.Parameters;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.account.Queues;
import io.bedrockbudgeteer.local.account.Roles;
import io.bedrockbudgeteer.local.lambda.AnswerEndpoint;
import io.bedrockbudgeteer.local.lambda.LambdaHost;
import io.bedrockbudgeteer.local.lambda.LambdaOptions;
import io.bedrockbudgeteer.local.service.access.CallLog;
import io.bedrockbudgeteer.local.service.cloudformation.CloudFormationFace;
import io.bedrockbudgeteer.local.service.cloudwatch.AlarmStore;
import io.bedrockbudgeteer.local.service.cloudwatch.CloudWatchFace;
import io.bedrockbudgeteer.local.service.iam.IamFace;
import io.bedrockbudgeteer.local.service.iam.RoleStore;
import io.bedrockbudgeteer.local.service.iam.StsFace;
import io.bedrockbudgeteer.local.service.kms.KeyStore;
import io.bedrockbudgeteer.local.service.kms.KmsFace;
import io.bedrockbudgeteer.local.service.kms.KmsOptions;
import io.bedrockbudgeteer.local.service.sqs.QueueStore;
import io.bedrockbudgeteer.local.service.ssm.ParameterStore;
import io.bedrockbudgeteer.local.service.ssm.SsmFace;
import io.bedrockbudgeteer.local.service.wire.Face;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A simulated AWS account in one Region: stores, the loopback endpoint of the services, the
/// endpoint for answers of custom resources, and the Lambda host. Closing it ends every child
/// process.
public final class LocalAccount implements Account {
    private static final String DEPLOYER = "deployer";
    private static final Duration LONG_AGO = Duration.ofDays(30);
    private static final String ADMINISTRATOR =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"All\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

    private final AccountOptions options;
    private final Partition partition;
    private final CallLog log;
    private final RoleStore roles;
    private final KeyStore keys;
    private final ParameterStore parameters = new ParameterStore();
    private final AlarmStore alarms;
    private final CloudFormationFace cloudFormation;
    private final Credentials credentials;
    private final Faults faults = new Faults();
    private final Principal.Session deployer;
    private final Credentials.Keys deployerKeys;
    private final Endpoint endpoint;
    private final AnswerEndpoint answers;
    private final LambdaHost functions;
    private final QueueStore queues;

    public LocalAccount(AccountOptions options) {
        this.options = options;
        this.partition = Partition.of(options.region);
        Random random = new Random(options.seed);
        this.log = new CallLog(options.clock);
        this.roles = new RoleStore(partition.name(), options.account, options.clock, random);
        String deployerArn =
                roles.create(
                        "/",
                        DEPLOYER,
                        trust(options.account),
                        Optional.empty(),
                        options.clock.instant().minus(LONG_AGO));
        roles.putPolicy(DEPLOYER, "administrator", ADMINISTRATOR);
        this.deployer = new Principal.Session(deployerArn, "deploy");
        KmsOptions kms =
                new KmsOptions(
                        options.visibility.dividedBy(options.timeScale),
                        options.staleReads,
                        options.refusesIncompleteStatements,
                        options.users);
        this.keys =
                new KeyStore(
                        partition.name(),
                        options.region,
                        options.account,
                        kms,
                        roles,
                        log,
                        options.clock,
                        random,
                        deployer);
        this.alarms = new AlarmStore(options.clock);
        this.queues =
                new QueueStore(options.region, options.account, roles, alarms, log, options.clock);
        this.cloudFormation =
                new CloudFormationFace(
                        partition.name(), options.region, options.account, options.clock);
        this.credentials = new Credentials(random);
        this.deployerKeys = credentials.issue(deployer, roles.uniqueId(DEPLOYER));
        this.endpoint = new Endpoint(options.port, faces(), credentials, roles, faults, log);
        this.answers = new AnswerEndpoint(options.timeScale, options.clock, log::violation);
        LambdaOptions lambda =
                new LambdaOptions(
                        options.client,
                        options.timeScale,
                        options.environments,
                        options.workDirectory,
                        options.kept,
                        options.clock);
        this.functions = new LambdaHost(lambda, this::environment, answers::delivered, queues);
    }

    public static LocalAccount in(String region) {
        return new LocalAccount(AccountOptions.in(region));
    }

    private Map<String, Face> faces() {
        String p = partition.name();
        String r = options.region;
        String a = options.account;
        return Map.of(
                "kms", new KmsFace(keys, r, a),
                "iam", new IamFace(roles, r, a, options.clock),
                "sts", new StsFace(),
                "monitoring", new CloudWatchFace(alarms, log, p, r, a, options.clock),
                "ssm", new SsmFace(parameters, keys, p, r, a, options.clock),
                "cloudformation", cloudFormation);
    }

    /// What a function's process gets beside its own variables: who it is, and where the services
    /// are.
    private Map<String, String> environment(Function function) {
        Map<String, String> variables = new LinkedHashMap<>();
        String id =
                roles.idOf(function.roleArn())
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "role "
                                                + function.roleArn()
                                                + " of "
                                                + function.name()
                                                + " is gone"));
        variables.putAll(
                credentials
                        .issue(new Principal.Session(function.roleArn(), function.name()), id)
                        .environment());
        variables.put("AWS_REGION", options.region);
        variables.put("AWS_DEFAULT_REGION", options.region);
        variables.put("AWS_ENDPOINT_URL", endpoint.uri().toString());
        variables.put("KEYGUARD_TIME_SCALE", String.valueOf(options.timeScale));
        return variables;
    }

    private static String trust(String account) {
        return """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"sts:AssumeRole"}]}\
        """
                .formatted(account);
    }

    @Override
    public String accountId() {
        return options.account;
    }

    @Override
    public String region() {
        return options.region;
    }

    @Override
    public String partition() {
        return partition.name();
    }

    @Override
    public String urlSuffix() {
        return partition.urlSuffix();
    }

    @Override
    public Principal deployer() {
        return deployer;
    }

    /// Credentials of the deployer, for the AWS CLI or an SDK. Worth nothing outside this process.
    public Credentials.Keys deployerKeys() {
        return deployerKeys;
    }

    /// Credentials of another role, for tests and the CLI.
    public Credentials.Keys keysOf(Principal.Session session) {
        String id =
                roles.idOf(session.roleArn())
                        .orElseThrow(
                                () -> new IllegalArgumentException("no role " + session.roleArn()));
        return credentials.issue(session, id);
    }

    @Override
    public Keys keys() {
        return keys;
    }

    @Override
    public Roles roles() {
        return roles;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Alarms alarms() {
        return alarms;
    }

    @Override
    public LambdaHost functions() {
        return functions;
    }

    @Override
    public Queues queues() {
        return queues;
    }

    @Override
    public AnswerEndpoint answers() {
        return answers;
    }

    /// Failures to inject into the services.
    public Faults faults() {
        return faults;
    }

    @Override
    public List<ApiCall> calls() {
        return log.calls();
    }

    @Override
    public void record(
            Principal caller, String action, String resource, boolean allowed, String decidedBy) {
        log.add(caller.name(), action, resource, allowed, decidedBy);
    }

    @Override
    public List<String> violations() {
        return log.violations();
    }

    @Override
    public void violation(String what) {
        log.violation(what);
    }

    /// What the simulated services leave out, one sentence each, for the end of every report.
    public List<String> notModelled() {
        return NotModelled.SERVICES;
    }

    @Override
    public URI endpoint() {
        return endpoint.uri();
    }

    @Override
    public int timeScale() {
        return options.timeScale;
    }

    @Override
    public void stacks(StackView stacks) {
        cloudFormation.stacks(stacks);
    }

    @Override
    public void close() {
        functions.close();
        answers.close();
        endpoint.close();
    }
}
