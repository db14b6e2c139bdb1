package org.rosterkeep.rules;

import java.util.Set;

/// The district itself, as the law sees it: who answers for the data, where, and under which regimes. Without
/// it no rule
/// can be judged, so none permits anything.
///
/// @param country home country, ISO 3166-1 alpha-2
/// @param regimes the active regimes of `regimes.json`; a rule names a lawful basis for each; never empty
/// @param localised true when nothing may leave the home country at all
public record Controller(String legalName, Kind kind, String country, Set<String> regimes, boolean localised) {
    public Controller {
        regimes = Set.copyOf(regimes);
        if (regimes.isEmpty()) {
            throw new IllegalArgumentException("a district lives under at least one regime");
        }
    }

    /// A public authority cannot rest on every basis a private school can.
    public enum Kind {
        PUBLIC_AUTHORITY,
        PRIVATE
    }
}
