package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Optional;

/// What the data protection officer thinks of a version: signed and kept, and no approval.
///
/// @param version counted from 1
/// @param hash of the version's text
/// @param favourable whether the officer would have it
/// @param text in the officer's own words
public record Opinion(String rule, int version, String hash, boolean favourable, String text, Endorsement endorsement) {
    static final String KIND = "rule-opinion";

    /// The version an opinion is about.
    public record Of(String rule, int version) {}

    /// What is signed: this text, this verdict, these words.
    static String subject(String hash, boolean favourable, String text) {
        return Canonical.hash(String.join("\n", "opinion", hash, Boolean.toString(favourable), text));
    }

    /// The last opinion of a person takes the place of an earlier one.
    String id() {
        return "%s@%05d/%s".formatted(rule, version, endorsement.operator());
    }

    boolean genuine(Signing signing, String of) {
        return hash.equals(of)
                && endorsement.act() == Endorsement.Act.OPINION
                && signing.genuine(endorsement, subject(hash, favourable, text));
    }

    byte[] document() {
        return Json.createObjectBuilder()
                .add("rule", rule)
                .add("version", version)
                .add("hash", hash)
                .add("favourable", favourable)
                .add("text", text)
                .add("endorsement", Filed.json(endorsement))
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Empty when the document is damaged.
    static Optional<Opinion> read(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            return Optional.of(new Opinion(
                    json.getString("rule"),
                    json.getInt("version"),
                    json.getString("hash"),
                    json.getBoolean("favourable"),
                    json.getString("text"),
                    Filed.endorsement(json.getJsonObject("endorsement"))));
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException
                | DateTimeException e) {
            return Optional.empty();
        }
    }
}
