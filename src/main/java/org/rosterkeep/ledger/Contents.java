package org.rosterkeep.ledger;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.rosterkeep.roster.Entity;

/// What a closed segment contains, and in which of its parts, so that a question reads only those that can answer it.
/// All of it follows from the segment; it is made once, when the segment is closed, and made again when it is missing.
///
/// @param before hash of the record before the segment's first
/// @param end hash of its last record
/// @param size of the file
/// @param kinds in which parts acts of a kind are
/// @param lists whose answers from which lists are in the segment
/// @param bearings which places of those lists each answer carried, part by part: see [Bearings]
record Contents(
        int segment,
        byte[] before,
        byte[] end,
        long size,
        List<Part> parts,
        Map<String, BitSet> kinds,
        List<Listing> lists,
        byte[] bearings) {
    Contents {
        parts = List.copyOf(parts);
        kinds = Map.copyOf(kinds);
        lists = List.copyOf(lists);
    }

    /// What a client's answers were pages of.
    record Listing(String client, String rule, long edition, Entity entity) {}

    /// Somebody who is looked for in one listing.
    interface Sought {
        /// Nobody.
        Sought NOBODY = new Sought() {
            @Override
            public boolean span(long first, long last) {
                return false;
            }

            @Override
            public boolean listed(int[] ordinals) {
                return false;
            }
        };

        /// Whether the places from `first` to before `last` may have been theirs.
        boolean span(long first, long last);

        /// @param ordinals ascending
        boolean listed(int[] ordinals);
    }

    /// The parts with records of a time.
    ///
    /// @param from first instant
    /// @param until first instant after
    BitSet within(Instant from, Instant until) {
        BitSet found = new BitSet();
        for (int n = 0; n < parts.size(); n++) {
            Part part = parts.get(n);
            found.set(n, !part.latest().isBefore(from) && part.earliest().isBefore(until));
        }
        return found;
    }

    /// The parts with acts of these kinds.
    BitSet of(Set<String> wanted) {
        BitSet found = new BitSet();
        wanted.forEach(kind -> found.or(kinds.getOrDefault(kind, new BitSet())));
        return found;
    }

    /// The parts with answers.
    BitSet answers() {
        BitSet found = new BitSet();
        for (int n = 0; n < parts.size(); n++) {
            found.set(n, parts.get(n).answers());
        }
        return found;
    }

    /// The parts with answers that may have carried somebody.
    ///
    /// @param search gives the one who is looked for in a listing
    BitSet carrying(Function<Listing, Sought> search) {
        Sought[] sought = lists.stream().map(search).toArray(Sought[]::new);
        BitSet found = new BitSet();
        ByteBuffer written = ByteBuffer.wrap(bearings);
        for (int n = 0; n < parts.size(); n++) {
            found.set(n, Bearings.any(written, sought));
        }
        return found;
    }
}
