package org.rosterkeep.rules;

import java.util.LinkedHashMap;
import java.util.Map;

/// Stops that are in force and have to be written down. A full disk or a blocked ledger delays only the writing: it is
/// tried again until it succeeds (decision 19).
public final class Stops {
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    private record Pending(Runnable keep, Runnable record, Stopped stopped) {}

    /// Writes down a stop that is already in force. A later stop of the same thing takes the place of an earlier one
    /// that is still waiting to be kept.
    ///
    /// @param what the thing that was stopped, `client reading`
    /// @param keep puts it on the shelf
    /// @param record puts it in the journal
    public synchronized Stopped write(String what, Runnable keep, Runnable record) {
        return settle(what, new Pending(keep, record, new Stopped(false, false)));
    }

    /// Tries again whatever could not be written. True when nothing is left.
    public synchronized boolean settle() {
        Map.copyOf(pending).forEach(this::settle);
        return pending.isEmpty();
    }

    private Stopped settle(String what, Pending stop) {
        boolean kept = stop.stopped().kept() || succeeds(stop.keep());
        boolean recorded = stop.stopped().recorded() || succeeds(stop.record());
        Stopped now = new Stopped(kept, recorded);
        if (now.settled()) {
            pending.remove(what);
        } else {
            pending.put(what, new Pending(stop.keep(), stop.record(), now));
        }
        return now;
    }

    /// A stop stands whatever the disk says, so a fault is an answer here and nothing else.
    private static boolean succeeds(Runnable act) {
        try {
            act.run();
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
