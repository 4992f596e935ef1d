package io.bedrockbudgeteer.secureparameter;

import static io.bedrockbudgeteer.secureparameter.ParameterFailure.need;

import io.bedrockbudgeteer.keyguard.aws.Deadline;
import io.bedrockbudgeteer.keyguard.aws.Pace;
import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.aws.Reply;
import io.bedrockbudgeteer.keyguard.customresource.Journal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Brings one parameter to where it is wanted, and never loses its value on the way. Every step may
/// be repeated.
final class ParameterWriter {
    // Systems Manager API Reference, DeleteParameter: wait at least 30 seconds before a parameter
    // of the same name is made again.
    private static final Duration AFTER_DELETE = Duration.ofSeconds(30);
    private static final Duration SPARE_TIME = Duration.ofSeconds(8);
    private static final int RESTORE_ATTEMPTS = 4;
    private static final int READ_BACKS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// Beside the parameter, so that the same permissions and the same encryption context pattern
    /// cover it.
    private static final String COPY_SUFFIX = ".bedrock-budgeteer-moving";

    // Stands where no value is at hand; occurs in no message.
    private static final Secret NO_SECRET = new Secret("\u0000");

    private final ParameterStore store;
    private final Ownership owner;
    private final Deadline deadline;
    private final Pace pace;
    private final Journal journal;

    ParameterWriter(
            ParameterStore store, Ownership owner, Deadline deadline, Pace pace, Journal journal) {
        this.store = store;
        this.owner = owner;
        this.deadline = deadline;
        this.pace = pace;
        this.journal = journal;
    }

    static String copyOf(String name) {
        return name + COPY_SUFFIX;
    }

    Ownership.Verdict ownership(String name) {
        return owner.verdict(need(store.tags(name), name, NO_SECRET));
    }

    /// The present value when the parameter is ours.
    Optional<Secret> currentValue(String name) {
        if (ownership(name) != Ownership.Verdict.OURS) return Optional.empty();
        return need(store.get(name), name, NO_SECRET).map(Stored::value);
    }

    /// @param wanted with the value of the template
    /// @param keepCurrent whether an existing parameter keeps the value it has: the template's did
    ///   not change, so a difference is an operator's edit
    /// @param before what the template said before; empty on Create
    Stored write(Parameter wanted, boolean keepCurrent, Optional<Parameter> before) {
        return switch (ownership(wanted.name())) {
            case FOREIGN -> throw ParameterFailure.foreign(wanted.name());
            case ABSENT -> createAgain(wanted, keepCurrent, before);
            case OURS -> {
                Optional<Stored> current =
                        need(store.get(wanted.name()), wanted.name(), wanted.value());
                yield current.isPresent()
                        ? change(wanted, keepCurrent, current.get(), before)
                        : createAgain(wanted, keepCurrent, before);
            }
        };
    }

    private Stored change(
            Parameter wanted, boolean keepCurrent, Stored current, Optional<Parameter> before) {
        Parameter target = keepCurrent ? wanted.withValue(current.value()) : wanted;
        return current.type().equals(target.type())
                ? inPlace(target, current, before)
                : changeType(target, current, before);
    }

    /// Makes a parameter that is not there. A change of type that was cut off left a copy, which
    /// has the value.
    private Stored createAgain(Parameter wanted, boolean keepCurrent, Optional<Parameter> before) {
        String copyName = copyOf(wanted.name());
        boolean copyIsOurs = ownership(copyName) == Ownership.Verdict.OURS;
        Optional<Secret> kept =
                copyIsOurs && keepCurrent
                        ? need(store.get(copyName), copyName, NO_SECRET).map(Stored::value)
                        : Optional.empty();
        Parameter target = kept.map(wanted::withValue).orElse(wanted);
        Reply<Long> created = store.create(target);
        // Lambda may run one event twice at once: what the other run has just made is ours too. So
        // is what a read did not show yet.
        if (isTaken(created) && ownership(wanted.name()) == Ownership.Verdict.OURS) {
            Optional<Stored> current =
                    need(store.get(wanted.name()), wanted.name(), wanted.value());
            if (current.isPresent()) return change(wanted, keepCurrent, current.get(), before);
        }
        long version = need(created, target.name(), target.value());
        Stored stored = readBack(target, version);
        if (copyIsOurs) need(store.delete(copyName), copyName, NO_SECRET);
        return stored;
    }

    /// Makes a parameter that was not there a moment ago. When the answer gets lost, the SDK asks
    /// again and hears that the name is taken.
    private Reply<Long> create(Parameter parameter) {
        Reply<Long> created = store.create(parameter);
        if (!isTaken(created)) return created;
        boolean ours =
                store.tags(parameter.name())
                        .found()
                        .filter(tags -> owner.verdict(tags) == Ownership.Verdict.OURS)
                        .isPresent();
        Optional<Stored> there = store.get(parameter.name()).found().flatMap(stored -> stored);
        return there.filter(stored -> ours && isWritten(stored, parameter, 0))
                .<Reply<Long>>map(stored -> new Reply.Ok<>(stored.version()))
                .orElse(created);
    }

    private static boolean isTaken(Reply<Long> created) {
        return created.trouble()
                .filter(problem -> problem.code().equals("ParameterAlreadyExists"))
                .isPresent();
    }

    private Stored inPlace(Parameter target, Stored current, Optional<Parameter> before) {
        boolean same =
                target.value().equals(current.value())
                        && before.filter(old ->
                                        old.keyArn().equals(target.keyArn())
                                                && old.description().equals(target.description()))
                                .isPresent();
        long version =
                same
                        ? current.version()
                        : need(store.overwrite(target), target.name(), target.value());
        syncTags(target, before);
        Stored stored = readBack(target, version);
        // An earlier attempt of this request may have been cut off just before it took the copy
        // away.
        if (before.filter(old -> !old.type().equals(target.type())).isPresent()
                && ownership(copyOf(target.name())) == Ownership.Verdict.OURS)
            need(store.delete(copyOf(target.name())), target.name(), NO_SECRET);
        return stored;
    }

    private void syncTags(Parameter target, Optional<Parameter> before) {
        if (before.filter(old -> old.tags().equals(target.tags())).isPresent()) return;
        need(store.addTags(target.name(), target.tags()), target.name(), NO_SECRET);
        Set<String> stale = new HashSet<>(before.map(old -> old.tags().keySet()).orElse(Set.of()));
        stale.removeAll(target.tags().keySet());
        if (!stale.isEmpty())
            need(store.removeTags(target.name(), stale), target.name(), NO_SECRET);
    }

    /// String and SecureString cannot be turned into each other. The value is first written under
    /// another name with the new type, which also shows that the key can be used; only then is the
    /// old parameter deleted.
    private Stored changeType(Parameter target, Stored current, Optional<Parameter> before) {
        Parameter copy = target.withName(copyOf(target.name()));
        putCopy(copy);
        if (deadline.remaining().compareTo(pace.of(AFTER_DELETE).plus(SPARE_TIME)) < 0)
            throw ParameterFailure.unwritable(
                    target.name(),
                    "too little time is left to change its type",
                    "Repeat the operation.");
        journal.info(
                "type-change-begun",
                Map.of("parameter", target.name(), "from", current.type(), "to", target.type()));
        need(store.delete(target.name()), target.name(), target.value());
        deadline.pause(pace.of(AFTER_DELETE));
        Reply<Long> created = create(target);
        if (created.trouble().isPresent())
            throw restored(
                    target.withKey(before.map(Parameter::keyArn).orElse("")),
                    current,
                    created.trouble().get());
        Stored stored = readBack(target, need(created, target.name(), target.value()));
        need(store.delete(copy.name()), copy.name(), NO_SECRET);
        return stored;
    }

    private void putCopy(Parameter copy) {
        switch (ownership(copy.name())) {
            case FOREIGN -> throw ParameterFailure.foreign(copy.name());
            case ABSENT -> readBack(copy, need(create(copy), copy.name(), copy.value()));
            // Of an attempt that was cut off.
            case OURS -> {
                Reply<Long> again = store.overwrite(copy);
                if (again.trouble().isPresent()) { // of the other type
                    need(store.delete(copy.name()), copy.name(), NO_SECRET);
                    deadline.pause(pace.of(AFTER_DELETE));
                    again = create(copy);
                }
                readBack(copy, need(again, copy.name(), copy.value()));
            }
        }
    }

    /// Puts the parameter back as it was. Whatever comes of it, the copy still has the value.
    private ParameterFailure restored(Parameter old, Stored current, Problem why) {
        Parameter original = old.withValue(current.value());
        for (int attempt = 1; attempt <= RESTORE_ATTEMPTS && !deadline.isOver(); attempt++) {
            if (original.type().equals(current.type()) && create(original).found().isPresent()) {
                store.delete(copyOf(original.name()));
                return ParameterFailure.unwritable(
                        original.name(),
                        ParameterFailure.words(why, original.value())
                                + "; it was put back as "
                                + current.type(),
                        "Repeat the operation.");
            }
            deadline.pause(pace.of(PAUSE.multipliedBy(attempt)));
        }
        return ParameterFailure.unwritable(
                original.name(),
                ParameterFailure.words(why, original.value())
                        + "; its value is kept in "
                        + copyOf(original.name()),
                "Repeat the operation: it continues from there.");
    }

    /// Success is said only of what Systems Manager shows.
    private Stored readBack(Parameter target, long version) {
        for (int read = 1; ; read++) {
            Reply<Optional<Stored>> reply = store.get(target.name());
            Optional<Stored> found = reply.found().flatMap(stored -> stored);
            if (found.filter(stored -> isWritten(stored, target, version)).isPresent())
                return found.get();
            if (read == READ_BACKS) {
                need(reply, target.name(), target.value());
                throw ParameterFailure.unwritable(
                        target.name(),
                        "it does not read back as it was written",
                        "Check that nothing else writes it, then repeat the operation.");
            }
            deadline.pause(pace.of(PAUSE));
        }
    }

    private static boolean isWritten(Stored stored, Parameter target, long version) {
        return stored.version() >= version
                && stored.type().equals(target.type())
                && stored.value().equals(target.value());
    }
}
