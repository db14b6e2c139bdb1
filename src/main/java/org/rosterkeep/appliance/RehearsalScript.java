package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.rosterkeep.rules.Version;

/// What one rehearsal plays, as it rests on its twin's shelf.
///
/// @param text the rule version's canonical text: what is decided by
/// @param client the twin's own client, never the real one's name
/// @param until when it ends by itself
/// @param day the made-up day it has come to, from 1
record RehearsalScript(
        String district,
        String rule,
        int version,
        String hash,
        String text,
        String vendor,
        String client,
        Instant started,
        Instant until,
        int day) {
    static final String KIND = "rehearsal";
    static final String THIS = "this";

    private static final int HEX = 16;

    static RehearsalScript of(DistrictName district, Version version, Instant now, Instant until) {
        var rule = version.rule();
        return new RehearsalScript(
                district.text(),
                rule.id(),
                rule.version(),
                rule.hash(),
                version.proposal().text(),
                rule.vendor(),
                rule.client() + "-rehearsal",
                now,
                until,
                1);
    }

    RehearsalScript nextDay() {
        return new RehearsalScript(district, rule, version, hash, text, vendor, client, started, until, day + 1);
    }

    /// Equal rules are rehearsed with equal people.
    long seed() {
        return Long.parseUnsignedLong(hash.substring(0, HEX), HEX);
    }

    Population population() {
        return Population.of(json(text.getBytes(StandardCharsets.UTF_8)).getJsonObject("scope"));
    }

    byte[] document() {
        return Json.createObjectBuilder()
                .add("district", district)
                .add("rule", rule)
                .add("version", version)
                .add("hash", hash)
                .add("text", text)
                .add("vendor", vendor)
                .add("client", client)
                .add("started", started.toString())
                .add("until", until.toString())
                .add("day", day)
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    static RehearsalScript read(byte[] document) {
        var json = json(document);
        return new RehearsalScript(
                json.getString("district"),
                json.getString("rule"),
                json.getInt("version"),
                json.getString("hash"),
                json.getString("text"),
                json.getString("vendor"),
                json.getString("client"),
                Instant.parse(json.getString("started")),
                Instant.parse(json.getString("until")),
                json.getInt("day"));
    }

    private static JsonObject json(byte[] text) {
        try (var reader = Json.createReader(new ByteArrayInputStream(text))) {
            return reader.readObject();
        }
    }
}
