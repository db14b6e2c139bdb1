package org.rosterkeep.appliance;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.backup.Safe;
import org.rosterkeep.roster.Journal;

/// A journal that also tells the erasure ledger what was stopped: a rule, a client, a vendor that stood still after a
/// backup stands still again after its restore. What lets something go on is told to nobody but the journal.
///
/// @param strictest the profile of the guard under which nothing moves
record Noted(Journal journal, Safe safe, Clock clock, String strictest) implements Journal {
    /// Who stops again what was stopped before a restore: that is written already.
    static final String AGAIN = "restore";

    @Override
    public long record(String kind, String actor, Map<String, String> facts) {
        long number = journal.record(kind, actor, facts);
        if (!actor.equals(AGAIN)) {
            stopped(kind, facts).ifPresent(what -> {
                var at = clock.instant();
                safe.add(at, Halting.PREFIX + kind, what, "since " + facts.getOrDefault("at", at.toString()));
            });
        }
        return number;
    }

    /// What the record says was stopped, by its name; empty for every other record.
    private Optional<String> stopped(String kind, Map<String, String> facts) {
        return switch (kind) {
            case "rule.suspended", "rule.revoked" -> named(facts, "rule");
            case "vendor.suspended", "vendor.hold", "vendor.debarment", "vendor.change-of-control" ->
                named(facts, "vendor");
            case "agreement.terminated" -> named(facts, "agreement");
            case "client.revoked" -> named(facts, "client");
            case "push.paused" -> named(facts, "of");
            case "adequacy.disabled" -> named(facts, "entry");
            case "guard.profile" -> named(facts, "of").filter(of -> strictest.equals(facts.get("profile")));
            case "person.strict-optout" ->
                "true".equals(facts.get("strict")) ? Optional.of("district") : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<String> named(Map<String, String> facts, String name) {
        return Optional.ofNullable(facts.get(name));
    }
}
