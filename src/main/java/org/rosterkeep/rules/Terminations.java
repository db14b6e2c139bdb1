package org.rosterkeep.rules;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.rosterkeep.roster.Shelf;

/// The agreements that somebody has terminated. An agreement's file is replaced as a whole, so an older one would bring
/// it back; what was terminated stays so, and going on takes a new agreement.
final class Terminations {
    private static final String KIND = "agreement-end";

    private final Map<String, Instant> ended = new ConcurrentHashMap<>();

    Terminations(Shelf shelf) {
        shelf.all(KIND).forEach((id, document) -> ended.put(id, read(document)));
    }

    /// One that cannot be read is as early as can be.
    private static Instant read(byte[] document) {
        try {
            return Instant.parse(new String(document, StandardCharsets.UTF_8));
        } catch (DateTimeException damaged) {
            return Instant.MIN;
        }
    }

    /// Of two the earlier stays.
    ///
    /// @return what has to be kept of it
    Shelf.Change end(String id, Instant at) {
        Instant first = ended.merge(id, at, (one, other) -> one.isBefore(other) ? one : other);
        return new Shelf.Change.Put(KIND, id, first.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// What stands against a file that would let a terminated agreement go on.
    Optional<Problem> against(Agreement file) {
        return Optional.ofNullable(ended.get(file.id()))
                .filter(at -> file.ends().isAfter(at))
                .map(_ -> new Problem(
                        "/ends",
                        "this agreement was terminated, and handing in its file again does not bring it back (F03)",
                        "make a new agreement, with an id of its own, and have rules approved under it"));
    }
}
