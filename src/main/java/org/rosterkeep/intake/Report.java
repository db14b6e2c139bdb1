package org.rosterkeep.intake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.roster.Entity;

/// What one import did, or would do: counts, and where something was found. No value and no id of a person is in it.
///
/// @param id sorts by time; the report rests on the shelf under it
/// @param batch the roster's number afterwards; the number before for a dry run and a refusal
/// @param files by file name, every file the delivery announced or held
/// @param changes by entity
/// @param schools what changes at each school, most changed first; orgs by their own sourcedId
/// @param dropped values left out, by the data element that is not kept
/// @param heldId the held removals this import made; empty when it made none, and for a dry run
/// @param renamed records that were given another id, by entity
/// @param findings the first of each code; `totals` counts them all
public record Report(
        String id,
        Instant at,
        String actor,
        Outcome outcome,
        long batch,
        String version,
        String system,
        Map<String, FileCount> files,
        Map<Entity, Change> changes,
        List<School> schools,
        Map<String, Long> dropped,
        Optional<String> heldId,
        Map<Entity, Long> renamed,
        List<Finding> findings,
        Map<FindingCode, Long> totals) {

    /// How it ended.
    public enum Outcome {
        /// The roster changed.
        APPLIED,
        /// Everything was as the delivery says already.
        UNCHANGED,
        /// Nothing was changed because nothing was to be.
        DRY_RUN,
        /// Nothing of the delivery was used; the findings say why.
        REFUSED,
        /// Another import was running.
        BUSY,
        /// It was asked to end before it was done.
        CANCELLED
    }

    /// @param mode `bulk`, `delta`, or `absent` when the file was not used
    public record FileCount(String mode, long rows, long used, long quarantined) {}

    /// @param cascaded those of `removed` that went with their user or class
    /// @param held records the delivery would remove, which wait for a person
    public record Change(long added, long changed, long returned, long removed, long same, long held, long cascaded) {}

    /// @param org the school's sourcedId; empty when it has none in the roster
    public record School(String org, String name, long usersAdded, long usersChanged, long usersRemoved) {}

    public Report {
        files = Map.copyOf(files);
        changes = Map.copyOf(changes);
        schools = List.copyOf(schools);
        dropped = Map.copyOf(dropped);
        renamed = Map.copyOf(renamed);
        findings = List.copyOf(findings);
        totals = Map.copyOf(totals);
    }

    /// Rows put aside in all files.
    public long quarantined() {
        return files.values().stream().mapToLong(FileCount::quarantined).sum();
    }

    /// Whether a file that was announced could not be used at all.
    public boolean fileLost() {
        return totals.keySet().stream().anyMatch(FindingCode::losesFile);
    }

    /// Persons who wait to be recognised.
    public long unmatched() {
        return totals.getOrDefault(FindingCode.PERSON_UNMATCHED, 0L);
    }

    /// The sum of one kind of change over all entities.
    public long sum(java.util.function.ToLongFunction<Change> what) {
        return changes.values().stream().mapToLong(what).sum();
    }

    /// The change of one entity; all zero when the import did not speak of it.
    public Change of(Entity entity) {
        return changes.getOrDefault(entity, new Change(0, 0, 0, 0, 0, 0, 0));
    }
}
