package org.rosterkeep.rules;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All approved versions of one rule, and how it was stopped. A client has one.
///
/// @param approved the versions enough people have signed, oldest first
/// @param suspended true while somebody has stopped it
/// @param revokedThrough the last version that was revoked; 0 when none was
public record Stream(
        String rule, String client, String vendor, List<Proposal> approved, boolean suspended, int revokedThrough) {
    public Stream {
        approved = approved.stream()
                .sorted(Comparator.comparingInt(one -> one.rule().version()))
                .toList();
    }

    /// The version that counts now: the newest that has started. An older one does not come back when it ends.
    public Optional<Proposal> current(Instant now) {
        return approved.stream().filter(one -> !now.isBefore(one.rule().from())).reduce((older, newer) -> newer);
    }

    /// Why nothing is in force now; empty when something is.
    Optional<Reason> idle(Instant now) {
        if (approved.isEmpty() || suspended) {
            return Optional.of(Reason.RULE_NOT_ACTIVE);
        }
        Optional<Rule> current = current(now).map(Proposal::rule);
        if (current.isEmpty()) {
            boolean gone = approved.stream().allMatch(one -> one.rule().version() <= revokedThrough);
            return Optional.of(gone ? Reason.RULE_NOT_ACTIVE : Reason.RULE_NOT_STARTED);
        }
        if (current.get().version() <= revokedThrough) {
            return Optional.of(Reason.RULE_NOT_ACTIVE);
        }
        return now.isBefore(current.get().until()) ? Optional.empty() : Optional.of(Reason.RULE_EXPIRED);
    }
}
