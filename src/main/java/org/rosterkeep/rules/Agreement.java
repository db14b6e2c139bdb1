package org.rosterkeep.rules;

import java.time.Instant;
import java.util.Set;

/// What was signed with a vendor. Its schedule is the ceiling of every rule under it (decision 11).
///
/// @param type a type of `agreements.json`, which says what clauses it must have
/// @param starts first instant of force
/// @param ends first instant after it; moved forward when the agreement is terminated
/// @param clauses the clauses somebody has read in the document and ticked
/// @param schedule ids of data elements (`data-elements.json`)
/// @param document file name or reference of the signed document
/// @param documentHash SHA-256 of it, hex
/// @param breachNoticeHours within how many hours the vendor tells of a breach
/// @param disposalDays within how many days of a request the vendor disposes of the data
public record Agreement(
        String id,
        String vendor,
        String type,
        Instant signed,
        Instant starts,
        Instant ends,
        Set<String> clauses,
        Set<String> schedule,
        String document,
        String documentHash,
        int breachNoticeHours,
        int disposalDays) {
    public Agreement {
        clauses = Set.copyOf(clauses);
        schedule = Set.copyOf(schedule);
    }

    boolean live(Instant now) {
        return !now.isBefore(signed) && !now.isBefore(starts) && now.isBefore(ends);
    }

    /// The same agreement, over from `at` on (never later than it would have been).
    public Agreement terminated(Instant at) {
        return new Agreement(
                id,
                vendor,
                type,
                signed,
                starts,
                at.isBefore(ends) ? at : ends,
                clauses,
                schedule,
                document,
                documentHash,
                breachNoticeHours,
                disposalDays);
    }
}
