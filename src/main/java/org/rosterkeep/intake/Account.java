package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.Slice;

/// Makes the report of one import out of what is known when it ends, however early that is.
final class Account {
    private static final int SCHOOLS_MAX = 10_000;

    private final Instant at;
    private final Options options;
    private final Findings findings;
    private final String id;
    private Manifest manifest = new Manifest("", Map.of(), "");
    private long batch;

    Account(Instant at, Options options, Findings findings) {
        this.at = at;
        this.options = options;
        this.findings = findings;
        id = String.format(Locale.ROOT, "%014d", at.toEpochMilli());
    }

    Instant at() {
        return at;
    }

    Findings findings() {
        return findings;
    }

    void batch(long number) {
        batch = number;
    }

    void manifest(Manifest read) {
        manifest = read;
    }

    /// The report of an import that changed nothing.
    Report ended(Report.Outcome outcome) {
        return report(outcome, batch, Map.of(), Map.of(), List.of(), Map.of(), Optional.empty(), Map.of());
    }

    /// What the import did, or would do. A dry run holds nothing that could be released.
    Report report(Desk desk, Map<Entity, RoaringBitmap> held, Map<Entity, Long> renamed) {
        return report(
                Report.Outcome.DRY_RUN,
                batch,
                files(desk),
                changes(desk),
                schools(desk),
                desk.keeping.dropped(),
                held.isEmpty() || options.dryRun() ? Optional.empty() : Optional.of(id),
                renamed);
    }

    Report applied(Report dry, long number, boolean changed) {
        return report(
                changed ? Report.Outcome.APPLIED : Report.Outcome.UNCHANGED,
                number,
                dry.files(),
                dry.changes(),
                dry.schools(),
                dry.dropped(),
                dry.heldId(),
                dry.renamed());
    }

    private Report report(
            Report.Outcome outcome,
            long number,
            Map<String, Report.FileCount> files,
            Map<Entity, Report.Change> changes,
            List<Report.School> schools,
            Map<String, Long> dropped,
            Optional<String> heldId,
            Map<Entity, Long> renamed) {
        return new Report(
                id,
                at,
                options.actor(),
                outcome,
                number,
                manifest.version(),
                manifest.system(),
                files,
                changes,
                schools,
                dropped,
                heldId,
                renamed,
                findings.first(),
                findings.totals());
    }

    private static Map<String, Report.FileCount> files(Desk desk) {
        Map<String, Report.FileCount> files = new TreeMap<>();
        for (String file : desk.columns.files()) {
            Long counted = desk.counted().get(file);
            Optional<Sheet> sheet = desk.sheet(file);
            if (sheet.isPresent()) {
                Sheet read = sheet.get();
                long used = read.accepted() + read.gone().getLongCardinality();
                String mode = read.mode().name().toLowerCase(Locale.ROOT);
                files.put(file, new Report.FileCount(mode, read.rows(), used, read.quarantined()));
            } else if (counted != null) {
                files.put(file, new Report.FileCount("absent", counted, 0, 0));
            } else if (desk.delivery.files().contains(file)) {
                files.put(file, new Report.FileCount("absent", 0, 0, 0));
            }
        }
        return files;
    }

    private static Map<Entity, Report.Change> changes(Desk desk) {
        Map<Entity, Report.Change> changes = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            Desk.Counts c = desk.counts(entity);
            changes.put(
                    entity, new Report.Change(c.added, c.changed, c.returned, c.removed, c.same, c.held, c.cascaded));
        }
        return changes;
    }

    private static List<Report.School> schools(Desk desk) {
        Landing.Tally tally = desk.batch.tally().get(Entity.USER);
        if (tally == null) {
            return List.of();
        }
        Map<Integer, long[]> counted = new HashMap<>();
        tally.added().forEach((int user) -> count(orgsNow(desk, user), counted, 0));
        tally.changed().forEach((int user) -> count(orgsNow(desk, user), counted, 1));
        tally.removed().forEach((int user) -> count(orgsBefore(desk.before, user), counted, 2));
        List<Report.School> schools = new ArrayList<>();
        counted.forEach((org, n) -> schools.add(school(desk, org, n)));
        schools.sort(Comparator.comparingLong((Report.School school) ->
                        -(school.usersAdded() + school.usersChanged() + school.usersRemoved()))
                .thenComparing(Report.School::org));
        return schools.size() > SCHOOLS_MAX ? schools.subList(0, SCHOOLS_MAX) : schools;
    }

    private static void count(List<Integer> orgs, Map<Integer, long[]> counted, int what) {
        orgs.forEach(org -> counted.computeIfAbsent(org, o -> new long[3])[what]++);
    }

    private static List<Integer> orgsNow(Desk desk, int user) {
        return desk.batch.row(Entity.USER, user).map(Roles::of).map(Roles::orgs).orElse(List.of());
    }

    private static List<Integer> orgsBefore(Relations before, int user) {
        List<Integer> orgs = new ArrayList<>();
        for (int n = 0; n < before.roleCount(user); n++) {
            if (!orgs.contains(before.roleOrg(user, n))) {
                orgs.add(before.roleOrg(user, n));
            }
        }
        return orgs;
    }

    private static Report.School school(Desk desk, int org, long[] n) {
        Optional<Row> row = desk.batch.row(Entity.ORG, org);
        return new Report.School(
                row.map(r -> text(r, Field.ORG_SOURCED_ID)).orElse(""),
                row.map(r -> text(r, Field.ORG_NAME)).orElse(""),
                n[0],
                n[1],
                n[2]);
    }

    private static String text(Row row, Field field) {
        Slice slice = new Slice();
        return row.reveal(field, slice)
                ? Escapes.plain(new String(slice.bytes, slice.start, slice.length(), UTF_8))
                : "";
    }
}
