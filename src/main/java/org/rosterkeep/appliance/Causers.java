package org.rosterkeep.appliance;

import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.entitlement.Hold;
import org.rosterkeep.intake.Report;
import org.rosterkeep.ledger.LedgerRecord;

/// Who imported what waits in a view, or released removals that were held at an import.
///
/// @param names operators, and the machine's owner as `user:NAME`
record Causers(Set<String> names) {
    /// How the machine's owner is named where nobody signed in.
    private static final String UNNAMED = "user:";

    Causers {
        names = Set.copyOf(names);
    }

    static Causers of(Rooms rooms, Hold hold) {
        var names = new TreeSet<String>();
        rooms.intake().reports().stream()
                .filter(report -> report.outcome() == Report.Outcome.APPLIED)
                .filter(report -> within(hold, report.batch()))
                .forEach(report -> names.add(report.actor()));
        rooms.ledger()
                .pages()
                .newest(
                        one -> one instanceof LedgerRecord.Act act
                                && act.kind().equals("intake.released")
                                && within(hold, Long.parseLong(act.facts().getOrDefault("batch", "0"))),
                        Math.toIntExact(hold.batch() - hold.from()))
                .forEach(one -> names.add(((LedgerRecord.Act) one).actor()));
        return new Causers(names);
    }

    private static boolean within(Hold hold, long batch) {
        return batch > hold.from() && batch <= hold.batch();
    }

    /// How many operators it takes to let it pass. Whoever owns the machine may be one of them, so an import that
    /// nobody signed in for takes two, and one that cannot be found any more as well.
    int needed() {
        return names.isEmpty() || names.stream().anyMatch(name -> name.startsWith(UNNAMED)) ? 2 : 1;
    }
}
