package io.bedrockbudgeteer.local.engine;

/// How the replacement of a custom resource is taken back when an update fails. CloudFormation's
/// documentation does not say which way it goes, so a product has to be right in both.
public enum Reversal {
    /// An Update with old and new properties swapped, then a Delete of the id that this update
    /// replaces. Observed on AWS.
    REVERSE_UPDATE,
    /// Only a Delete of the new id.
    DELETE_NEW
}
