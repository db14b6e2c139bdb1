package org.rosterkeep.breach;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.rules.Pack;

/// How long a clock of a pack gives, counted in a district's own time (privacy.md sections 7 and 9.1).
///
/// Hours are hours, whatever the clocks on the wall do in between. Days begin on the day after, and the last of
/// them runs
/// to its end; business days leave out Saturdays, Sundays and the district's holidays. A month ends on the same day, or
/// on the last day of a month that is too short.
///
/// @param zone the district's
/// @param holidays the district's
public record Term(ZoneId zone, Set<LocalDate> holidays) {
    public Term {
        holidays = Set.copyOf(holidays);
    }

    /// @param strict when it is over, without regard to days of rest; alarms go by this
    /// @param legal when it is over by law: a term of days that ends on a day of rest goes on to the next
    /// business day
    /// @param lastDay the last day by [#strict], for a term of days
    /// @param lastLegalDay the last day by [#legal]
    public record Due(
            Instant start,
            Instant strict,
            Instant legal,
            Optional<LocalDate> lastDay,
            Optional<LocalDate> lastLegalDay) {
        /// How much of the term has gone by, in hundredths: 0 at its start, 100 when it is over or later.
        public int gone(Instant now) {
            if (!now.isBefore(strict)) {
                return 100;
            }
            long whole = Duration.between(start, strict).toMillis();
            long part = Math.max(0, Duration.between(start, now).toMillis());
            return whole == 0 ? 100 : (int) (part * 100 / whole);
        }

        public boolean over(Instant now) {
            return !now.isBefore(strict);
        }
    }

    /// When this clock is over, if it was started then.
    public Due due(Pack.Clock clock, Instant start) {
        if (clock.limit().contains("T")) {
            Instant end = start.plus(Duration.parse(clock.limit()));
            return new Due(start, end, end, Optional.empty(), Optional.empty());
        }
        Period period = Period.parse(clock.limit());
        LocalDate from = start.atZone(zone).toLocalDate();
        LocalDate last = clock.business() ? business(from, period) : from.plus(period);
        LocalDate legal = last;
        while (rest(legal)) {
            legal = legal.plusDays(1);
        }
        return new Due(start, end(last), end(legal), Optional.of(last), Optional.of(legal));
    }

    private LocalDate business(LocalDate from, Period period) {
        LocalDate day = from.plusMonths(period.toTotalMonths());
        for (int left = period.getDays(); left > 0; ) {
            day = day.plusDays(1);
            if (!rest(day)) {
                left--;
            }
        }
        return day;
    }

    private boolean rest(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY
                || day.getDayOfWeek() == DayOfWeek.SUNDAY
                || holidays.contains(day);
    }

    /// The moment at which a day is over.
    private Instant end(LocalDate day) {
        return day.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
