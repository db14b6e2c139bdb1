package org.rosterkeep.custody;

import java.time.Duration;
import java.time.Instant;

/// The district asks a vendor to delete.
///
/// @param id counted per district, from 1
/// @param agreement whose disposal clause it rests on
/// @param why in a few words: `off-boarding`
/// @param issued what the vendor was told up to this moment is meant
/// @param due first instant at which it is late, by the agreement's disposal days
public record Directive(int id, String vendor, String agreement, String why, Instant issued, Instant due, What what) {
    /// How a directive stands.
    public enum State {
        OPEN,
        /// So much of the time has passed that the vendor is reminded.
        REMIND,
        OVERDUE,
        /// Nothing of what it means is held any more.
        MET
    }

    State state(boolean stillHeld, int remindPercent, Instant now) {
        if (!stillHeld) {
            return State.MET;
        }
        if (!now.isBefore(due)) {
            return State.OVERDUE;
        }
        Duration whole = Duration.between(issued, due);
        return now.isBefore(issued.plus(whole.multipliedBy(remindPercent).dividedBy(100))) ? State.OPEN : State.REMIND;
    }
}
