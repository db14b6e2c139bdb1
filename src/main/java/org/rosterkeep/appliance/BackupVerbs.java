package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Locale;

/// Backups of the running appliance: made, listed, practised with; and the end of the pause after a restore.
final class BackupVerbs {
    private final Districts districts;
    private final Backups backups;
    private final Clock clock;

    BackupVerbs(Districts districts, Backups backups, Clock clock) {
        this.districts = districts;
        this.backups = backups;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("backup make", (call, meanwhile) -> make(call))
                .with("backup list", (call, meanwhile) -> list(call))
                .with("backup drill", (call, meanwhile) -> drill(call))
                .with("restore accept", (call, meanwhile) -> accept(call));
    }

    private Answer make(Call call) {
        var district = districts.of(call);
        var kept = backups.make(district, call.optional("to").map(Path::of));
        var lines = new ArrayList<String>();
        lines.add("Backup " + kept.id() + " is in " + kept.file() + ", " + HomeDoctor.megabytes(kept.bytes())
                + ", read back and verified.");
        lines.add("Recovery kit " + kept.kit() + " opens it, with the safe, until " + kept.until() + ".");
        var safe = district.rooms().safe();
        lines.add(
                safe.copied()
                        ? "The safe's copy in " + safe.copy().orElseThrow() + " is up to date."
                        : "The safe lies on this machine only: if it is lost, no backup opens. Set safe-directory.");
        return new Answer(kept.json(), lines);
    }

    private Answer list(Call call) {
        var rooms = districts.of(call).rooms();
        var array = Json.createArrayBuilder();
        var table = new Table("BACKUP", "STATE", "MB", "KIT", "KEY UNTIL", "RESTORED IN", "KEY IN");
        for (var kept : Kept.all(rooms.vault())) {
            var places = rooms.safe().places(kept.id());
            array.add(Json.createObjectBuilder(kept.json()).add("keyPlaces", places.size()));
            table.row(
                    kept.id(),
                    kept.word(),
                    kept.bytes() / 1_000_000,
                    kept.kit(),
                    kept.until(),
                    kept.drilled().isPresent() ? seconds(kept.drillMillis()) : "-",
                    places.size() + (places.size() == 1 ? " place" : " places"));
        }
        var lines = new ArrayList<>(table.linesOr("There is no backup yet. Make one: rosterkeep backup make"));
        lines.add(
                "Witness of the erasure ledger: " + rooms.safe().witness() + " (keep it apart; a restore asks for it)");
        return new Answer(
                Json.createObjectBuilder()
                        .add("backups", array)
                        .add("witness", rooms.safe().witness().toString())
                        .add("safeCopied", rooms.safe().copied())
                        .build(),
                lines);
    }

    private Answer drill(Call call) {
        var kept = backups.drill(districts.of(call), call.optional("file").map(Path::of));
        return Answer.of(
                kept.json(),
                "Backup " + kept.id() + " was restored into a scratch directory in " + seconds(kept.drillMillis())
                        + ": it opens, every page is sound, and its numbers and the ledger's head are right.");
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    /// Each of them sees what was sent between the backup and the loss, and what the ledger therefore does not have.
    private Answer accept(Call call) {
        var district = districts.of(call);
        var restored = district.restored()
                .orElseThrow(() -> Trouble.notFound(
                        "The district " + district.name() + " does not wait for anybody.",
                        "It was not restored, or was accepted already."));
        var operator = call.person().operator();
        if (restored.accepted().contains(operator)) {
            throw new Trouble(
                    Exit.NEEDS_ANOTHER,
                    "The district " + district.name() + " answers no vendor yet.",
                    "You have agreed already, and it takes another person.",
                    "Let another operator look: rosterkeep restore accept --reason WHY --operator NAME");
        }
        district.rooms()
                .ledger()
                .record(
                        "restore.accepted",
                        operator,
                        java.util.Map.of("backup", restored.backup(), "reason", call.text("reason")));
        var lines = new ArrayList<>(Sent.lines(restored.sent(), restored.made()));
        if (!restored.proved()) {
            lines.add("It was restored without a proved erasure ledger: people who were erased after " + restored.made()
                    + " may be in it again. Erase them anew before vendors are answered.");
        }
        int missing = Restored.PEOPLE - agreed(district, operator).accepted().size();
        var json = Json.createObjectBuilder()
                .add("district", district.name().text())
                .add("missing", Math.max(0, missing));
        restored.sent().ifPresent(sent -> json.add("sent", Sent.json(sent)));
        if (missing > 0) {
            lines.add("You agree; no vendor is answered before another operator does: rosterkeep restore accept"
                    + " --reason WHY --operator NAME");
            return new Answer(json.build(), lines);
        }
        district.accept();
        lines.add("The district " + district.name() + " answers vendors again.");
        return new Answer(json.add("accepted", clock.instant().toString()).build(), lines);
    }

    private static Restored agreed(District district, String operator) {
        try {
            return district.accept(operator);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
