package org.rosterkeep.outbound;

import java.util.Optional;

/// Who else has something for the courier, beside what rules push.
@FunctionalInterface
public interface Desk {
    /// What is due. Whoever gets it tells how it ended.
    Optional<Note> next();
}
