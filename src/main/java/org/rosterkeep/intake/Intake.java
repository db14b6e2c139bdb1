package org.rosterkeep.intake;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.roster.SourcedId;

/// Takes deliveries in: one at a time, in one transaction, with a report whatever happens. A delivery that
/// cannot be used
/// changes nothing and is a report too, not an exception; only faults of this house (a full disk, a lost key) throw.
public final class Intake {
    /// The kind under which reports rest on the shelf.
    public static final String REPORTS = "intake-report";

    private final Catalogue catalogue;
    private final Limits limits;
    private final Landing landing;
    private final Shelf shelf;
    private final Journal journal;
    private final Clock clock;
    private final Predicate<SourcedId> erased;

    /// One that leaves nobody out.
    ///
    /// @param clock its zone is the district's: ages are reckoned for the day it is there
    public Intake(Catalogue catalogue, Limits limits, Landing landing, Shelf shelf, Journal journal, Clock clock) {
        this(catalogue, limits, landing, shelf, journal, clock, nobody -> false);
    }

    /// @param erased who was erased: no delivery brings them back
    public Intake(
            Catalogue catalogue,
            Limits limits,
            Landing landing,
            Shelf shelf,
            Journal journal,
            Clock clock,
            Predicate<SourcedId> erased) {
        this.erased = erased;
        this.catalogue = catalogue;
        this.limits = limits;
        this.landing = landing;
        this.shelf = shelf;
        this.journal = journal;
        this.clock = clock;
    }

    /// Imports a delivery, or tells what importing it would do.
    public Report run(Source source, Options options, Progress progress) {
        Instant at = clock.instant();
        Findings findings = new Findings(limits.findingsPerCode());
        Account account = new Account(at, options, findings);
        try (Landing.Batch batch = landing.open(at)) {
            account.batch(batch.before().batch());
            Report report = run(source, options, progress, batch, account);
            return options.dryRun() ? report : shelve(report);
        } catch (Landing.LandingBusy e) {
            return account.ended(Report.Outcome.BUSY);
        } catch (Progress.Cancelled e) {
            return account.ended(Report.Outcome.CANCELLED);
        } catch (IntakeFault e) {
            findings.add(e.file(), e.line(), "", e.code());
            Report report = account.ended(Report.Outcome.REFUSED);
            return options.dryRun() ? report : shelve(report);
        }
    }

    private Report run(Source source, Options options, Progress progress, Landing.Batch batch, Account account) {
        try (Delivery delivery = source.open(limits)) {
            Findings findings = account.findings();
            if (delivery.inFolder()) {
                findings.add("", FindingCode.ARCHIVE_FOLDER);
            }
            for (int i = 0; i < delivery.strangers(); i++) {
                findings.add("", FindingCode.FILE_UNKNOWN);
            }
            Manifest manifest = Manifest.read(delivery, limits, findings);
            account.manifest(manifest);
            Desk desk = new Desk(
                    delivery,
                    manifest,
                    limits,
                    findings,
                    new Keeping(catalogue.kept(options.keptElements())),
                    batch,
                    progress,
                    LocalDate.ofInstant(account.at(), clock.getZone()),
                    options.nineDigitsAreLocal());
            Handover handover = new Handover(mapping(options, findings), waiting(), options, erased);
            Removals removals = new Removals(desk, options.lines(), heldSoFar(handover.somebodyWaits()));
            new Reading(desk, removals, handover).run();
            if (handover.sameActor()) {
                findings.add(UserFile.FILE, FindingCode.UNMATCHED_SAME_PERSON);
            }
            Report report = account.report(desk, removals.held(), handover.renamed());
            if (options.dryRun()) {
                return report;
            }
            long before = batch.before().batch();
            journal.record("intake.accepted", options.actor(), Map.of("report", report.id()));
            narrowHeld(desk);
            keep(handover.waiting(desk, new Waiting.Since(report.at(), options.actor(), report.id())));
            long number = batch.commit();
            if (!removals.held().isEmpty()) {
                Held mine = new Held(report.id(), report.at(), number, removals.held());
                shelf.put(Held.KIND, mine.id(), mine.bytes());
            }
            return account.applied(report, number, number != before);
        }
    }

    /// Proposes what a mapping could say, for a delivery of a new source system.
    public Matching matching() {
        return new Matching(catalogue, limits, landing, journal, clock);
    }

    private Optional<Mapping> mapping(Options options, Findings findings) {
        return options.mapping().map(file -> Mapping.read(file, limits, findings));
    }

    /// Persons whom a new source system delivered and nobody has recognised.
    public Waiting waiting() {
        return shelf.get(Waiting.KIND, Waiting.ID).map(Waiting::read).orElseGet(Waiting::nobody);
    }

    /// Before the batch lands: should the machine stop in between, somebody waits who need not, not the other
    /// way round.
    private void keep(Waiting waiting) {
        if (waiting.equals(waiting())) {
            return;
        }
        if (waiting.isEmpty()) {
            shelf.remove(Waiting.KIND, Waiting.ID);
        } else {
            shelf.put(Waiting.KIND, Waiting.ID, waiting.bytes());
        }
    }

    /// As long as persons wait to be recognised, one of those whose removal is held may be among them.
    private Map<Entity, RoaringBitmap> heldSoFar(boolean somebodyWaits) {
        Map<Entity, RoaringBitmap> all = new EnumMap<>(Entity.class);
        if (somebodyWaits) {
            held().forEach(held -> held.records()
                    .forEach((entity, ordinals) -> all.computeIfAbsent(entity, e -> new RoaringBitmap())
                            .or(ordinals)));
        }
        return all;
    }

    /// Older held removals give way where this delivery decides. Before the batch lands: should the machine stop in
    /// between, a removal is forgotten that the next complete file finds again, while the other way round somebody
    /// could release the removal of a record that has come back.
    private void narrowHeld(Desk desk) {
        List<Shelf.Change> changes = new ArrayList<>();
        for (Held older : held()) {
            Held left = older;
            for (Entity entity : Entity.values()) {
                left = left.without(entity, decided(desk, entity));
            }
            if (left.count() == 0) {
                changes.add(new Shelf.Change.Remove(Held.KIND, older.id()));
            } else if (left.count() < older.count()) {
                changes.add(new Shelf.Change.Put(Held.KIND, older.id(), left.bytes()));
            }
        }
        if (!changes.isEmpty()) {
            shelf.apply(changes);
        }
    }

    /// Records about which the delivery says something: those with a row, those removed, and after a complete file all.
    private static RoaringBitmap decided(Desk desk, Entity entity) {
        Optional<Sheet> sheet = desk.sheet(Reading.file(entity));
        boolean complete = sheet.filter(file -> file.mode() == Mode.BULK && file.accepted() > 0)
                .isPresent();
        RoaringBitmap decided = complete
                ? desk.before.live(entity).clone()
                : desk.applied(entity).clone();
        desk.before.live(entity).forEach((IntConsumer) ordinal -> {
            if (!desk.batch.present(entity, ordinal)) {
                decided.add(ordinal);
            }
        });
        return decided;
    }

    private Report shelve(Report report) {
        String kind = switch (report.outcome()) {
            case APPLIED, UNCHANGED -> "intake.applied";
            case REFUSED -> "intake.refused";
            case DRY_RUN, BUSY, CANCELLED -> "intake.ended";
        };
        shelf.put(REPORTS, report.id(), ReportJson.bytes(report));
        journal.record(kind, report.actor(), facts(report));
        long returning = report.totals().getOrDefault(FindingCode.PERSON_ERASED, 0L);
        if (returning > 0) {
            journal.record(
                    "intake.erased-left-out",
                    report.actor(),
                    Map.of("report", report.id(), "persons", Long.toString(returning)));
        }
        if (report.heldId().isPresent()) {
            journal.record(
                    "intake.held",
                    report.actor(),
                    Map.of("report", report.id(), "records", Long.toString(report.sum(Report.Change::held))));
        }
        return report;
    }

    private static Map<String, String> facts(Report report) {
        Map<String, String> facts = new HashMap<>();
        facts.put("report", report.id());
        facts.put("batch", Long.toString(report.batch()));
        facts.put("added", Long.toString(report.sum(Report.Change::added)));
        facts.put("changed", Long.toString(report.sum(Report.Change::changed)));
        facts.put("returned", Long.toString(report.sum(Report.Change::returned)));
        facts.put("removed", Long.toString(report.sum(Report.Change::removed)));
        facts.put("quarantined", Long.toString(report.quarantined()));
        if (!report.renamed().isEmpty() || report.unmatched() > 0) {
            long renamed = report.renamed().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            facts.put("renamed", Long.toString(renamed));
            facts.put("unmatched", Long.toString(report.unmatched()));
        }
        if (report.outcome() == Report.Outcome.REFUSED) {
            report.findings().stream()
                    .filter(finding -> finding.severity() == Severity.REFUSED)
                    .findFirst()
                    .ifPresent(finding -> facts.put("reason", finding.code().word()));
        }
        return facts;
    }

    /// All reports that rest on the shelf, oldest first.
    public List<Report> reports() {
        return shelf.all(REPORTS).values().stream().map(ReportJson::read).toList();
    }

    /// Removals that wait for a person, oldest first.
    public List<Held> held() {
        return shelf.all(Held.KIND).values().stream().map(Held::read).toList();
    }

    /// Does the removals that were held under this id, with the enrolments and demographics of who goes.
    ///
    /// @return the roster's number afterwards; empty when nothing is held under the id
    /// @throws Landing.LandingBusy when an import is running
    public Optional<Long> release(String id, String actor) {
        Optional<Held> found = shelf.get(Held.KIND, id).map(Held::read);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Map<Entity, RoaringBitmap> removed = new EnumMap<>(Entity.class);
        try (Landing.Batch batch = landing.open(clock.instant())) {
            found.get()
                    .records()
                    .forEach((entity, ordinals) ->
                            ordinals.forEach((IntConsumer) ordinal -> remove(batch, entity, ordinal, removed)));
            long number = batch.commit();
            shelf.remove(Held.KIND, id);
            long records = removed.values().stream()
                    .mapToLong(RoaringBitmap::getLongCardinality)
                    .sum();
            journal.record(
                    "intake.released",
                    actor,
                    Map.of("report", id, "batch", Long.toString(number), "removed", Long.toString(records)));
            return Optional.of(number);
        }
    }

    private static void remove(Landing.Batch batch, Entity entity, int ordinal, Map<Entity, RoaringBitmap> removed) {
        if (!batch.present(entity, ordinal)) {
            return;
        }
        batch.remove(entity, ordinal);
        removed.computeIfAbsent(entity, e -> new RoaringBitmap()).add(ordinal);
        Relations before = batch.before();
        if (entity == Entity.USER) {
            remove(batch, Entity.DEMOGRAPHICS, ordinal, removed);
        }
        if (entity == Entity.USER || entity == Entity.CLASS) {
            int[] enrollments =
                    entity == Entity.USER ? before.enrollmentsOfUser(ordinal) : before.enrollmentsOfClass(ordinal);
            for (int enrollment : enrollments) {
                remove(batch, Entity.ENROLLMENT, enrollment, removed);
            }
        }
    }

    /// Forgets held removals: the records stay, until a later complete file misses them again.
    ///
    /// @return false when nothing is held under the id
    public boolean drop(String id, String actor) {
        Optional<Held> found = shelf.get(Held.KIND, id).map(Held::read);
        found.ifPresent(held -> {
            shelf.remove(Held.KIND, id);
            journal.record("intake.dropped", actor, Map.of("report", id, "records", Long.toString(held.count())));
        });
        return found.isPresent();
    }
}
