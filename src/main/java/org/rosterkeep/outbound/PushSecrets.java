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

/// What the other side gave the district so that it lets the courier in: a vendor for its target, a source system for
/// itself. A token, a password, a key. Sealed on the shelf; told to nobody but the courier, and to that for one
/// order at
/// a time.
public final class PushSecrets {
    public static final String KIND = "push-secret";

    private final Shelf shelf;
    private final Journal journal;
    private final String kind;
    private final String act;
    private final String of;

    public PushSecrets(Shelf shelf, Journal journal) {
        this(shelf, journal, KIND, "push", "rule");
    }

    private PushSecrets(Shelf shelf, Journal journal, String kind, String act, String of) {
        this.shelf = shelf;
        this.journal = journal;
        this.kind = kind;
        this.act = act;
        this.of = of;
    }

    /// Those of sources, by the source's name.
    public static PushSecrets ofSources(Shelf shelf, Journal journal) {
        return new PushSecrets(shelf, journal, "source-secret", "source", "source");
    }

    /// Keeps one part of a rule's secret in place of what was there.
    public void put(String rule, Secret.Part part, String text, String actor) {
        Map<Secret.Part, String> parts = new EnumMap<>(Secret.Part.class);
        parts.putAll(of(rule).parts());
        parts.put(part, text);
        journal.record(act + ".secret", actor, Map.of(of, rule, "part", part.name()));
        var json = Json.createObjectBuilder();
        parts.forEach((one, value) -> json.add(one.name(), value));
        shelf.put(kind, rule, json.build().toString().getBytes(StandardCharsets.UTF_8));
    }

    /// Forgets all of it.
    public void forget(String rule, String actor) {
        shelf.remove(kind, rule);
        journal.record(act + ".secret-forgotten", actor, Map.of(of, rule));
    }

    /// Which parts there are.
    public Set<Secret.Part> parts(String rule) {
        return of(rule).parts().keySet();
    }

    /// For an order, and nothing else.
    public Secret of(String rule) {
        Optional<byte[]> document = shelf.get(kind, rule);
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
