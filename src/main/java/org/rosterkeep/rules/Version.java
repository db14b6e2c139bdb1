package org.rosterkeep.rules;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One version of a rule as operators see it.
///
/// @param life how far it has come
/// @param author who drafted it
/// @param approvers who has signed so far, the author not among them
/// @param approversNeeded how many must; 0 more when `life` is past SUBMITTED
/// @param rolesMissing roles of which somebody must still sign
/// @param starts the first instant it may give anything; empty while it is not approved
/// @param opinions what the data protection officer said of it
/// @param approvals the approvers' signatures, in the order of signing
/// @param hindrance why it gives nothing now although it is approved and running; [Hindrance.None] when it gives
public record Version(
        Proposal proposal,
        Life life,
        String author,
        Set<String> approvers,
        int approversNeeded,
        Set<String> rolesMissing,
        Optional<Instant> starts,
        List<Opinion> opinions,
        List<Endorsement> approvals,
        Hindrance hindrance) {
    public Version {
        approvers = Set.copyOf(approvers);
        rolesMissing = Set.copyOf(rolesMissing);
        opinions = List.copyOf(opinions);
        approvals = List.copyOf(approvals);
    }

    public Rule rule() {
        return proposal.rule();
    }

    /// What the decider would object to, whatever is asked.
    public sealed interface Hindrance {
        record None() implements Hindrance {}

        record Because(Reason reason) implements Hindrance {}
    }
}
