package org.rosterkeep.rules;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All approved versions of one rule, and how it was stopped. A client has one.
///
/// @param line the versions enough people have signed, oldest first
/// @param suspended true while somebody has stopped it
/// @param revokedThrough the last version that was revoked; 0 when none was
public record Stream(
        String rule, String client, String vendor, List<Approved> line, boolean suspended, int revokedThrough) {
    public Stream {
        line = line.stream()
                .sorted(Comparator.comparingInt(one -> one.rule().version()))
                .toList();
    }

    /// A version that enough people have signed.
    ///
    /// @param starts the first instant it may be in force: its own, or the end of its notice, whichever is later
    /// @param cleared whether it may take over from an older one that is running
    public record Approved(Proposal proposal, Instant starts, boolean cleared) {
        public Rule rule() {
            return proposal.rule();
        }
    }

    /// Whether any version names a push target.
    boolean pushes() {
        return line.stream().anyMatch(one -> one.rule().push().isPresent());
    }

    /// Versions without notice that nothing holds back.
    public static Stream of(
            String rule, String client, String vendor, List<Proposal> approved, boolean suspended, int revokedThrough) {
        List<Approved> line = approved.stream()
                .map(one -> new Approved(one, one.rule().from(), true))
                .toList();
        return new Stream(rule, client, vendor, line, suspended, revokedThrough);
    }

    /// The version that counts now: the newest that has started and was let in. An older one does not come back when it
    /// ends.
    public Optional<Proposal> current(Instant now) {
        return latest(now).map(Approved::proposal);
    }

    private Optional<Approved> latest(Instant now) {
        Optional<Approved> latest = Optional.empty();
        for (Approved next : line) {
            if (!now.isBefore(next.starts())
                    && latest.map(one -> yields(one, next)).orElse(true)) {
                latest = Optional.of(next);
            }
        }
        return latest;
    }

    /// Whether a version gives way to the next: not while the next waits to be cleared and would take over from it
    /// without a gap. What is revoked or was over before the next began holds nobody up.
    private boolean yields(Approved running, Approved next) {
        return next.cleared()
                || running.rule().version() <= revokedThrough
                || next.starts().isAfter(running.rule().until());
    }

    /// The newest version that has started, and that which runs instead because nobody has cleared the newest.
    ///
    /// @param running what the vendor has seen so far
    public record Held(Proposal running, Proposal waiting) {}

    Optional<Held> held(Instant now) {
        Optional<Approved> latest = latest(now);
        return line.stream()
                .filter(one -> !now.isBefore(one.starts()))
                .reduce((older, newer) -> newer)
                .filter(newest -> newest.rule().version() > revokedThrough)
                .flatMap(newest -> latest.filter(
                                one -> one.rule().version() < newest.rule().version())
                        .map(one -> new Held(one.proposal(), newest.proposal())));
    }

    /// What a new version is compared with: the one that runs, and those that are signed and will take over from it.
    /// Empty while none runs.
    ///
    /// @param version of the new one
    List<Proposal> standing(int version, Instant now) {
        Optional<Rule> running = current(now)
                .map(Proposal::rule)
                .filter(one -> one.version() > revokedThrough && now.isBefore(one.until()));
        return running.stream()
                .flatMap(from -> line.stream()
                        .filter(one -> one.rule().version() >= from.version()
                                && one.rule().version() < version))
                .map(Approved::proposal)
                .toList();
    }

    /// Why nothing is in force now; empty when something is.
    Optional<Reason> idle(Instant now) {
        if (line.isEmpty() || suspended) {
            return Optional.of(Reason.RULE_NOT_ACTIVE);
        }
        Optional<Rule> current = current(now).map(Proposal::rule);
        if (current.isEmpty()) {
            boolean gone = line.stream().allMatch(one -> one.rule().version() <= revokedThrough);
            return Optional.of(gone ? Reason.RULE_NOT_ACTIVE : Reason.RULE_NOT_STARTED);
        }
        if (current.get().version() <= revokedThrough) {
            return Optional.of(Reason.RULE_NOT_ACTIVE);
        }
        return now.isBefore(current.get().until()) ? Optional.empty() : Optional.of(Reason.RULE_EXPIRED);
    }
}
