package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One version of a rule as it rests on the shelf: the canonical text and the signatures under it. Nothing
/// else, so that
/// nothing else can be believed: whether it is approved is found out anew each time.
record Filed(String rule, int version, String author, String text, List<Endorsement> endorsements) {
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
        return new Filed(rule, version, author, text, all);
    }

    boolean signed(Endorsement.Act act, String operator) {
        return endorsements.stream()
                .anyMatch(one -> one.act() == act && one.operator().equals(operator));
    }

    boolean submitted() {
        return signed(Endorsement.Act.PROPOSE, author);
    }

    /// Who approved, in the order of signing: never the author, nobody twice, and nobody who may only give an opinion.
    List<Endorsement> approvals(Set<String> neverApproves) {
        Set<String> counted = new HashSet<>(Set.of(author));
        return endorsements.stream()
                .filter(one -> one.act() == Endorsement.Act.APPROVE)
                .filter(one -> Collections.disjoint(one.roles(), neverApproves))
                .filter(one -> counted.add(one.operator()))
                .toList();
    }

    /// Whether every signature here is what it claims to be.
    boolean genuine(Signing signing) {
        String hash = Canonical.hash(text);
        return endorsements.stream().allMatch(one -> signing.genuine(one, hash));
    }

    byte[] document() {
        return Json.createObjectBuilder()
                .add("rule", rule)
                .add("version", version)
                .add("author", author)
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
            Filed filed = new Filed(
                    json.getString("rule"),
                    json.getInt("version"),
                    json.getString("author"),
                    json.getString("text"),
                    endorsements(json));
            // Whatever could be written in two ways could be changed without being noticed.
            boolean asWritten = json.containsKey("drafted") || Arrays.equals(filed.document(), document);
            return asWritten ? Optional.of(filed) : Optional.empty();
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
        endorsements.forEach(one -> array.add(json(one)));
        return array;
    }

    static JsonObjectBuilder json(Endorsement one) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("operator", one.operator())
                .add("act", one.act().name())
                .add("at", one.at().toString())
                .add("signature", one.signature());
        return one.roles().isEmpty() ? json : json.add("roles", Json.createArrayBuilder(new TreeSet<>(one.roles())));
    }

    static List<Endorsement> endorsements(JsonObject json) {
        return json.getJsonArray("endorsements").getValuesAs(JsonObject.class).stream()
                .map(Filed::endorsement)
                .toList();
    }

    static Endorsement endorsement(JsonObject one) {
        return new Endorsement(
                one.getString("operator"),
                Endorsement.Act.valueOf(one.getString("act")),
                Instant.parse(one.getString("at")),
                one.containsKey("roles")
                        ? Set.copyOf(one.getJsonArray("roles").getValuesAs(JsonString::getString))
                        : Set.of(),
                one.getString("signature"));
    }
}
