package org.rosterkeep.reference;

import java.util.Set;
import org.rosterkeep.reference.Model.Cause;

/// What the appliance did with a question.
///
/// @param given whether the value was in the bytes
/// @param causes why not, as far as it says
/// @param byDossiers whether it was what is decided about people that refused, and not the whole rule
/// @param words what happened, for people
record Verdict(boolean given, Set<Cause> causes, boolean byDossiers, String words) {
    Verdict {
        causes = Set.copyOf(causes);
    }
}
