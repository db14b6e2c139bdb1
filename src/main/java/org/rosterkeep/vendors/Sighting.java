package org.rosterkeep.vendors;

import java.util.Optional;
import java.util.Set;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.rules.Reason;

/// One request and how it was answered, without anything that could name a record: no id, no value, no token.
///
/// @param place what the path named
/// @param status the HTTP status; 0 when the answer broke off
/// @param complaint what the client was told, if it was told off in the standard's words
/// @param oauth what the token endpoint said, if it refused: `invalid_client`
/// @param reason why the rules refused, which the client is not told
/// @param query what a collection or a record was asked for, once the question was understood
/// @param given what was in the answer
public record Sighting(
        Place place,
        Wire wire,
        String method,
        int status,
        Optional<Complaint> complaint,
        Optional<String> oauth,
        Optional<Reason> reason,
        Optional<Query> query,
        Optional<Given> given) {
    /// What a path named.
    public sealed interface Place {
        /// A rostering path.
        record Roster(Route route) implements Place {}

        record Token() implements Place {}

        record Discovery() implements Place {}

        record Status() implements Place {}

        /// Nothing there is.
        record Nowhere() implements Place {}
    }

    /// The form of a question.
    ///
    /// @param delta whether it asks for what changed since an instant
    /// @param filtered whether it asks for some records by something else
    /// @param filter the names of the properties the filter compares
    /// @param sort that of the property sorted by
    /// @param selection those of the properties selected
    public record Query(
            long offset,
            long limit,
            boolean delta,
            boolean filtered,
            Set<String> filter,
            Set<String> sort,
            Set<String> selection) {
        public Query {
            filter = Set.copyOf(filter);
            sort = Set.copyOf(sort);
            selection = Set.copyOf(selection);
        }
    }

    /// What an answer carried.
    ///
    /// @param total records the question matches, on all pages
    /// @param count records in this answer
    /// @param gone how many of these were tombstones
    /// @param notModified whether the client had it all already
    public record Given(long total, long count, long gone, boolean notModified) {}
}
