package org.rosterkeep.rules;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What was signed with a vendor. Its schedule is the ceiling of every rule under it (decision 11).
///
/// @param type a type of `agreements.json`, which says what clauses it must have
/// @param signed when it was signed; empty while it was not
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
        Optional<Instant> signed,
        Instant starts,
        Instant ends,
        Set<String> clauses,
        Set<String> schedule,
        String document,
        String documentHash,
        int breachNoticeHours,
        int disposalDays,
        Particulars particulars) {
    public Agreement {
        clauses = Set.copyOf(clauses);
        schedule = Set.copyOf(schedule);
    }

    /// One that was signed, and states no more than it must.
    public Agreement(
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
        this(
                id,
                vendor,
                type,
                Optional.of(signed),
                starts,
                ends,
                clauses,
                schedule,
                document,
                documentHash,
                breachNoticeHours,
                disposalDays,
                Particulars.NONE);
    }

    /// A file and the SHA-256 of it, hex.
    public record Document(String name, String sha256) {}

    /// What may be said of an agreement besides, and has to be when a pack asks for it.
    ///
    /// @param documents annexes and later amendments
    /// @param publicCopy the copy anybody may read, with what must stay secret blackened
    /// @param auditRight whether and how the district may audit; empty when nobody has said
    /// @param statements what packs ask for beyond these, by the word they use
    public record Particulars(
            List<Document> documents,
            Optional<Document> publicCopy,
            Optional<String> auditRight,
            Optional<Insurance> insurance,
            Map<String, String> statements) {
        public static final Particulars NONE =
                new Particulars(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

        public Particulars {
            documents = List.copyOf(documents);
            statements = Map.copyOf(statements);
        }
    }

    /// How far an agreement has come. It follows from what it says and from the clock; nobody sets it.
    public enum Status {
        /// Not signed, or something in it is missing.
        DRAFT,
        /// Signed and complete, and not begun.
        PENDING,
        LIVE,
        EXPIRED
    }

    boolean live(Instant now) {
        return signed.filter(at -> !now.isBefore(at)).isPresent() && !now.isBefore(starts) && now.isBefore(ends);
    }

    /// @param complete whether it has every clause and statement this district needs
    Status status(boolean complete, Instant now) {
        if (!now.isBefore(ends)) {
            return Status.EXPIRED;
        }
        if (!complete || signed.filter(at -> !now.isBefore(at)).isEmpty()) {
            return Status.DRAFT;
        }
        return now.isBefore(starts) ? Status.PENDING : Status.LIVE;
    }

    /// The words of what it states, as packs ask for them.
    Set<String> stated() {
        Set<String> stated = new TreeSet<>(particulars.statements().keySet());
        particulars.publicCopy().ifPresent(any -> stated.add("publicCopy"));
        particulars.auditRight().ifPresent(any -> stated.add("auditRight"));
        particulars.insurance().ifPresent(any -> stated.add("insurance"));
        if (!particulars.documents().isEmpty()) {
            stated.add("documents");
        }
        return stated;
    }

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
                disposalDays,
                particulars);
    }
}
