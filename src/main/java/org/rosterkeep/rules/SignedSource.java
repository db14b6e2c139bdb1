package org.rosterkeep.rules;

import java.util.List;

/// A source as it was signed, for whoever wants to see for themselves that people signed it.
///
/// @param endorsements the signatures under it
public record SignedSource(RosterSource source, String text, List<Endorsement> endorsements) {
    public SignedSource {
        endorsements = List.copyOf(endorsements);
    }
}
