package org.rosterkeep.reference;

import java.util.Set;
import org.rosterkeep.reference.Model.Cause;

/// What the appliance did with a question.
///
/// @param given whether the value was in the bytes
/// @param causes why not, as far as it says
/// @param by who refused
/// @param words what happened, for people
record Verdict(boolean given, Set<Cause> causes, By by, String words) {
    /// Who refuses.
    enum By {
        /// Nobody: it is given.
        NOBODY,
        /// The desk, where the rule could not even be drafted: it names everything that stands against it.
        DESK,
        /// The door, for the whole question: it names one cause.
        DOOR,
        /// What is decided about people and places, or what the rule gives of the record: all of it is named.
        DOSSIERS
    }

    Verdict {
        causes = Set.copyOf(causes);
    }
}
