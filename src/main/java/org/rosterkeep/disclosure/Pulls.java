package org.rosterkeep.disclosure;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rosterkeep.entitlement.Census;
import org.rosterkeep.entitlement.Edition;

/// Which edition a client is paging through. A run is a client and a question without its offset and limit: the first
/// page takes the newest edition, the following ones stay with it until nothing was asked for a while. What is
/// held still
/// is the view, never the permission.
final class Pulls {
    private final Census census;
    private final DoorSettings settings;
    private final Map<String, Run> runs = new LinkedHashMap<>(16, 0.75f, true);

    /// A run and what the ledger has of it.
    record Run(Edition edition, Census.Pin pin, Instant begun, Instant used, AtomicBoolean matchesListed) {
        private Run goingOn(Instant now) {
            return new Run(edition, pin, begun, now, matchesListed);
        }
    }

    Pulls(Census census, DoorSettings settings) {
        this.census = census;
        this.settings = settings;
    }

    /// The run a page belongs to. A run made under another version of the rule is over: it would show what the
    /// present rule may not give. So is one that has gone on for too long, however busy: those who left the
    /// view since
    /// are still in it.
    synchronized Run run(String question, long offset, Edition current, Instant now) {
        sweep(now);
        Optional<Run> run = Optional.ofNullable(runs.get(question))
                .filter(known -> offset > 0
                        && fits(known, current)
                        && known.begun().plus(settings.runLongest()).isAfter(now));
        if (run.isPresent()) {
            runs.put(question, run.get().goingOn(now));
            return run.get();
        }
        Run begun = new Run(current, census.pin(current.oldest()), now, now, new AtomicBoolean());
        close(Optional.ofNullable(runs.put(question, begun)));
        return begun;
    }

    private static boolean fits(Run run, Edition current) {
        return run.edition().kept().ruleVersion() == current.kept().ruleVersion()
                && run.edition().kept().ruleHash().equals(current.kept().ruleHash());
    }

    /// Ends the runs nobody went on with.
    synchronized void sweep(Instant now) {
        Iterator<Run> eldest = runs.values().iterator();
        while (eldest.hasNext()) {
            Run run = eldest.next();
            if (runs.size() <= settings.runsMax()
                    && run.used().plus(settings.runIdle()).isAfter(now)) {
                return;
            }
            eldest.remove();
            run.pin().close();
        }
    }

    synchronized int size() {
        return runs.size();
    }

    private static void close(Optional<Run> run) {
        run.ifPresent(ended -> ended.pin().close());
    }
}
