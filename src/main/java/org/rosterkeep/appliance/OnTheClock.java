package org.rosterkeep.appliance;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/// A moment as somebody of the district writes it: an instant with its offset, or what the clock on the district's wall
/// showed. A day alone is its first moment, and an hour that came twice is the first of the two: what counts from there
/// is over sooner rather than later.
final class OnTheClock {
    private OnTheClock() {}

    /// @throws Trouble when it is no time
    static Instant of(String text, ZoneId zone) {
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant();
            }
            if (text.endsWith("Z") || text.matches(".*[+-][0-9]{2}:[0-9]{2}$")) {
                return OffsetDateTime.parse(text).toInstant();
            }
            return LocalDateTime.parse(text)
                    .atZone(zone)
                    .withEarlierOffsetAtOverlap()
                    .toInstant();
        } catch (DateTimeException e) {
            throw Trouble.wrongUse(
                            "That is not a date or a time.",
                            "It is written like 2026-11-20, 2026-11-20T16:00 (in the district's time, " + zone.getId()
                                    + "), or 2026-11-20T16:00:00Z.",
                            "Write it in one of these forms.")
                    .because(e);
        }
    }
}
