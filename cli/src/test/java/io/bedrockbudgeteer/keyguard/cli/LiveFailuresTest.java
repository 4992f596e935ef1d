package io.bedrockbudgeteer.keyguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bedrockbudgeteer.keyguard.testing.AwsError;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What goes wrong with AWS: one line that says what was asked, what came back and what to do; exit
/// code 2; nothing on standard output.
class LiveFailuresTest {
    private static final String KEY =
            "arn:aws:kms:" + OnAws.REGION + ":111122223333:key/" + OnAws.KEY_ID;

    private final OnAws on = new OnAws();

    @TempDir private Path folder = Path.of(".");

    @AfterEach
    void close() {
        on.close();
    }

    /// @param prepared what is wrong
    /// @param says parts of the line
    record Row(String what, Consumer<OnAws> prepared, List<String> arguments, List<String> says) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Row row(
            String what, Consumer<OnAws> prepared, List<String> arguments, String... says) {
        return new Row(what, prepared, arguments, List.of(says));
    }

    private static Row failing(String operation, AwsError error, String... says) {
        return row(
                operation + " " + error.code(),
                on -> on.aws.fail(operation, 4, error),
                List.of("--key", KEY),
                says);
    }

    static List<Row> rows() {
        String denied =
                "User: arn:aws:sts::111122223333:assumed-role/admin/session is not authorized to"
                        + " perform: kms:DescribeKey on resource: "
                        + KEY;
        return List.of(
                row(
                        "unknown key",
                        _ -> {},
                        List.of("--key", "00000000-0000-0000-0000-000000000000"),
                        "KEY006: The key arn:aws:kms:eu-central-1:111122223333:key/00000000",
                        "does not exist; aws kms list-keys --region eu-central-1"),
                row(
                        "unknown alias",
                        _ -> {},
                        List.of("--key", "alias/nobody"),
                        "KEY006: The alias arn:aws:kms:eu-central-1:111122223333:alias/nobody does not"
                                + " exist; aws kms list-aliases --region eu-central-1"),
                row(
                        "no key at all",
                        _ -> {},
                        List.of("--key", "budgeteer"),
                        "KEY001: ",
                        "'arn:aws:kms:eu-central-1:111122223333:key/budgeteer' is neither"),
                row(
                        "key of another Region",
                        _ -> {},
                        List.of("--key", KEY.replace(OnAws.REGION, "us-west-2")),
                        "KEY003: ",
                        "is in the Region us-west-2, the stack in eu-central-1; Use a key in"),
                row(
                        "key of another account",
                        _ -> {},
                        List.of("--key", KEY.replace("111122223333", "444455556666")),
                        "KEY004: ",
                        "belongs to the account 444455556666"),
                failing(
                        "kms:DescribeKey",
                        AwsError.accessDenied(denied),
                        "KEY007: The key " + KEY + " may not be looked at: kms:DescribeKey failed:",
                        denied,
                        "; Let the key policy give kms:DescribeKey"),
                failing(
                        "kms:GetKeyPolicy",
                        AwsError.accessDenied("not authorized to perform: kms:GetKeyPolicy"),
                        "kms:GetKeyPolicy failed: AccessDeniedException: not authorized"),
                row(
                        "a policy that is no JSON",
                        on -> on.aws.kms.policy(on.key, "!{\"Statement\": ["),
                        List.of("--key", KEY),
                        "line 1, column"),
                failing(
                        "kms:DescribeKey",
                        new AwsError(500, "KMSInternalException", "try again"),
                        "KEY020: ",
                        "could not be checked: kms:DescribeKey failed: KMSInternalException: try again;"
                                + " Repeat the operation."),
                failing(
                        "sts:GetCallerIdentity",
                        new AwsError(403, "ExpiredToken", "The security token is expired"),
                        "the AWS credentials have expired; get new ones, such as with `aws sso login`"),
                failing(
                        "sts:GetCallerIdentity",
                        new AwsError(403, "InvalidClientTokenId", "The security token is invalid."),
                        "AWS does not accept the credentials: sts:GetCallerIdentity failed:"
                                + " InvalidClientTokenId: The security token is invalid; look at"),
                failing(
                        "sts:GetCallerIdentity",
                        new AwsError(503, "ServiceUnavailable", "later"),
                        "AWS could not be reached: sts:GetCallerIdentity failed: ServiceUnavailable"),
                row(
                        "unknown stack",
                        _ -> {},
                        List.of("--key", KEY, "--stack-name", "nobody"),
                        "the stack \"nobody\" could not be looked up: cloudformation:DescribeStacks"
                                + " failed: ValidationError: Stack with id nobody does not exist; give"
                                + " --stack-name"),
                row(
                        "a stack that may not be asked for",
                        on ->
                                on.aws.fail(
                                        "cloudformation:DescribeStacks",
                                        1,
                                        new AwsError(403, "AccessDenied", "not authorized")),
                        List.of("--key", KEY, "--stack-name", "app"),
                        "AccessDenied: not authorized; give",
                        "have cloudformation:DescribeStacks"));
    }

    @Test
    void the_table_of_failures_is_complete() {
        assertThat(rows()).hasSize(14);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_failure_is_one_line_with_the_fix(Row row) {
        for (String command : List.of("check", "plan")) {
            row.prepared().accept(on);
            List<String> arguments = new ArrayList<>(List.of(command));
            arguments.addAll(row.arguments());
            Cli.Ended ended = on.run(arguments.toArray(String[]::new));
            assertThat(ended.err())
                    .startsWith("keyguard: ")
                    .contains(row.says())
                    .doesNotContain("unexpected", "Request ID")
                    .hasLineCount(1);
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.out()).isEmpty();
        }
    }

    @Test
    void a_stack_trace_comes_with_debug_only() {
        Cli.Ended ended = on.run("check", "--key", "alias/nobody", "--debug");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("\tat io.bedrockbudgeteer", "keyguard: KEY006: ");
    }

    @Test
    void nobody_listens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Cli.Ended ended =
                Cli.run("check", "--key", KEY, "--endpoint-url", "http://127.0.0.1:" + port);
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains(
                        "AWS could not be reached: sts:GetCallerIdentity failed: ",
                        "look at the network, --region and --endpoint-url")
                .hasLineCount(1);
    }

    @Test
    void an_endpoint_or_a_region_that_is_none() {
        for (String url : List.of("nonsense", "ftp://127.0.0.1", "http://", "http://a b")) {
            Cli.Ended ended = Cli.run("check", "--key", KEY, "--endpoint-url", url);
            assertThat(ended.code()).isEqualTo(2);
            assertThat(ended.err())
                    .contains("--endpoint-url is \"" + url + "\"; write a URL such as")
                    .hasLineCount(1);
        }
        Cli.Ended ended = Cli.run("check", "--key", KEY, "--region", "Frankfurt am Main");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .contains("--region is \"Frankfurt am Main\"; write the name of a Region, such as")
                .hasLineCount(1);
    }

    /// In a process of its own, far from anybody's credentials.
    @Test
    void no_credentials_and_no_region() throws Exception {
        List<String> nowhere =
                List.of(
                        "-Daws.sharedCredentialsFile=none",
                        "-Daws.configFile=none",
                        "-Daws.disableEc2Metadata=true");
        assertThat(errorOf(nowhere, "check", "--key", KEY))
                .isEqualTo(
                        "keyguard: no AWS credentials were found; run `aws configure` or `aws sso"
                                + " login`, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a"
                                + " --profile\n");
        assertThat(errorOf(nowhere, "plan", "--key", "alias/budgeteer"))
                .isEqualTo(
                        "keyguard: no Region is set; give --region, set AWS_REGION, or name a --profile"
                                + " that has one\n");
    }

    private String errorOf(List<String> flags, String... arguments) throws Exception {
        Process process = ChildJvm.start(folder, flags, List.of(arguments));
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ChildJvm.end(process)).isEqualTo(2);
        assertThat(out).isEmpty();
        return Files.readString(folder.resolve("stderr"));
    }
}
