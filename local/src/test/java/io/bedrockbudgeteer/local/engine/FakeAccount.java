package io.bedrockbudgeteer.local.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.Account;
import io.bedrockbudgeteer.local.account.Alarms;
import io.bedrockbudgeteer.local.account.Answers;
import io.bedrockbudgeteer.local.account.ApiCall;
import io.bedrockbudgeteer.local.account.Functions;
import io.bedrockbudgeteer.local.account.Keys;
import io.bedrockbudgeteer.local.account.Parameters;
import io.bedrockbudgeteer.local.account.Principal;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.account.Roles;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// An account in memory for tests of engine and providers: keys allow everything that is not
/// refused by name, functions are lambdas, answers are handed over directly.
public final class FakeAccount implements Account {
    public final List<String> keyUses = Collections.synchronizedList(new ArrayList<>());

    /// Words; a use of a key whose line contains one of them is refused.
    public final List<String> refused = new ArrayList<>();

    public final Map<String, Functions.Function> functions = new LinkedHashMap<>();
    public final Map<String, Functions.InvokeConfig> invokeConfigs = new LinkedHashMap<>();

    /// What a function does with an event, by function ARN.
    public final Map<String, Consumer<String>> code = new ConcurrentHashMap<>();

    public final Map<String, Map<String, String>> rolePolicies = new LinkedHashMap<>();
    public final List<String> attachments = new ArrayList<>();
    public final Map<String, Parameters.Parameter> parameterStore = new LinkedHashMap<>();
    public final Map<String, JsonNode> alarmStore = new LinkedHashMap<>();
    public final Map<String, String> aliases = new LinkedHashMap<>();
    public final Map<String, String> keyPolicies = new LinkedHashMap<>();
    public final Map<String, String> keyStates = new LinkedHashMap<>();

    private final FakeQueues queues = new FakeQueues();
    private final Map<String, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private final List<ApiCall> calls = Collections.synchronizedList(new ArrayList<>());
    private final List<String> violations = Collections.synchronizedList(new ArrayList<>());
    private final String partition;
    private final String region;
    public int timeScale = 1;

    public FakeAccount() {
        this("aws", "us-east-1");
    }

    public FakeAccount(String partition, String region) {
        this.partition = partition;
        this.region = region;
    }

    /// Delivers an answer, as a function's PUT does.
    public void answer(String requestId, String body) {
        answers.computeIfAbsent(requestId, id -> new CompletableFuture<>()).complete(body);
    }

    @Override
    public String accountId() {
        return "111122223333";
    }

    @Override
    public String region() {
        return region;
    }

    @Override
    public String partition() {
        return partition;
    }

    @Override
    public String urlSuffix() {
        return partition.equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
    }

    @Override
    public Principal deployer() {
        return new Principal.Session(
                "arn:" + partition + ":iam::111122223333:role/admin", "deploy");
    }

    @Override
    public Keys keys() {
        return new FakeKeys();
    }

    @Override
    public Roles roles() {
        return new FakeRoles();
    }

    @Override
    public Parameters parameters() {
        return new Parameters() {
            @Override
            public Map<String, Parameter> all() {
                return parameterStore;
            }

            @Override
            public void put(Parameter parameter) {
                parameterStore.put(parameter.name(), parameter);
            }

            @Override
            public void remove(String name) {
                parameterStore.remove(name);
            }
        };
    }

    @Override
    public Alarms alarms() {
        return new Alarms() {
            @Override
            public Map<String, JsonNode> all() {
                return alarmStore;
            }

            @Override
            public void put(String name, JsonNode input) {
                alarmStore.put(name, input);
            }

            @Override
            public void remove(String name) {
                alarmStore.remove(name);
            }
        };
    }

    @Override
    public Functions functions() {
        return new Functions() {
            @Override
            public void put(Function function) {
                functions.put(function.arn(), function);
            }

            @Override
            public void invokeConfig(String functionArn, InvokeConfig config) {
                invokeConfigs.put(functionArn, config);
            }

            @Override
            public void remove(String functionArn) {
                functions.remove(functionArn);
            }

            @Override
            public void invokeAsync(String functionArn, String event) {
                Consumer<String> work = code.get(functionArn);
                if (work == null) {
                    throw new Refusal(
                            "ResourceNotFoundException", 404, "Function not found: " + functionArn);
                }
                Thread.ofVirtual().start(() -> work.accept(event));
            }

            @Override
            public Map<String, String> logs() {
                return Map.of();
            }
        };
    }

    @Override
    public FakeQueues queues() {
        return queues;
    }

    @Override
    public Answers answers() {
        return new Answers() {
            @Override
            public String open(String stackArn, String logicalId, String requestId) {
                answers.put(requestId, new CompletableFuture<>());
                return "http://127.0.0.1:1/" + requestId;
            }

            @Override
            public Optional<String> await(
                    String stackArn, String logicalId, String requestId, Duration timeout)
                    throws InterruptedException {
                try {
                    return Optional.of(
                            answers.computeIfAbsent(requestId, id -> new CompletableFuture<>())
                                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS));
                } catch (TimeoutException e) {
                    return Optional.empty();
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    @Override
    public List<ApiCall> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void record(
            Principal caller, String action, String resource, boolean allowed, String decidedBy) {
        calls.add(new ApiCall(Instant.EPOCH, caller.name(), action, resource, allowed, decidedBy));
    }

    @Override
    public List<String> violations() {
        return List.copyOf(violations);
    }

    @Override
    public void violation(String what) {
        violations.add(what);
    }

    @Override
    public URI endpoint() {
        return URI.create("http://127.0.0.1:1");
    }

    @Override
    public int timeScale() {
        return timeScale;
    }

    @Override
    public void stacks(StackView view) {}

    @Override
    public void close() {}

    private final class FakeKeys implements Keys {
        @Override
        public String create(KeySpec spec) {
            String arn =
                    "arn:"
                            + partition
                            + ":kms:"
                            + spec.region()
                            + ":"
                            + spec.account()
                            + ":key/k"
                            + (keyPolicies.size() + 1);
            keyPolicies.put(arn, spec.policy().orElse("{\"Statement\":[]}"));
            keyStates.put(arn, spec.state());
            return arn;
        }

        @Override
        public String policy(String keyArn) {
            return keyPolicies.getOrDefault(keyArn, "");
        }

        @Override
        public String policyAsPut(String keyArn) {
            return policy(keyArn);
        }

        @Override
        public void state(String keyArn, String state) {
            keyStates.put(keyArn, state);
        }

        @Override
        public void use(
                Principal caller,
                String action,
                String key,
                Map<String, String> context,
                Map<String, String> conditions) {
            String line =
                    caller.name()
                            + " "
                            + action
                            + " "
                            + key
                            + " "
                            + new TreeMap<>(context)
                            + " "
                            + new TreeMap<>(conditions);
            keyUses.add(line);
            boolean allowed = refused.stream().noneMatch(line::contains);
            record(caller, "kms:" + action, key, allowed, allowed ? "fake" : "refused");
            if (!allowed) {
                throw new Refusal(
                        "AccessDeniedException",
                        400,
                        caller.name() + " is not authorized to perform: kms:" + action);
            }
        }

        @Override
        public void putPolicy(Principal caller, String keyArn, String policy) {
            keyPolicies.put(keyArn, policy);
        }

        @Override
        public void alias(String aliasName, String keyArn) {
            aliases.put(aliasName, keyArn);
        }

        @Override
        public void removeAlias(String aliasName) {
            aliases.remove(aliasName);
        }

        @Override
        public List<String> arns() {
            return List.copyOf(keyPolicies.keySet());
        }
    }

    private final class FakeRoles implements Roles {
        @Override
        public String create(
                String path, String name, String trustPolicy, Optional<String> boundaryArn) {
            rolePolicies.put(name, new LinkedHashMap<>());
            return "arn:" + partition + ":iam::111122223333:role" + path + name;
        }

        @Override
        public String uniqueId(String name) {
            return "AROA" + name.toUpperCase(Locale.ROOT);
        }

        @Override
        public void putPolicy(String roleName, String policyName, String document) {
            policies(roleName).put(policyName, document);
        }

        @Override
        public void deletePolicy(String roleName, String policyName) {
            policies(roleName).remove(policyName);
        }

        @Override
        public Map<String, String> policies(String roleName) {
            return rolePolicies.computeIfAbsent(
                    roleName,
                    name -> {
                        throw new Refusal("NoSuchEntity", 404, "no role " + name);
                    });
        }

        @Override
        public void trust(String roleName, String trustPolicy) {}

        @Override
        public void delete(String roleName) {
            rolePolicies.remove(roleName);
        }

        @Override
        public boolean exists(String roleName) {
            return rolePolicies.containsKey(roleName);
        }

        @Override
        public void attach(String roleName, String policyArn) {
            attachments.add(roleName + " " + policyArn);
        }

        @Override
        public void detach(String roleName, String policyArn) {
            attachments.remove(roleName + " " + policyArn);
        }
    }
}
