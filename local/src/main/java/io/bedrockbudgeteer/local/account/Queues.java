package io.bedrockbudgeteer.local.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Simulated SQS queues, as far as somebody puts messages into them. Nothing is received, and
/// nothing expires.
public interface Queues {

    /// One message.
    record Message(String id, Instant sent, String body) {

        /// Without the body: what is in it may be a secret.
        @Override
        public String toString() {
            return "Message[" + id + ", " + sent + "]";
        }
    }

    /// Creates a queue, or changes the key of one; messages stay.
    ///
    /// @param key the KMS key of its server-side encryption
    void put(String queueArn, Optional<String> key);

    /// Sets the queue policy; an empty text takes it away. A queue that is gone is fine.
    void policy(String queueArn, String document);

    /// Deletes a queue with its messages; a missing one is fine.
    void remove(String queueArn);

    /// Whether somebody may send, without sending.
    ///
    /// @throws Refusal `AWS.SimpleQueueService.NonExistentQueue`, `AccessDenied`
    void checkSend(Principal sender, String queueArn);

    /// @throws Refusal as [#checkSend]
    void send(Principal sender, String queueArn, String body);

    /// Oldest first.
    ///
    /// @throws Refusal `AWS.SimpleQueueService.NonExistentQueue`
    List<Message> messages(String queueArn);
}
