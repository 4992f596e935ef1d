package io.bedrockbudgeteer.local.engine;

import io.bedrockbudgeteer.local.account.NotModelledException;
import io.bedrockbudgeteer.local.account.Refusal;
import io.bedrockbudgeteer.local.engine.Provider.Change;
import io.bedrockbudgeteer.local.engine.Provider.Kind;
import io.bedrockbudgeteer.local.template.Deployment;
import io.bedrockbudgeteer.local.template.Deployment.Resource;
import io.bedrockbudgeteer.local.template.TemplateException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The way forward of an operation: creates and updates resources in graph order and remembers what
/// it touched.
final class Forward {
    private static final String REPLACING =
            "Requested update requires the creation of a new physical resource; hence creating one.";

    private final Stack stack;
    private final Deployment deployment;
    private final Providers providers;
    private final Options options;
    private final StackLookup lookup;
    private final Map<String, Resource> resources = new LinkedHashMap<>();
    private final List<Touch> touched = Collections.synchronizedList(new ArrayList<>());

    Forward(Stack stack, Deployment deployment, Providers providers, Options options) {
        this.stack = stack;
        this.deployment = deployment;
        this.providers = providers;
        this.options = options;
        this.lookup = new StackLookup(stack, providers, false);
        deployment.resources().forEach(resource -> resources.put(resource.logicalId(), resource));
    }

    Walk.Outcome run() throws InterruptedException {
        Walk walk = new Walk(options.order(), this::rank, true, this::isCustom);
        return walk.over(resources.keySet(), this::needs, this::step);
    }

    /// In the order in which the steps ended.
    List<Touch> touched() {
        return List.copyOf(touched);
    }

    private Set<String> needs(String id) {
        return deployment.dependencies().getOrDefault(id, Set.of());
    }

    private Provider provider(String id) {
        return providers.of(resource(id).type());
    }

    private Resource resource(String id) {
        Resource resource = resources.get(id);
        if (resource == null) {
            throw new IllegalArgumentException("no resource " + id);
        }
        return resource;
    }

    private boolean isCustom(String id) {
        return provider(id).kind() == Kind.CUSTOM;
    }

    private int rank(String id) {
        if (isCustom(id)) {
            return 2;
        }
        try {
            return provider(id).holdsKey(target(resource(id)).properties()) ? 0 : 1;
        } catch (ResourceFailed | NotModelledException | TemplateException e) {
            // Its own step will meet the same trouble and report it.
            return 0;
        }
    }

    private boolean step(String id) {
        Resource resource = resource(id);
        return stack.get(id)
                .map(before -> update(resource, before))
                .orElseGet(() -> create(resource));
    }

    private Target target(Resource resource) {
        Map<String, Object> properties =
                deployment
                        .resolve(resource.properties(), lookup)
                        .map(Values::asMap)
                        .orElse(Map.of());
        return new Target(stack.place(), resource.logicalId(), resource.type(), properties);
    }

    private boolean create(Resource resource) {
        String id = resource.logicalId();
        stack.tell(id, resource.type(), "", Status.CREATE_IN_PROGRESS, "");
        Map<String, Object> properties = Map.of();
        try {
            Target target = target(resource);
            properties = target.properties();
            Live live = Live.of(resource, provider(id).create(target), properties, needs(id));
            stack.put(live);
            touched.add(Touch.created(live));
            stack.tell(live, Status.CREATE_IN_PROGRESS, "Resource creation Initiated");
            stack.tell(live, Status.CREATE_COMPLETE, "");
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException("a provider let an interruption through: " + id, e);
        } catch (RuntimeException e) {
            ResourceFailed failure = asFailure(e);
            Map<String, Object> tried = properties;
            Optional<Live> left =
                    failure.physicalId()
                            .map(physical ->
                                    Live.of(
                                            resource,
                                            new Made(physical, Map.of()),
                                            tried,
                                            needs(id)));
            left.ifPresent(stack::put);
            touched.add(
                    new Touch(id, resource.type(), Optional.empty(), left, Optional.empty(), true));
            String physical = left.map(Live::physicalId).orElse("");
            stack.tell(id, resource.type(), physical, Status.CREATE_FAILED, failure.reason());
            return false;
        }
    }

    private boolean update(Resource resource, Live before) {
        String id = resource.logicalId();
        Map<String, Object> properties = before.properties();
        boolean started = false;
        try {
            Target target = target(resource);
            Change change = provider(id).change(target, before.properties());
            if (change == Change.NONE) {
                return true;
            }
            properties = target.properties();
            stack.tell(
                    before,
                    Status.UPDATE_IN_PROGRESS,
                    change == Change.REPLACEMENT ? REPLACING : "");
            started = true;
            Made made =
                    change == Change.REPLACEMENT
                            ? provider(id).create(target)
                            : provider(id).update(target, before.physicalId(), before.properties());
            Live now = Live.of(resource, made, properties, needs(id));
            stack.put(now);
            Touch touch = Touch.updated(before, now);
            touched.add(touch);
            if (touch.isReplacement()) {
                String why =
                        change == Change.REPLACEMENT
                                ? "Resource creation Initiated"
                                : "Requested update required the provider to create a new physical resource";
                stack.tell(now, Status.UPDATE_IN_PROGRESS, why);
            }
            stack.tell(now, Status.UPDATE_COMPLETE, "");
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException("a provider let an interruption through: " + id, e);
        } catch (RuntimeException e) {
            ResourceFailed failure = asFailure(e);
            if (started) {
                Live attempted = Live.of(resource, before.made(), properties, needs(id));
                Optional<String> stray =
                        failure.physicalId().filter(other -> !other.equals(before.physicalId()));
                touched.add(
                        new Touch(
                                id,
                                resource.type(),
                                Optional.of(before),
                                Optional.of(attempted),
                                stray,
                                true));
            }
            stack.tell(before, Status.UPDATE_FAILED, failure.reason());
            return false;
        }
    }

    private ResourceFailed asFailure(RuntimeException e) {
        return switch (e) {
            case ResourceFailed failure -> failure;
            case Refusal refusal ->
                    new ResourceFailed(
                            "Resource handler returned message: \""
                                    + refusal.text()
                                    + " (Status Code: "
                                    + refusal.status()
                                    + ", Error Code: "
                                    + refusal.code()
                                    + ")\"");
            case TemplateException wrong ->
                    new ResourceFailed("Template error: " + wrong.getMessage());
            case NotModelledException unknown -> {
                String what = String.valueOf(unknown.getMessage());
                options.violations().accept(what);
                yield new ResourceFailed(what);
            }
            default -> throw e;
        };
    }
}
