package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// A new version of a running rule may take over: the change of the vendor's view was measured and found small, or
/// somebody looked at it and let it pass.
///
/// @param hash of the version's text
/// @param at when
/// @param release a person's signature; empty when the change was within bounds
record Clearing(String rule, int version, String hash, Instant at, Optional<Endorsement> release) {
    static final String KIND = "rule-clearing";

    static String id(String rule, int version) {
        return "%s@%05d".formatted(rule, version);
    }

    String id() {
        return id(rule, version);
    }

    static String subject(String hash) {
        return Canonical.hash("release\n" + hash);
    }

    boolean genuine(Signing signing, String of, String author) {
        return hash.equals(of)
                && release.map(one -> one.act() == Endorsement.Act.RELEASE
                                && !one.operator().equals(author)
                                && signing.genuine(one, subject(hash)))
                        .orElse(true);
    }

    byte[] document() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("rule", rule)
                .add("version", version)
                .add("hash", hash)
                .add("at", at.toString());
        release.ifPresent(one -> json.add("release", Filed.json(one)));
        return json.build().toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Empty when the document is damaged: then the version waits.
    static Optional<Clearing> read(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            return Optional.of(new Clearing(
                    json.getString("rule"),
                    json.getInt("version"),
                    json.getString("hash"),
                    Instant.parse(json.getString("at")),
                    Optional.ofNullable(json.getJsonObject("release")).map(Filed::endorsement)));
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException
                | DateTimeException e) {
            return Optional.empty();
        }
    }
}
