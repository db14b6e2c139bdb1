package org.rosterkeep.intake;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;

/// Everything the readers of one import work with, and what they have done so far.
final class Desk {
    final Delivery delivery;
    final Manifest manifest;
    final Columns columns;
    final Limits limits;
    final Findings findings;
    final Keeping keeping;
    final Landing.Batch batch;
    final Relations before;
    final Progress progress;
    /// The day the district is in, for ages.
    final LocalDate today;
    /// Whether nine digits in a row are local numbers here, not social security numbers.
    final boolean nineDigitsAreLocal;

    private final Map<String, Sheet> sheets = new HashMap<>();
    private final Map<String, Long> counted = new HashMap<>();
    private final Map<Entity, RoaringBitmap> applied = new EnumMap<>(Entity.class);
    private final Map<Entity, Counts> counts = new EnumMap<>(Entity.class);
    private final Map<Integer, String> orgTypes = new HashMap<>();

    /// Records of one entity by what the batch did to them.
    static final class Counts {
        long added;
        long changed;
        long returned;
        long same;
        long removed;
        long held;
        /// Removed because the user or class they belong to was.
        long cascaded;
    }

    Desk(
            Delivery delivery,
            Manifest manifest,
            Limits limits,
            Findings findings,
            Keeping keeping,
            Landing.Batch batch,
            Progress progress,
            LocalDate today,
            boolean nineDigitsAreLocal) {
        this.delivery = delivery;
        this.manifest = manifest;
        this.columns = new Columns(manifest.version());
        this.limits = limits;
        this.findings = findings;
        this.keeping = keeping;
        this.batch = batch;
        this.before = batch.before();
        this.progress = progress;
        this.today = today;
        this.nineDigitsAreLocal = nineDigitsAreLocal;
    }

    void keep(Sheet sheet) {
        sheets.put(sheet.file(), sheet);
    }

    /// The file's first reading; empty when it is absent or unusable.
    Optional<Sheet> sheet(String file) {
        return Optional.ofNullable(sheets.get(file));
    }

    /// Rows of a file that is counted only.
    void counted(String file, long rows) {
        counted.put(file, rows);
    }

    Map<String, Long> counted() {
        return counted;
    }

    /// Stages a row and counts what it does.
    void put(Entity entity, int ordinal, byte[] row) {
        Counts counting = counts(entity);
        switch (batch.put(entity, ordinal, row)) {
            case ADDED -> counting.added++;
            case CHANGED -> counting.changed++;
            case RETURNED -> counting.returned++;
            case SAME -> counting.same++;
        }
        applied(entity).add(ordinal);
    }

    /// Stages a removal if there is something to remove.
    boolean remove(Entity entity, int ordinal) {
        if (!batch.present(entity, ordinal)) {
            return false;
        }
        batch.remove(entity, ordinal);
        counts(entity).removed++;
        return true;
    }

    /// The records that have a row in this batch.
    RoaringBitmap applied(Entity entity) {
        return applied.computeIfAbsent(entity, e -> new RoaringBitmap());
    }

    Counts counts(Entity entity) {
        return counts.computeIfAbsent(entity, e -> new Counts());
    }

    /// Whether the record was in the roster before this batch.
    boolean wasLive(Entity entity, int ordinal) {
        return before.live(entity).contains(ordinal);
    }

    void orgType(int org, String type) {
        orgTypes.put(org, type);
    }

    /// Whether the org is, or lies below, a school; an org of unknown type counts as a school.
    boolean schoolLike(int org) {
        String type = orgTypes.get(org);
        if (type == null) {
            return !before.live(Entity.ORG).contains(org) || before.schools().contains(org);
        }
        return type.equals("school") || type.equals("department");
    }
}
