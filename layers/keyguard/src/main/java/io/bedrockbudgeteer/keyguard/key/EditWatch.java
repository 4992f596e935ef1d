package io.bedrockbudgeteer.keyguard.key;

import io.bedrockbudgeteer.keyguard.aws.Problem;
import io.bedrockbudgeteer.keyguard.plan.Plan;

/// Is told how far an edit of a key policy is, and may stop it. Called on the thread of the edit.
public interface EditWatch {

    /// Before a plan is written, each time one was made. The policy has not been read again yet.
    /// May throw to stop the edit; when something was written before, it stays.
    default void planned(Plan.Change plan) {}

    /// Directly before a put is sent.
    ///
    /// @throws io.bedrockbudgeteer.keyguard.aws.OutOfTime to stop: this put is not sent, and what
    ///   was written before is taken back
    default void sending() {}

    /// A put was refused, or not answered, for a reason that can pass; it will be tried again.
    default void waitsAfter(Problem problem) {}

    /// A put was taken; now it is read back.
    default void taken() {}

    /// A read showed what was written.
    ///
    /// @param same how many reads in a row did
    /// @param wanted how many are enough
    default void readBack(int same, int wanted) {}

    /// Asked before each read back; without patience what was written is taken back.
    default boolean isPatient() {
        return true;
    }

    /// What was written is going to be taken back.
    default void takesBack() {}
}
