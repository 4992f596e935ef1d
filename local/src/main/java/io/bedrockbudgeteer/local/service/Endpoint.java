package io.bedrockbudgeteer.local.service;

import com.sun.net.httpserver.HttpExchange;
import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.service.Credentials.Holder;
import io.bedrockbudgeteer.local.service.Faults.Fault;
import io.bedrockbudgeteer.local.service.access.Attempt;
import io.bedrockbudgeteer.local.service.access.CallLog;
import io.bedrockbudgeteer.local.service.iam.RoleStore;
import io.bedrockbudgeteer.local.service.wire.Face;
import io.bedrockbudgeteer.local.service.wire.LoopbackServer;
import io.bedrockbudgeteer.local.service.wire.Reply;
import io.bedrockbudgeteer.local.service.wire.Request;
import io.bedrockbudgeteer.local.service.wire.Result;
import io.bedrockbudgeteer.local.service.wire.Scope;
import io.bedrockbudgeteer.local.service.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The one endpoint of all services. A request goes to the service of its credential scope, in the
/// name of the access key's owner. What is not modelled is answered in the service's own error
/// format with the code `NotModelledLocally`, and is a violation as well, because a function may
/// swallow the error.
final class Endpoint implements AutoCloseable {
    private final Map<String, Face> faces;
    private final Credentials credentials;
    private final RoleStore roles;
    private final Faults faults;
    private final CallLog log;
    private final LoopbackServer server;

    /// @param faces by the service name of the credential scope
    Endpoint(
            int port,
            Map<String, Face> faces,
            Credentials credentials,
            RoleStore roles,
            Faults faults,
            CallLog log) {
        this.faces = Map.copyOf(faces);
        this.credentials = credentials;
        this.roles = roles;
        this.faults = faults;
        this.log = log;
        this.server = new LoopbackServer(port, this::handle);
    }

    URI uri() {
        return server.uri();
    }

    @Override
    public void close() {
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Request request = read(exchange);
        String requestId = UUID.randomUUID().toString();
        Wire wire;
        try {
            wire = Wire.of(request);
        } catch (NotModelledException | IOException e) {
            log.violation("request that no service here understands: " + e.getMessage());
            LoopbackServer.answer(exchange, 400, new byte[0]);
            return;
        }
        Optional<Scope> scope = Scope.of(request);
        if (scope.isEmpty()) {
            Refusal refusal =
                    new Refusal(
                            "MissingAuthenticationToken",
                            403,
                            "Request is missing Authentication Token");
            send(exchange, wire.error(requestId, refusal));
            return;
        }
        String name = actionPrefix(scope.get().service()) + ":" + wire.operation();
        Optional<Fault> fault = faults.next(name);
        try {
            if (fault.isPresent() && !before(fault.get())) return;
            Reply reply = perform(scope.get(), wire, name, requestId);
            if (fault.isPresent() && fault.get() instanceof Fault.ResetAfter) return;
            send(exchange, reply);
        } catch (Refusal refusal) {
            send(exchange, wire.error(requestId, refusal));
        }
    }

    /// @return whether the call goes on
    private static boolean before(Fault fault) {
        switch (fault) {
            case Fault.Refused(var refusal) -> throw refusal;
            case Fault.ResetBefore() -> {
                return false;
            }
            case Fault.ResetAfter() -> {}
            case Fault.Delay(var time) -> sleep(time);
            case Fault.Meanwhile(var action) -> action.run();
        }
        return true;
    }

    private Reply perform(Scope scope, Wire wire, String name, String requestId) {
        Optional<Principal> caller = caller(scope);
        if (caller.isEmpty()) {
            log.add("an unknown access key", name, "", false, "the access key belongs to nobody");
            return wire.error(requestId, unknownKey(wire));
        }
        String who = caller.get().name();
        try {
            return wire.answer(
                    requestId, perform(new Attempt(roles.who(caller.get())), scope, wire, name));
        } catch (Refusal refusal) {
            return wire.error(requestId, refusal);
        } catch (NotModelledException e) {
            log.violation(name + " by " + who + ": " + e.getMessage());
            return wire.error(
                    requestId,
                    new Refusal("NotModelledLocally", 400, name + ": " + e.getMessage()));
        } catch (RuntimeException e) {
            log.violation(name + " by " + who + " failed in the simulator: " + e);
            return wire.error(
                    requestId, new Refusal("InternalFailure", 500, "the simulator failed: " + e));
        }
    }

    private Result perform(Attempt attempt, Scope scope, Wire wire, String name) {
        Optional<Refusal> failure =
                Optional.of(new Refusal("NotModelledLocally", 400, "not modelled here"));
        try {
            Face face = faces.get(scope.service());
            if (face == null) throw new NotModelledException("service " + scope.service());
            Result result = face.call(attempt, wire.operation(), wire.input());
            failure = Optional.empty();
            return result;
        } catch (Refusal refusal) {
            failure = Optional.of(refusal);
            throw refusal;
        } finally {
            log.add(attempt, name, failure);
        }
    }

    /// Credentials end with their role; a role made again under the same name does not revive them.
    private Optional<Principal> caller(Scope scope) {
        return credentials
                .find(scope.accessKey())
                .filter(holder -> roles.arnOf(holder.roleId()).isPresent())
                .map(Holder::principal);
    }

    private static Refusal unknownKey(Wire wire) {
        String message = "The security token included in the request is invalid.";
        return wire instanceof Wire.Query
                ? new Refusal("InvalidClientTokenId", 403, message)
                : new Refusal("UnrecognizedClientException", 400, message);
    }

    /// Scope names are those of IAM actions but for CloudWatch.
    private static String actionPrefix(String scope) {
        return scope.equals("monitoring") ? "cloudwatch" : scope;
    }

    private static Request read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        byte[] body = exchange.getRequestBody().readAllBytes();
        return new Request(
                exchange.getRequestMethod(), exchange.getRequestURI().getRawPath(), headers, body);
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        LoopbackServer.answer(exchange, reply.status(), reply.body());
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
