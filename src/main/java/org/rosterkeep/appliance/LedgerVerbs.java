package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rosterkeep.disclosure.Entry;
import org.rosterkeep.ledger.Disclosures;
import org.rosterkeep.ledger.LedgerExport;
import org.rosterkeep.ledger.LedgerRecord;
import org.rosterkeep.ledger.Verdict;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;

/// The record of disclosures, read.
public final class LedgerVerbs {
    private static final int LAST_MAX = 10_000;

    private final Districts districts;
    private final Clock clock;

    LedgerVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("ledger list", (call, meanwhile) -> list(call))
                .with("ledger verify", (call, meanwhile) -> verify(call))
                .with("ledger stats", (call, meanwhile) -> stats(call))
                .with("ledger export", this::export)
                .with("ledger person", (call, meanwhile) -> person(call))
                .with("ledger trust-clock", (call, meanwhile) -> trustClock(call));
    }

    private Answer list(Call call) {
        var client = call.optional("client");
        var vendor = call.optional("vendor");
        var since = instant(call, "since", Instant.MIN);
        var until = instant(call, "until", Instant.MAX);
        boolean oneParty = client.isPresent() || vendor.isPresent();
        var found = districts
                .of(call)
                .rooms()
                .ledger()
                .pages()
                .newest(
                        record -> !record.at().isBefore(since)
                                && record.at().isBefore(until)
                                && (!oneParty || concerns(record, client, vendor)),
                        Math.clamp(call.number("last", 20), 1, LAST_MAX));
        var array = Json.createArrayBuilder();
        var table = new Table("NUMBER", "TIME", "WHAT", "WHO", "HOW MANY");
        for (var record : found) {
            array.add(json(record));
            row(table, record);
        }
        return new Answer(
                Json.createObjectBuilder().add("entries", array).build(), table.linesOr("There is no such entry."));
    }

    private static boolean concerns(LedgerRecord record, Optional<String> client, Optional<String> vendor) {
        return record instanceof LedgerRecord.Disclosed disclosed
                && client.map(id -> id.equals(disclosed.entry().client())).orElse(true)
                && vendor.map(id -> id.equals(disclosed.entry().vendor())).orElse(true);
    }

    private static void row(Table table, LedgerRecord record) {
        var at = record.at().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        switch (record) {
            case LedgerRecord.Disclosed disclosed -> {
                var entry = disclosed.entry();
                var what = entry.reason().isEmpty()
                        ? entry.channel() + " " + entry.endpoint()
                        : "refused " + entry.endpoint() + " " + entry.reason();
                table.row(record.number(), at, what, entry.client(), entry.count());
            }
            case LedgerRecord.Act act -> table.row(record.number(), at, act.kind(), act.actor(), "");
            case LedgerRecord.Checkpoint checkpoint -> table.row(record.number(), at, "checkpoint", "appliance", "");
        }
    }

    private static JsonObjectBuilder json(LedgerRecord record) {
        var json = Json.createObjectBuilder()
                .add("number", record.number())
                .add("time", record.at().toString());
        return switch (record) {
            case LedgerRecord.Disclosed disclosed ->
                json.add("kind", "disclosure")
                        .add("reference", disclosed.reference())
                        .add("entry", json(disclosed.entry()));
            case LedgerRecord.Act act -> {
                var facts = Json.createObjectBuilder();
                act.facts().forEach(facts::add);
                yield json.add("kind", act.kind()).add("actor", act.actor()).add("facts", facts);
            }
            case LedgerRecord.Checkpoint checkpoint ->
                json.add("kind", "checkpoint").add("head", checkpoint.head()).add("key", checkpoint.key());
        };
    }

    private static JsonObjectBuilder json(Entry entry) {
        return Json.createObjectBuilder()
                .add("channel", entry.channel())
                .add("vendor", entry.vendor())
                .add("client", entry.client())
                .add("rule", entry.rule())
                .add("ruleVersion", entry.ruleVersion())
                .add("agreement", entry.agreement())
                .add("purpose", entry.purpose())
                .add("basis", entry.basis())
                .add("country", entry.country())
                .add("endpoint", entry.endpoint())
                .add(
                        "fields",
                        Json.createArrayBuilder(entry.fields().stream()
                                .map(Field::path)
                                .sorted()
                                .toList()))
                .add("edition", entry.edition())
                .add("count", entry.count())
                .add("status", entry.status())
                .add("reason", entry.reason());
    }

    private Answer verify(Call call) {
        return told(districts.of(call).rooms().checkup().again());
    }

    /// Also what a check without the appliance says.
    public static Answer told(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Sound sound ->
                Answer.of(
                        Json.createObjectBuilder()
                                .add("sound", true)
                                .add("records", sound.records())
                                .add("checkpoints", sound.checkpoints())
                                .add("unsigned", sound.unsigned())
                                .add("head", sound.head())
                                .build(),
                        "The ledger is whole: " + sound.records() + " records, " + sound.checkpoints()
                                + " signed checkpoints, " + sound.unsigned() + " records behind the last one.",
                        "Head: " + sound.head());
            case Verdict.Broken broken
            when broken.flaw() == Verdict.Flaw.FILE ->
                throw new Trouble(
                        Exit.FAILED,
                        "This is no whole ledger (" + broken.flaw() + ").",
                        (broken.segment().isEmpty() ? "" : broken.segment() + ", ") + broken.sentence() + ".",
                        "Name a file made by rosterkeep ledger export; if it is one, a part of it was taken out.");
            case Verdict.Broken broken ->
                throw new Trouble(
                        Exit.FAILED,
                        "The ledger is not what was written (" + broken.flaw() + ").",
                        (broken.segment().isEmpty() ? "" : broken.segment() + ", ") + broken.sentence() + ".",
                        "Keep the files as they are, and find out who could write to them.");
        };
    }

    private Answer export(Call call, Operation.Meanwhile meanwhile) {
        var ledger = districts.of(call).rooms().ledger();
        ledger.record("ledger.exported", call.caller().actor(), Map.of());
        var out = new BufferedOutputStream(new Sent(meanwhile), 1 << 15);
        long records = new LedgerExport(ledger).zip(out, clock.instant());
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Answer.of(
                Json.createObjectBuilder().add("records", records).build(),
                records + " records are exported. Anybody can check them, with rosterkeep ledger verify or with the"
                        + " script inside.");
    }

    private Answer person(Call call) {
        var rooms = districts.of(call).rooms();
        var person = rooms.person(SourcedId.of(call.text("person")))
                .orElseThrow(() -> Trouble.notFound(
                        "This district never had a person of that sourcedId.", "Check it in the source system."));
        // Looking is an act too: who asked is recorded, and not about whom.
        rooms.ledger().record("ledger.person-asked", call.caller().actor(), Map.of());
        var received = new Disclosures(rooms.ledger().pages(), rooms.spans(), rooms.holders())
                .of(person, instant(call, "since", Instant.MIN), instant(call, "until", Instant.MAX));
        var array = Json.createArrayBuilder();
        var table = new Table("NUMBER", "TIME", "VENDOR", "RULE", "PURPOSE", "WHAT", "FIELDS");
        for (var one : received) {
            var entry = one.disclosed().entry();
            array.add(json(one.disclosed())
                    .add("entity", one.entity().one())
                    .add("records", one.records())
                    .add("certain", one.certain()));
            table.row(
                    one.disclosed().number(),
                    one.disclosed().at().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                    entry.vendor() + (entry.channel().equals("pull") ? "" : " (" + entry.channel() + ")"),
                    entry.rule() + " v" + entry.ruleVersion(),
                    entry.purpose(),
                    one.records() + " "
                            + (one.records() == 1
                                    ? one.entity().one()
                                    : one.entity().many()) + (one.certain() ? "" : " (possibly)"),
                    fields(entry));
        }
        return new Answer(
                Json.createObjectBuilder().add("received", array).build(),
                table.linesOr("Nobody was ever given anything about this person."));
    }

    private static String fields(Entry entry) {
        return entry.fields().stream().map(Field::wire).sorted().collect(Collectors.joining(" "));
    }

    private Answer stats(Call call) {
        var ledger = districts.of(call).rooms().ledger();
        var stats = ledger.stats();
        var key = HexFormat.of().formatHex(ledger.publicKey());
        return Answer.of(
                Json.createObjectBuilder()
                        .add("state", stats.state().name())
                        .add("clockTrusted", stats.clockTrusted())
                        .add("records", stats.records())
                        .add("head", stats.head())
                        .add("segments", stats.segments())
                        .add("bytes", stats.bytes())
                        .add("checkpointNumber", stats.checkpointNumber())
                        .add("checkpointAt", stats.checkpointAt().toString())
                        .add("publicKey", key)
                        .build(),
                "State       " + stats.state(),
                "Records     " + stats.records(),
                "Size        " + stats.bytes() + " bytes in " + stats.segments() + " segments",
                "Head        " + stats.head(),
                "Checkpoint  record " + stats.checkpointNumber() + ", " + stats.checkpointAt(),
                "Public key  " + key + "  (keep a copy elsewhere: it verifies exports)",
                stats.clockTrusted()
                        ? "Clock       trusted"
                        : "Clock       NOT trusted: it moved back; nothing leaves until rosterkeep ledger trust-clock");
    }

    private Answer trustClock(Call call) {
        long number =
                districts.of(call).rooms().ledger().confirmClock(call.caller().actor());
        return Answer.of(
                Json.createObjectBuilder().add("number", number).build(),
                "The clock as it stands is confirmed; recorded as entry " + number + ".");
    }

    /// Hands bytes on to the caller as they come.
    private static final class Sent extends OutputStream {
        private final Operation.Meanwhile meanwhile;

        Sent(Operation.Meanwhile meanwhile) {
            this.meanwhile = meanwhile;
        }

        @Override
        public void write(int b) {
            meanwhile.data(new byte[] {(byte) b}, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            meanwhile.data(Arrays.copyOfRange(bytes, offset, offset + length), length);
        }
    }

    private static Instant instant(Call call, String name, Instant standard) {
        try {
            return call.optional(name).map(Instant::parse).orElse(standard);
        } catch (DateTimeException e) {
            throw Trouble.wrongUse(
                            "--" + name + " is not an instant.",
                            "An instant looks like 2026-11-01T08:00:00Z.",
                            "Write it like that, in UTC.")
                    .because(e);
        }
    }
}
