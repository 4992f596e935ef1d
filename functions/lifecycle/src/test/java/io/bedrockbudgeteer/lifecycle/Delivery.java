package io.bedrockbudgeteer.lifecycle;

import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint;
import io.bedrockbudgeteer.keyguard.testing.AnswerEndpoint.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// How one event gets to the function and its answer back: Lambda delivers an asynchronous event at
/// least once, and again when the invocation ended in an error. Lambda Developer Guide,
/// Asynchronous invocation.
enum Delivery {
    ONCE {
        @Override
        void run(Account account, Guard guard, String event) {
            account.invoke(guard, event);
        }
    },
    /// Twice without any error.
    TWICE {
        @Override
        void run(Account account, Guard guard, String event) {
            account.invoke(guard, event);
            account.invoke(guard, event);
        }
    },
    TWICE_AT_ONCE {
        @Override
        void run(Account account, Guard guard, String event) {
            CompletableFuture<Void> second =
                    CompletableFuture.runAsync(() -> account.invoke(guard, event));
            account.invoke(guard, event);
            second.join();
        }
    },
    /// The response URL refuses the answer; Lambda runs the event again.
    ANSWER_LOST {
        @Override
        void run(Account account, Guard guard, String event) {
            lose(account, guard, event);
            account.invoke(guard, event);
        }
    },
    ANSWER_LOST_TWICE {
        @Override
        void run(Account account, Guard guard, String event) {
            lose(account, guard, event);
            lose(account, guard, event);
            account.invoke(guard, event);
        }
    };

    /// Returns when Lambda is done with the event.
    abstract void run(Account account, Guard guard, String event);

    private static void lose(Account account, Guard guard, String event) {
        // 403 is final, so the function does not spend time on further attempts.
        account.endpoint.react(new AnswerEndpoint.Reaction.Status(403));
        try {
            account.invoke(guard, event);
        } catch (RuntimeException _) {
            return;
        }
        throw new AssertionError("the answer was lost, and the invocation ended without an error");
    }

    /// Delivers the event, and gives the answer that CloudFormation takes: the first. A later one
    /// must say the same about the resource.
    Answer deliver(Account account, Event event) {
        run(account, event.guard(), event.json(account.responseUrl(event)));
        List<Answer> answers = account.answersTo(event.requestId());
        int expected = this == TWICE || this == TWICE_AT_ONCE ? 2 : 1;
        if (answers.size() != expected)
            throw new AssertionError(
                    event.type()
                            + " of "
                            + event.guard()
                            + ", delivered "
                            + this
                            + ", got "
                            + answers.size()
                            + " answers");
        Answer first = answers.getFirst();
        for (Answer other : answers)
            if (!other.status().equals(first.status())
                    || !other.physicalId().equals(first.physicalId()))
                throw new AssertionError(
                        "two answers to one event differ: " + first + " and " + other);
        return first;
    }
}
