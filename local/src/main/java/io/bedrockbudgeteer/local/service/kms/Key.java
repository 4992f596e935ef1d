package io.bedrockbudgeteer.local.service.kms;

import com.fasterxml.jackson.databind.JsonNode;
import io.bedrockbudgeteer.local.account.Keys.KeySpec;
import io.bedrockbudgeteer.local.service.access.Grant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One key. Mutable; guarded by the store.
final class Key {
    private final String id;
    private final String arn;
    private final KeySpec spec;
    private final Instant created;
    private final List<Grant> grants = new ArrayList<>();
    private String state;
    private boolean rotation;
    private int rotationDays = 365;
    private JsonNode stored;
    private JsonNode before;
    private String asPut;
    private int staleReads;

    Key(String id, String arn, KeySpec spec, Instant created, JsonNode stored, String asPut) {
        this.id = id;
        this.arn = arn;
        this.spec = spec;
        this.created = created;
        this.state = spec.state();
        this.rotation = spec.rotation();
        this.stored = stored;
        this.before = stored;
        this.asPut = asPut;
    }

    String id() {
        return id;
    }

    String arn() {
        return arn;
    }

    String account() {
        return spec.account();
    }

    String region() {
        return spec.region();
    }

    KeySpec spec() {
        return spec;
    }

    Instant created() {
        return created;
    }

    String state() {
        return state;
    }

    void state(String next) {
        state = next;
    }

    boolean rotation() {
        return rotation;
    }

    int rotationDays() {
        return rotationDays;
    }

    void rotate(int days) {
        rotation = true;
        rotationDays = days;
    }

    List<Grant> grants() {
        return grants;
    }

    /// The policy that is in force, with unique ids in the place of role ARNs.
    JsonNode stored() {
        return stored;
    }

    String asPut() {
        return asPut;
    }

    /// @param stale how many reads still see the policy before this one
    void put(JsonNode document, String text, int stale) {
        before = stored;
        stored = document;
        asPut = text;
        staleReads = stale;
    }

    /// The policy that a read sees now.
    JsonNode read() {
        if (staleReads == 0) return stored;
        staleReads--;
        return before;
    }
}
