package io.bedrockbudgeteer.keyguard.cli;

import io.bedrockbudgeteer.keyguard.cli.console.BadInput;
import io.bedrockbudgeteer.keyguard.cli.console.Ink;
import io.bedrockbudgeteer.keyguard.cli.console.InputFile;
import io.bedrockbudgeteer.keyguard.cli.console.SafeText;
import io.bedrockbudgeteer.keyguard.cli.console.Screen;
import io.bedrockbudgeteer.keyguard.cli.explain.Answers;
import io.bedrockbudgeteer.keyguard.cli.explain.Explanation;
import io.bedrockbudgeteer.keyguard.cli.explain.GrantList;
import io.bedrockbudgeteer.keyguard.cli.explain.PolicyFile;
import io.bedrockbudgeteer.keyguard.cli.explain.Question;
import io.bedrockbudgeteer.keyguard.cli.explain.Rows;
import io.bedrockbudgeteer.keyguard.cli.explain.Terms;
import io.bedrockbudgeteer.keyguard.cli.explain.WrappedPolicy;
import io.bedrockbudgeteer.keyguard.policy.AccessRequest;
import io.bedrockbudgeteer.keyguard.policy.Grant;
import io.bedrockbudgeteer.keyguard.policy.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The flags of a single question.
final class OneQuestion {
    enum Form {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--principal",
            paramLabel = "ARN",
            description =
                    "Who asks: role, session, user, federated user or root ARN, an account id, or"
                            + " a service such as sns.amazonaws.com.")
    private @Nullable String principal;

    @Option(names = "--action", paramLabel = "ACTION", description = "Such as kms:Decrypt.")
    private @Nullable String action;

    @Option(names = "--key", paramLabel = "ARN", description = "ARN of the key.")
    private @Nullable String key;

    @Option(
            names = "--policy-file",
            paramLabel = "FILE",
            description = "The key policy. One FILE may be -, standard input.")
    private @Nullable String policyFile;

    @Option(
            names = "--identity-policy-file",
            paramLabel = "FILE",
            description = "An IAM policy of the principal; give all that it has.")
    private List<String> identityPolicyFiles = new ArrayList<>();

    @Option(names = "--no-identity-policies", description = "The principal has no IAM policies.")
    private boolean noIdentityPolicies;

    @Option(
            names = "--boundary-file",
            paramLabel = "FILE",
            description = "The permissions boundary of the principal.")
    private List<String> boundaryFiles = new ArrayList<>();

    @Option(names = "--no-boundary", description = "The principal has no permissions boundary.")
    private boolean noBoundary;

    @Option(
            names = "--grants-file",
            paramLabel = "FILE",
            description = "The grants of the key, as aws kms list-grants prints them.")
    private @Nullable String grantsFile;

    @Option(
            names = "--context",
            paramLabel = "KEY=VALUE",
            description = "A condition key of the request; again for another value.")
    private List<String> context = new ArrayList<>();

    @Option(
            names = "--context-absent",
            paramLabel = "KEY",
            description = "A condition key that the request does not have.")
    private List<String> absent = new ArrayList<>();

    @Option(
            names = "--context-complete",
            description = "The request has no other condition keys than these.")
    private boolean contextComplete;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "text (default) or json: one line as with --requests.")
    private @Nullable Form form;

    /// @throws BadInput when a flag of a single question was given
    void mustBeEmpty() {
        boolean given =
                Stream.of(principal, action, key, policyFile, grantsFile)
                                .anyMatch(flag -> flag != null)
                        || noIdentityPolicies
                        || noBoundary
                        || contextComplete
                        || Stream.of(identityPolicyFiles, boundaryFiles, context, absent)
                                .anyMatch(list -> !list.isEmpty());
        if (given)
            throw new BadInput(
                    "--requests and the flags of one question exclude each other; each line of the"
                            + " file says everything about its question");
        if (form == Form.TEXT)
            throw new BadInput("--requests always writes JSON lines; leave -o text out");
    }

    int answer(Screen screen, InstantSource clock) throws IOException {
        requireFlags();
        excludeEachOther(
                "--identity-policy-file",
                !identityPolicyFiles.isEmpty(),
                "--no-identity-policies",
                noIdentityPolicies);
        excludeEachOther("--boundary-file", !boundaryFiles.isEmpty(), "--no-boundary", noBoundary);
        onlyOneStandardInput();

        Map<String, Optional<List<String>>> keys = contextKeys();
        AccessRequest request =
                new Terms("--principal", "--action", "--key")
                        .request(
                                given(principal), given(action), given(key), keys, contextComplete);

        InputStream in = screen.in();
        List<PolicyFile> documents = new ArrayList<>();
        documents.add(policy("--policy-file", given(policyFile), "", in));
        List<PolicyFile> identity =
                policies("--identity-policy-file", identityPolicyFiles, "identity policy", in);
        List<PolicyFile> boundary =
                policies("--boundary-file", boundaryFiles, "permissions boundary", in);
        documents.addAll(identity);
        documents.addAll(boundary);
        Question question =
                new Question(
                        request,
                        documents.getFirst().text(),
                        texts(identity, noIdentityPolicies),
                        texts(boundary, noBoundary),
                        grants(in, clock));

        Verdict verdict = new Answers().to(question);
        screen.print(
                form == Form.JSON
                        ? List.of(Rows.answer(Optional.empty(), verdict))
                        : Explanation.of(
                                question,
                                verdict,
                                documents,
                                screen.colourful().getAsBoolean() ? Ink.COLOUR : Ink.PLAIN));
        return Main.FINE;
    }

    private void requireFlags() {
        Map<String, Optional<String>> required = new LinkedHashMap<>();
        required.put("--principal", Optional.ofNullable(principal));
        required.put("--action", Optional.ofNullable(action));
        required.put("--key", Optional.ofNullable(key));
        required.put("--policy-file", Optional.ofNullable(policyFile));
        List<String> missing =
                required.entrySet().stream()
                        .filter(flag -> flag.getValue().isEmpty())
                        .map(Map.Entry::getKey)
                        .toList();
        if (missing.isEmpty()) return;
        throw new BadInput(
                missing.size() == required.size()
                        ? "there is no question; give --requests FILE, or "
                                + String.join(", ", required.keySet())
                        : "missing: "
                                + String.join(", ", missing)
                                + "; a question needs all of "
                                + String.join(", ", required.keySet()));
    }

    private static void excludeEachOther(String one, boolean first, String other, boolean second) {
        if (first && second)
            throw new BadInput(one + " and " + other + " exclude each other; leave one out");
    }

    private void onlyOneStandardInput() {
        long inputs =
                Stream.concat(
                                Stream.of(given(policyFile), grantsFile == null ? "" : grantsFile),
                                Stream.concat(identityPolicyFiles.stream(), boundaryFiles.stream()))
                        .filter("-"::equals)
                        .count();
        if (inputs > 1)
            throw new BadInput("standard input can be read once; give - to one flag only");
    }

    private Map<String, Optional<List<String>>> contextKeys() {
        Map<String, List<String>> values = new HashMap<>();
        for (String pair : context) {
            int equals = pair.indexOf('=');
            if (equals < 1)
                throw new BadInput(
                        "--context is "
                                + SafeText.quoted(pair)
                                + ", without a key or a value; write KEY=VALUE, such as"
                                + " aws:SourceAccount=111122223333");
            values.computeIfAbsent(pair.substring(0, equals), _ -> new ArrayList<>())
                    .add(pair.substring(equals + 1));
        }
        Map<String, Optional<List<String>>> keys = new HashMap<>();
        values.forEach((name, list) -> keys.put(name, Optional.of(list)));
        for (String name : absent)
            if (keys.put(name, Optional.empty()) != null && values.containsKey(name))
                throw new BadInput(
                        SafeText.quoted(name)
                                + " is given with --context and --context-absent; leave one out");
        return keys;
    }

    private static List<PolicyFile> policies(
            String flag, List<String> names, String kind, InputStream in) {
        List<PolicyFile> files = new ArrayList<>();
        for (String name : names) {
            String number = names.size() == 1 ? "" : " " + (files.size() + 1);
            files.add(policy(flag, name, kind + number + ", ", in));
        }
        return files;
    }

    private static PolicyFile policy(String flag, String name, String prefix, InputStream in) {
        InputFile file = new InputFile(flag, name);
        String text = file.text(in);
        WrappedPolicy.refuse(file.shown(), text);
        return new PolicyFile(file.shown(), text, prefix);
    }

    private static Optional<List<String>> texts(List<PolicyFile> files, boolean none) {
        return files.isEmpty() && !none
                ? Optional.empty()
                : Optional.of(files.stream().map(PolicyFile::text).toList());
    }

    private List<Grant> grants(InputStream in, InstantSource clock) {
        if (grantsFile == null) return List.of();
        InputFile file = new InputFile("--grants-file", grantsFile);
        return new GrantList(clock).readFile(file.shown(), file.text(in));
    }

    private static String given(@Nullable String flag) {
        return flag == null ? "" : flag;
    }
}
