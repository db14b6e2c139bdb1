package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.ledger.Ledger;
import org.rosterkeep.ledger.LedgerRecord;
import org.rosterkeep.ledger.LedgerSettings;
import org.rosterkeep.ledger.Signer;

/// What one vendor was sent under one rule between a backup and the loss, by the ledger that was there before the
/// restore.
///
/// @param answers how many answers, refusals not counted
record Sent(String vendor, String rule, long answers, Instant last) {
    /// Empty when there is no such ledger, or it cannot be read: then nobody knows.
    static Optional<List<Sent>> since(Instant backup, Path ledger, KeyRing keys, Clock clock) {
        if (!Files.isDirectory(ledger)) {
            return Optional.empty();
        }
        try (var old = Ledger.open(ledger, Signer.of(keys.ledgerSigner()), clock, LedgerSettings.standard())) {
            var sent = new TreeMap<String, Sent>();
            old.pages().all(record -> {
                if (record instanceof LedgerRecord.Disclosed disclosed
                        && !record.at().isBefore(backup)
                        && disclosed.entry().reason().isEmpty()) {
                    var entry = disclosed.entry();
                    sent.merge(
                            entry.vendor() + "\0" + entry.rule(),
                            new Sent(entry.vendor(), entry.rule(), 1, record.at()),
                            (one, other) ->
                                    new Sent(one.vendor, one.rule, one.answers + 1, later(one.last, other.last)));
                }
            });
            return Optional.of(new ArrayList<>(sent.values()));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    static JsonArray json(List<Sent> all) {
        var array = Json.createArrayBuilder();
        all.forEach(one -> array.add(Json.createObjectBuilder()
                .add("vendor", one.vendor)
                .add("rule", one.rule)
                .add("answers", one.answers)
                .add("last", one.last.toString())));
        return array.build();
    }

    static List<Sent> read(JsonArray array) {
        return array.getValuesAs(JsonObject.class).stream()
                .map(one -> new Sent(
                        one.getString("vendor"),
                        one.getString("rule"),
                        one.getJsonNumber("answers").longValueExact(),
                        Instant.parse(one.getString("last"))))
                .toList();
    }

    /// For those who decide whether vendors are answered again.
    static List<String> lines(Optional<List<Sent>> sent, Instant since) {
        if (sent.isEmpty()) {
            return List.of("What was sent after " + since + " is not known: the ledger since then is lost. Ask the"
                    + " vendors what they were given.");
        }
        if (sent.get().isEmpty()) {
            return List.of("Nothing was sent after " + since + ", by the ledger that was there before the restore.");
        }
        var table = new Table("VENDOR", "RULE", "ANSWERS", "LAST");
        sent.get().forEach(one -> table.row(one.vendor, one.rule, one.answers, one.last));
        var lines = new ArrayList<String>();
        lines.add("Sent after " + since + ", by the ledger that was there before the restore:");
        lines.addAll(table.linesOr(""));
        return lines;
    }
}
