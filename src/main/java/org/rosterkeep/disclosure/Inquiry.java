package org.rosterkeep.disclosure;

import java.util.List;
import java.util.Optional;
import org.rosterkeep.rules.Recipient;

/// A vendor's request, parsed and not yet believed.
///
/// @param route the route's pattern for the ledger, `/schools/{id}/classes`
/// @param parents the nested path before the collection, outermost first: `/schools/{id}/classes/{cid}/students` has
///     SCHOOLS then CLASSES with their outward ids, and asks for STUDENTS
/// @param id the single record asked for, by outward id; empty for a collection
/// @param selection the names in `fields`; empty when the client did not ask for a selection
/// @param sort field name, empty for the default order (by outward id)
/// @param offset at least 0
/// @param limit at least 1, no upper bound: long answers are streamed
/// @param base absolute URL of the service, without a slash at its end; hrefs are made from it
/// @param ifNoneMatch the ETags the client already has
/// @param source the caller's network address, for the ledger
public record Inquiry(
        Recipient recipient,
        Wire wire,
        String route,
        List<Parent> parents,
        Collection collection,
        Optional<String> id,
        Optional<Filter> filter,
        List<String> selection,
        Optional<String> sort,
        boolean descending,
        long offset,
        long limit,
        String base,
        List<String> ifNoneMatch,
        String source) {
    public Inquiry {
        parents = List.copyOf(parents);
        selection = List.copyOf(selection);
        ifNoneMatch = List.copyOf(ifNoneMatch);
        if (offset < 0 || limit < 1) {
            throw new IllegalArgumentException("offset is at least 0 and limit at least 1");
        }
    }

    /// One step of a nested path: a collection and the outward id of one of its records.
    public record Parent(Collection collection, String id) {}
}
