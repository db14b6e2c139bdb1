package org.rosterkeep.rules;

import java.util.List;

/// A rule as it was signed, for whoever wants to see for themselves that people signed it.
///
/// @param endorsements the signatures under it
public record Grant(Rule rule, String text, List<Endorsement> endorsements) {
    public Grant {
        endorsements = List.copyOf(endorsements);
    }
}
