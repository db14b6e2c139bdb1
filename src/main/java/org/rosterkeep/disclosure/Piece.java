package org.rosterkeep.disclosure;

/// Writes one property of a record, or nothing.
@FunctionalInterface
interface Piece {
    void write(Out out, Line line);
}
