package org.rosterkeep.disclosure;

import org.rosterkeep.entitlement.Edition;

/// Asked before each stretch of an answer that is being written. Breaks the answer off when it is not allowed any more
/// ([DisclosureFault#withdrawn]).
@FunctionalInterface
interface Watch {
    Now now();

    /// How the answer may go on.
    ///
    /// @param edition the answer's, as the floors of this moment leave it
    /// @param form of that edition's records
    /// @param records of that edition
    record Now(Edition edition, Form form, Records records) {}
}
