package io.bedrockbudgeteer.keyguard.customresource;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What CloudFormation asks for. There is no fourth kind; an unknown one fails.
public enum RequestType {
    CREATE("Create"),
    UPDATE("Update"),
    DELETE("Delete");

    private final String word;

    RequestType(String word) {
        this.word = word;
    }

    /// The exact word of the protocol; case counts.
    static Optional<RequestType> of(@Nullable String word) {
        for (RequestType type : values()) if (type.word.equals(word)) return Optional.of(type);
        return Optional.empty();
    }

    @Override
    public String toString() {
        return word;
    }
}
