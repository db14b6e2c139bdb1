package org.rosterkeep.disclosure;

import java.time.Instant;
import java.util.Set;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// What the record of disclosures says of one answer (privacy.md section 6). No value, no sourcedId.
///
/// @param channel `pull`, `preview`, ...
/// @param endpoint the route, `/users/{id}`, never the URL
/// @param status the HTTP status the answer has: 200 or 304, or that of a refusal
/// @param reason empty for an answer; else the refusal's code
/// @param digest digest of the edition's content, so that a span of it cannot be reinterpreted
/// @param source the caller's network address
public record Entry(
        Instant at,
        String channel,
        String vendor,
        String client,
        String rule,
        int ruleVersion,
        String ruleHash,
        String agreement,
        String purpose,
        String basis,
        String country,
        String endpoint,
        Set<Field> fields,
        long edition,
        String digest,
        Persons persons,
        long count,
        int status,
        String reason,
        String source) {
    public Entry {
        fields = Set.copyOf(fields);
    }

    /// The exact set of records an answer carries, by reference: who they are is known to those who hold the vault.
    public sealed interface Persons {
        /// No record.
        record None() implements Persons {}

        /// Positions `first` (inclusive) to `last` (exclusive) of the edition's listing of the entity in its default
        /// order: every record the edition shows or once showed, by outward id.
        record Span(Entity entity, long first, long last) implements Persons {}

        /// These ordinals, ascending.
        record Listed(Entity entity, int[] ordinals) implements Persons {}
    }
}
