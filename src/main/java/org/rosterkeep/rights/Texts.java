package org.rosterkeep.rights;

import java.time.Duration;
import java.time.Instant;

/// What people must state, and how long something may last.
final class Texts {
    private Texts() {}

    static void plain(String what, String text, Terms terms) {
        int length = text.strip().length();
        if (length < terms.textMin() || length > terms.textMax()) {
            throw new RightsFault(RightsFault.Code.TEXT_WRONG, what);
        }
    }

    static void within(Instant from, Instant until, Duration most) {
        if (!until.isAfter(from)) {
            throw new RightsFault(RightsFault.Code.OVER_ALREADY);
        }
        if (until.isAfter(from.plus(most))) {
            throw new RightsFault(RightsFault.Code.TOO_LONG, String.valueOf(most.toDays()));
        }
    }
}
