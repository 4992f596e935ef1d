package io.bedrockbudgeteer.local.template;

import io.bedrockbudgeteer.local.account.NotModelledException;
import java.util.Optional;

/// Where template parameters of type `AWS::SSM::Parameter::Value<…>` find their values.
public interface StoredParameters {

    /// For callers without a parameter store: a template that asks for a stored parameter is
    /// refused.
    StoredParameters NONE =
            name -> {
                throw new NotModelledException(
                        "stored parameter " + name + " without a parameter store");
            };

    /// The value of a String or StringList parameter by its name, empty when there is none.
    Optional<String> value(String name);
}
