package org.rosterkeep.outbound;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;

/// What a vendor gave the district so that its target lets deliveries in: a token, a password, a key. Sealed on the
/// shelf; told to nobody but the courier, and to that for one sending at a time.
public final class PushSecrets {
    public static final String KIND = "push-secret";

    private final Shelf shelf;
    private final Journal journal;

    public PushSecrets(Shelf shelf, Journal journal) {
        this.shelf = shelf;
        this.journal = journal;
    }

    /// Keeps one part of a rule's secret in place of what was there.
    public void put(String rule, Secret.Part part, String text, String actor) {
        Map<Secret.Part, String> parts = new EnumMap<>(Secret.Part.class);
        parts.putAll(of(rule).parts());
        parts.put(part, text);
        journal.record("push.secret", actor, Map.of("rule", rule, "part", part.name()));
        var json = Json.createObjectBuilder();
        parts.forEach((one, value) -> json.add(one.name(), value));
        shelf.put(KIND, rule, json.build().toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Forgets all of it.
    public void forget(String rule, String actor) {
        shelf.remove(KIND, rule);
        journal.record("push.secret-forgotten", actor, Map.of("rule", rule));
    }

    /// Which parts there are.
    public Set<Secret.Part> parts(String rule) {
        return of(rule).parts().keySet();
    }

    Secret of(String rule) {
        Optional<byte[]> document = shelf.get(KIND, rule);
        if (document.isEmpty()) {
            return Secret.NONE;
        }
        try (var reader = Json.createReader(new ByteArrayInputStream(document.get()))) {
            JsonObject json = reader.readObject();
            Map<Secret.Part, String> parts = new EnumMap<>(Secret.Part.class);
            json.keySet().forEach(part -> parts.put(Secret.Part.valueOf(part), json.getString(part)));
            return new Secret(parts);
        }
    }
}
