package io.bedrockbudgeteer.local.engine;

import java.util.Map;

/// A resource type as the engine sees it.
///
/// A call that fails throws [ResourceFailed] (or a [io.bedrockbudgeteer.local.account.Refusal])
/// and, except for custom resources, leaves things as they were. Property maps are resolved: they
/// hold no intrinsics.
public interface Provider {

    /// What decides when a ready resource gets its turn.
    enum Kind {
        /// What functions need to work: roles, their policies, log groups.
        FOUNDATION,
        ORDINARY,
        CUSTOM
    }

    /// What an update of properties takes.
    enum Change {
        NONE,
        IN_PLACE,
        REPLACEMENT
    }

    Kind kind();

    /// Whether these properties name a KMS key.
    boolean holdsKey(Map<String, Object> properties);

    /// Refuses properties that are neither modelled nor knowingly ignored. Intrinsics inside are
    /// passed over.
    ///
    /// @throws io.bedrockbudgeteer.local.account.NotModelledException naming the property
    void checkNames(String logicalId, Map<String, Object> properties);

    /// Whether `Fn::GetAtt` knows this name. Always true for custom resources: only the answer
    /// tells.
    boolean hasAttribute(String name);

    Change change(Target after, Map<String, Object> before);

    Made create(Target target) throws InterruptedException;

    /// Updates in place. A custom resource may answer with another physical id; that makes it a
    /// replacement.
    Made update(Target after, String physicalId, Map<String, Object> before)
            throws InterruptedException;

    void delete(Target target, String physicalId) throws InterruptedException;
}
