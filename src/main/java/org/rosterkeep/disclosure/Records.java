package org.rosterkeep.disclosure;

import org.rosterkeep.roster.Row;

/// The only way to read a stored row. Implemented by the vault, which selects and projects by the permit itself, so it
/// cannot give more.
public interface Records {
    /// Visits the permit's rows in the permit's order, each projected to the permitted fields. A record that has no row
    /// as of the permit's batch (or was disposed of since) is visited with `null`.
    ///
    /// Reads lazily, a block at a time: memory does not grow with the permit.
    void read(Permit permit, Visitor visitor);

    /// Receives rows; the window is only good during the call.
    interface Visitor {
        void row(int position, int ordinal, @org.jspecify.annotations.Nullable Row row);
    }
}
