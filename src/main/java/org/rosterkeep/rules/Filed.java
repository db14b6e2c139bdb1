package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// One version of a rule as it rests on the shelf: the canonical text and the signatures under it. Nothing
/// else, so that
/// nothing else can be believed: whether it is approved is found out anew each time.
record Filed(String rule, int version, String author, Instant drafted, String text, List<Endorsement> endorsements) {
    static final String KIND = "rule";

    Filed {
        endorsements = List.copyOf(endorsements);
    }

    /// `reading-names@00002`: sorts by version.
    String id() {
        return "%s@%05d".formatted(rule, version);
    }

    Filed with(Endorsement more) {
        List<Endorsement> all = new ArrayList<>(endorsements);
        all.add(more);
        return new Filed(rule, version, author, drafted, text, all);
    }

    boolean signed(Endorsement.Act act, String operator) {
        return endorsements.stream()
                .anyMatch(one -> one.act() == act && one.operator().equals(operator));
    }

    boolean submitted() {
        return signed(Endorsement.Act.PROPOSE, author);
    }

    /// How many persons other than the author have approved.
    int approvals() {
        return (int) endorsements.stream()
                .filter(one -> one.act() == Endorsement.Act.APPROVE)
                .map(Endorsement::operator)
                .filter(operator -> !operator.equals(author))
                .distinct()
                .count();
    }

    /// Whether every signature here is what it claims to be.
    boolean genuine(Signers signers) {
        String hash = Canonical.hash(text);
        return endorsements.stream().allMatch(one -> genuine(one, hash, signers));
    }

    static boolean genuine(Endorsement one, String hash, Signers signers) {
        try {
            byte[] statement = Endorsement.statement(one.act(), hash, one.operator(), one.at());
            return signers.verifies(
                    one.operator(), statement, Base64.getDecoder().decode(one.signature()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    byte[] document() {
        return Json.createObjectBuilder()
                .add("rule", rule)
                .add("version", version)
                .add("author", author)
                .add("drafted", drafted.toString())
                .add("text", text)
                .add("endorsements", json(endorsements))
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Empty when the document is damaged.
    static Optional<Filed> read(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            return Optional.of(new Filed(
                    json.getString("rule"),
                    json.getInt("version"),
                    json.getString("author"),
                    Instant.parse(json.getString("drafted")),
                    json.getString("text"),
                    endorsements(json)));
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException
                | DateTimeException e) {
            return Optional.empty();
        }
    }

    static JsonArrayBuilder json(List<Endorsement> endorsements) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        endorsements.forEach(one -> array.add(Json.createObjectBuilder()
                .add("operator", one.operator())
                .add("act", one.act().name())
                .add("at", one.at().toString())
                .add("signature", one.signature())));
        return array;
    }

    static List<Endorsement> endorsements(JsonObject json) {
        return json.getJsonArray("endorsements").getValuesAs(JsonObject.class).stream()
                .map(one -> new Endorsement(
                        one.getString("operator"),
                        Endorsement.Act.valueOf(one.getString("act")),
                        Instant.parse(one.getString("at")),
                        one.getString("signature")))
                .toList();
    }
}
