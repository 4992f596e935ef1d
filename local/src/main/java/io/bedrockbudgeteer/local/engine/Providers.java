package io.bedrockbudgeteer.local.engine;

import io.bedrockbudgeteer.local.account.NotModelledException;

/// The resource types there are.
@FunctionalInterface
public interface Providers {

    /// @throws NotModelledException for a type that is not known
    Provider of(String type);
}
