package io.bedrockbudgeteer.secureparameter;

import io.bedrockbudgeteer.keyguard.aws.Environment;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.customresource.CustomResourceHandler;
import io.bedrockbudgeteer.keyguard.customresource.FindingsText;
import io.bedrockbudgeteer.keyguard.customresource.Outcome;
import io.bedrockbudgeteer.keyguard.customresource.Properties;
import io.bedrockbudgeteer.keyguard.customresource.Request;
import io.bedrockbudgeteer.keyguard.customresource.RequestType;
import io.bedrockbudgeteer.keyguard.customresource.Work;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Entry of the function behind `Custom::SecureParameter`: CloudFormation itself cannot make a
/// SecureString. The value is in no attribute, log line, reason or exception.
public final class SecureParameterHandler extends CustomResourceHandler {
    private static final Set<String> PROPERTIES =
            Set.of("Name", "Value", "KeyArn", "Description", "Tags", "Recheck");

    public SecureParameterHandler() {
        start();
    }

    void start() {
        rehearse(
                new ParameterRehearsal(new Ownership(REHEARSED_STACK, REHEARSED_LOGICAL_ID)),
                Map.of(),
                Map.of("Name", ParameterRehearsal.NAME, "Value", ParameterRehearsal.VALUE));
    }

    SecureParameterHandler(Environment environment) {
        super(environment);
    }

    @Override
    protected String resourceType() {
        return "Custom::SecureParameter";
    }

    @Override
    protected String idPrefix() {
        return "secure-parameter";
    }

    // Another name is another parameter; another key or type is the same one.
    @Override
    protected String thing(Properties properties) {
        return properties.lenientText("Name").orElse("");
    }

    @Override
    protected Outcome handle(Request request, Work work) {
        ParameterStore store = new ParameterStore(work.clients(), work.deadline());
        if (request.type() == RequestType.DELETE) return delete(request, work, store);
        try {
            return write(request, work, store);
        } catch (ParameterFailure e) {
            FindingsText.log(work.journal(), List.of(e.finding()));
            return Outcome.failure(e.finding().line());
        }
    }

    private static Outcome write(Request request, Work work, ParameterStore store) {
        Ownership owner = Ownership.of(request);
        Parameter wanted = parameter(request.properties().only(PROPERTIES), owner);
        work.ensureFits(
                request.id(),
                attributes(
                        wanted.name(),
                        "arn:" + "x".repeat(2 * wanted.name().length() + 100),
                        Long.MAX_VALUE));
        ParameterWriter writer =
                new ParameterWriter(store, owner, work.deadline(), work.pace(), work.journal());
        boolean unchanged =
                request.type() == RequestType.UPDATE
                        && request.properties()
                                .lenientText("Value")
                                .equals(request.oldProperties().lenientText("Value"));
        Stored stored =
                isRename(request)
                        ? writer.write(
                                renamed(request, wanted, unchanged, writer),
                                unchanged,
                                Optional.empty())
                        : writer.write(wanted, unchanged, before(request, owner));
        work.journal()
                .info(
                        "parameter-written",
                        Map.of(
                                "parameter",
                                wanted.name(),
                                "type",
                                stored.type(),
                                "version",
                                stored.version()));
        return Outcome.success(
                request.id(), attributes(wanted.name(), stored.arn(), stored.version()));
    }

    private static boolean isRename(Request request) {
        Optional<String> old = request.oldProperties().lenientText("Name");
        return request.type() == RequestType.UPDATE
                && old.isPresent()
                && !old.equals(request.properties().lenientText("Name"));
    }

    // An operator's edit moves with the parameter.
    private static Parameter renamed(
            Request request, Parameter wanted, boolean unchanged, ParameterWriter writer) {
        if (!unchanged) return wanted;
        return request.oldProperties()
                .lenientText("Name")
                .flatMap(writer::currentValue)
                .map(wanted::withValue)
                .orElse(wanted);
    }

    private static Parameter parameter(Properties properties, Ownership owner) {
        return new Parameter(
                properties.requiredText("Name"),
                new Secret(properties.requiredText("Value")),
                properties.text("KeyArn").orElse(""),
                properties.text("Description").orElse(""),
                owner.tags(properties.textMap("Tags")));
    }

    private static Optional<Parameter> before(Request request, Ownership owner) {
        Properties old = request.oldProperties();
        if (request.type() != RequestType.UPDATE) return Optional.empty();
        return Optional.of(
                new Parameter(
                        old.lenientText("Name").orElse(""),
                        new Secret(old.lenientText("Value").orElse("")),
                        old.lenientText("KeyArn").orElse(""),
                        old.lenientText("Description").orElse(""),
                        owner.tags(old.has("Tags") ? old.textMap("Tags") : Map.of())));
    }

    private static Map<String, String> attributes(String name, String arn, long version) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("Name", name);
        data.put("Version", String.valueOf(version));
        data.put("Arn", arn);
        return data;
    }

    private static Outcome delete(Request request, Work work, ParameterStore store) {
        Optional<String> name = request.properties().lenientText("Name");
        if (name.isEmpty()) {
            work.journal().warn("nothing-located", Map.of("missing", "Name"));
            return Outcome.gone();
        }
        Ownership owner = Ownership.of(request);
        Optional<Problem> problem = deleteOurs(name.get(), owner, store);
        if (problem.isPresent())
            return Outcome.failure(
                    "The parameter "
                            + name.get()
                            + " could not be deleted: "
                            + problem.get().text()
                            + ". By hand: aws ssm delete-parameter --name "
                            + name.get()
                            + "; or give ssm:ListTagsForResource and ssm:DeleteParameter on it to the role of the function; then repeat the operation.");
        deleteOurs(ParameterWriter.copyOf(name.get()), owner, store)
                .ifPresent(left ->
                        work.journal().warn("copy-not-deleted", Map.of("problem", left.text())));
        return Outcome.gone();
    }

    private static Optional<Problem> deleteOurs(
            String name, Ownership owner, ParameterStore store) {
        Reply<Optional<Map<String, String>>> tags = store.tags(name);
        if (tags.trouble().isPresent()) return tags.trouble();
        if (owner.verdict(tags.found().flatMap(found -> found)) != Ownership.Verdict.OURS)
            return Optional.empty();
        return store.delete(name).trouble();
    }
}
