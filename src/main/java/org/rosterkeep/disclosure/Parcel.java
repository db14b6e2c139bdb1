package org.rosterkeep.disclosure;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Rule;

/// A delivery of one edition on its way: first put on record ([#release]), then written, once. It cannot be
/// looked into.
public sealed interface Parcel extends AutoCloseable permits Packed {
    Rule rule();

    /// How far the target has been told once it has this.
    Cursor to();

    /// Whether it is everything, not what changed.
    boolean bulk();

    /// What it tells of, by entity (`user`) the names of fields (`givenName`).
    Map<String, Set<String>> fields();

    /// How many records it is about.
    long records();

    /// Whether it may still leave, or go on leaving: the rule stands as it was, and no floor took anybody of it since.
    /// Empty when it may.
    Optional<Reason> objection();

    /// Decides once more, counts the persons, and puts the delivery on record. Empty when it may be written now; else
    /// why nothing leaves.
    Optional<Reason> release();

    /// The numbers of the ledger's entries about it; empty before it is released.
    List<Long> entries();

    /// Writes the whole of it, in constant memory.
    ///
    /// @throws DisclosureFault when it may not go on: then it must not be taken for whole
    void writeTo(OutputStream out) throws IOException;

    /// Lets go of the rows it held on to. To be called whatever became of it.
    @Override
    void close();
}
