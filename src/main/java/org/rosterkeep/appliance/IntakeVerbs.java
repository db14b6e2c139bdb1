package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.rosterkeep.intake.Held;
import org.rosterkeep.intake.Intake;
import org.rosterkeep.intake.Options;
import org.rosterkeep.intake.Progress;
import org.rosterkeep.intake.Report;
import org.rosterkeep.intake.ReportJson;
import org.rosterkeep.intake.Source;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;
import org.rosterkeep.log.Log;
import org.rosterkeep.roster.Entity;

/// Rosters in.
final class IntakeVerbs {
    private final Districts districts;
    private final Log log;
    private final Clock clock;

    IntakeVerbs(Districts districts, Log log, Clock clock) {
        this.districts = districts;
        this.log = log;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("intake run", this::run)
                .with("intake list", (call, meanwhile) -> list(call))
                .with("intake show", (call, meanwhile) -> show(call))
                .with("intake held", (call, meanwhile) -> held(call))
                .with("intake unmatched", (call, meanwhile) -> unmatched(call))
                .with("intake release", (call, meanwhile) -> release(call))
                .with("intake drop", (call, meanwhile) -> drop(call));
    }

    private Answer run(Call call, Operation.Meanwhile meanwhile) {
        var district = districts.of(call);
        var options = Options.of(call.caller().actor())
                .keeping(district.rooms().book().profile().keeps().keySet());
        if (call.flag("confirmRemovals")) {
            options = options.removing(Options.Removing.CONFIRMED);
        }
        var file = there(call.text("file"), "a zip or a folder");
        if (call.flag("mapped")) {
            options = options.mappedBy(there(call.text("mapping"), "a CSV file"));
        }
        options = options.creatingUnmatched(call.flag("createUnmatched"));
        var source = Source.at(file);
        var began = clock.instant();
        var report = district.rooms()
                .intake()
                .run(source, call.flag("dryRun") ? options.dry() : options, new Told(meanwhile, clock));
        log.say(
                Event.IMPORT_ENDED,
                new Fact.In(district.name().text()),
                new Fact.Code("outcome", report.outcome()),
                new Fact.Number("batch", report.batch()),
                new Fact.Count("quarantined", report.quarantined()),
                new Fact.Took("ms", Duration.between(began, clock.instant())));
        if (report.outcome() == Report.Outcome.APPLIED) {
            foresee(district.rooms());
        }
        return answer(report, call.flag("dryRun"));
    }

    /// The roster is in already: that it could not be found out what waits does not undo it, and the vendor's next
    /// question finds it out.
    private void foresee(Rooms rooms) {
        try {
            rooms.foresee(clock.instant());
        } catch (RuntimeException untold) {
            log.say(Event.IMPORT_EFFECT_UNKNOWN, new Fact.In(rooms.name().text()));
        }
    }

    private static Path there(String name, String what) {
        var file = Path.of(name);
        if (!Files.exists(file)) {
            throw Trouble.notFound("There is no " + file + ".", "Name " + what + " that the appliance itself can see.");
        }
        return file;
    }

    private static Answer answer(Report report, boolean dry) {
        return switch (report.outcome()) {
            case APPLIED, UNCHANGED, DRY_RUN -> IntakeLines.answer(report);
            case REFUSED ->
                throw new Trouble(
                        Exit.REFUSED,
                        "The delivery was refused; nothing was changed.",
                        IntakeLines.why(report),
                        "Correct it at the source and deliver it again." + (dry ? "" : " See: rosterkeep intake show"));
            case BUSY ->
                throw new Trouble(
                        Exit.REFUSED,
                        "An import is already running.",
                        "There can be only one at a time; this one changed nothing.",
                        "Wait for it, then try again.");
            case CANCELLED ->
                throw new Trouble(
                        Exit.FAILED, "The import was ended.", "Somebody asked for it.", "Nothing was changed.");
        };
    }

    private Answer list(Call call) {
        var array = Json.createArrayBuilder();
        var table = new Table("IMPORT", "OUTCOME", "BATCH", "ADDED", "CHANGED", "REMOVED", "HELD", "PUT ASIDE");
        for (var report : districts.of(call).rooms().intake().reports().reversed()) {
            array.add(summary(report));
            table.row(
                    report.id(),
                    report.outcome().name().toLowerCase(java.util.Locale.ROOT),
                    report.batch(),
                    report.sum(Report.Change::added),
                    report.sum(Report.Change::changed),
                    report.sum(Report.Change::removed),
                    report.sum(Report.Change::held),
                    report.quarantined());
        }
        return new Answer(
                Json.createObjectBuilder().add("imports", array).build(),
                table.linesOr("Nothing was imported yet. See: rosterkeep intake run -h"));
    }

    private static JsonObjectBuilder summary(Report report) {
        return Json.createObjectBuilder()
                .add("id", report.id())
                .add("at", report.at().toString())
                .add("actor", report.actor())
                .add("outcome", report.outcome().name().toLowerCase(java.util.Locale.ROOT))
                .add("batch", report.batch())
                .add("added", report.sum(Report.Change::added))
                .add("changed", report.sum(Report.Change::changed))
                .add("removed", report.sum(Report.Change::removed))
                .add("held", report.sum(Report.Change::held))
                .add("quarantined", report.quarantined());
    }

    private Answer show(Call call) {
        var reports = districts.of(call).rooms().intake().reports();
        var wanted = call.optional("id");
        var report = reports.reversed().stream()
                .filter(one -> wanted.map(one.id()::equals).orElse(true))
                .findFirst()
                .orElseThrow(() -> Trouble.notFound("There is no such import.", "See: rosterkeep intake list"));
        return new Answer(ReportJson.json(report), IntakeLines.of(report));
    }

    private Answer held(Call call) {
        var array = Json.createArrayBuilder();
        var table = new Table("HELD", "SINCE", "RECORDS", "OF WHICH USERS");
        for (var held : districts.of(call).rooms().intake().held()) {
            array.add(json(held));
            table.row(held.id(), held.at(), held.count(), held.count(Entity.USER));
        }
        return new Answer(
                Json.createObjectBuilder().add("held", array).build(), table.linesOr("No removal waits for anybody."));
    }

    private static JsonObject json(Held held) {
        var records = Json.createObjectBuilder();
        for (var entity : Entity.values()) {
            if (held.count(entity) > 0) {
                records.add(entity.many(), held.count(entity));
            }
        }
        return Json.createObjectBuilder()
                .add("id", held.id())
                .add("at", held.at().toString())
                .add("batch", held.batch())
                .add("records", records)
                .build();
    }

    /// Sourcedids of persons: only for somebody who signed in.
    private Answer unmatched(Call call) {
        var array = Json.createArrayBuilder();
        var table = new Table("NEW ID", "SINCE", "LISTED BY");
        intake(call).waiting().persons().forEach((id, since) -> {
            array.add(Json.createObjectBuilder()
                    .add("sourcedId", id)
                    .add("at", since.at().toString())
                    .add("by", since.by()));
            table.row(id, since.at(), since.by());
        });
        return new Answer(
                Json.createObjectBuilder().add("unmatched", array).build(),
                table.linesOr("Nobody waits to be recognised."));
    }

    private Answer release(Call call) {
        var id = call.text("id");
        long batch = intake(call)
                .release(id, call.caller().actor())
                .orElseThrow(() -> Trouble.notFound("Nothing is held under this id.", "See: rosterkeep intake held"));
        foresee(districts.of(call).rooms());
        return Answer.of(
                Json.createObjectBuilder()
                        .add("released", id)
                        .add("batch", batch)
                        .build(),
                "The removals are done; the roster is now batch " + batch + ".");
    }

    private Answer drop(Call call) {
        var id = call.text("id");
        if (!intake(call).drop(id, call.caller().actor())) {
            throw Trouble.notFound("Nothing is held under this id.", "See: rosterkeep intake held");
        }
        return Answer.of(
                Json.createObjectBuilder().add("dropped", id).build(),
                "The removals are forgotten; the records stay until a complete file misses them again.");
    }

    private Intake intake(Call call) {
        return districts.of(call).rooms().intake();
    }

    /// Tells a waiting person how far an import is, at most once a second.
    private static final class Told implements Progress {
        private static final Map<Integer, String> WHAT = Map.of(1, "looking through ", 2, "taking over ");

        private final Operation.Meanwhile meanwhile;
        private final Clock clock;
        private Instant next;

        Told(Operation.Meanwhile meanwhile, Clock clock) {
            this.meanwhile = meanwhile;
            this.clock = clock;
            this.next = clock.instant().plusSeconds(1);
        }

        @Override
        public boolean goOn(String file, int reading, long rows) {
            var now = clock.instant();
            if (!now.isBefore(next)) {
                next = now.plusSeconds(1);
                meanwhile.progress(WHAT.getOrDefault(reading, "") + file + ", row " + rows);
            }
            return true;
        }
    }
}
