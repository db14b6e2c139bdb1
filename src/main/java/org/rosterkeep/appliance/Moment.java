package org.rosterkeep.appliance;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.stream.Collectors;

/// The moment a question about the past is about, and which that is, in words.
record Moment(Instant at, String words) {
    /// A time with an offset, a zone, or both.
    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffsetId()
            .optionalEnd()
            .optionalStart()
            .appendLiteral('[')
            .parseCaseSensitive()
            .appendZoneRegionId()
            .appendLiteral(']')
            .toFormatter(Locale.ROOT);

    /// @throws Trouble when it is no time, has not come yet, never came, or came twice
    static Moment of(String text, Instant now) {
        var moment = text.length() == 10 ? day(text, now) : instant(text);
        if (moment.at.isAfter(now)) {
            throw Trouble.wrongUse(
                    "That moment has not come yet.",
                    "What will be decided then depends on what is done until then.",
                    "Leave --at out to ask about now.");
        }
        return moment;
    }

    /// A date alone means its last instant; today has none yet.
    private static Moment day(String text, Instant now) {
        try {
            var day = LocalDate.parse(text);
            var end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusNanos(1);
            return day.equals(LocalDate.ofInstant(now, ZoneOffset.UTC))
                    ? new Moment(now, now + ", now: " + day + " is today in UTC, and not over")
                    : new Moment(end, end + ", the last instant of " + day + " in UTC");
        } catch (DateTimeException e) {
            throw form().because(e);
        }
    }

    private static Moment instant(String text) {
        try {
            var read = FORM.parse(text);
            var local = LocalDateTime.from(read);
            var zone = read.query(TemporalQueries.zone());
            if (zone == null) {
                throw Trouble.wrongUse(
                        "That time does not say where it is meant.",
                        "A time of day is another instant in each zone.",
                        "Write Z behind it for UTC, an offset like +02:00, or a zone like [America/New_York].");
            }
            return local(read, local, zone);
        } catch (DateTimeException e) {
            throw form().because(e);
        }
    }

    private static Moment local(TemporalAccessor read, LocalDateTime local, ZoneId zone) {
        var offset = read.query(TemporalQueries.offset());
        var possible = zone.getRules().getValidOffsets(local);
        if (offset != null) {
            if (!(zone instanceof ZoneOffset) && !possible.contains(offset)) {
                throw Trouble.wrongUse(
                        "That offset does not fit that zone.",
                        "Clocks of that zone did not stand so then.",
                        "Leave one of the two out.");
            }
            return told(local, offset, zone);
        }
        if (possible.isEmpty()) {
            throw Trouble.wrongUse(
                    "That time never came.",
                    "Clocks of that zone were put forward over it.",
                    "Name a time before or after, or write it with Z.");
        }
        if (possible.size() > 1) {
            throw Trouble.wrongUse(
                    "That time came twice.",
                    "Clocks of that zone were put back over it: it was "
                            + possible.stream()
                                    .map(one -> local.toInstant(one).toString())
                                    .collect(Collectors.joining(" and "))
                            + ".",
                    "Write the one you mean.");
        }
        return told(local, possible.getFirst(), zone);
    }

    private static Moment told(LocalDateTime local, ZoneOffset offset, ZoneId zone) {
        var at = local.toInstant(offset);
        return zone.equals(ZoneOffset.UTC)
                ? new Moment(at, at.toString())
                : new Moment(
                        at, at + " (" + local + offset + (zone instanceof ZoneOffset ? "" : ", " + zone.getId()) + ")");
    }

    private static Trouble form() {
        return Trouble.wrongUse(
                "That is not a date or a time.",
                "A past moment is named like 2026-10-05T08:30:00Z, or like 2026-10-05 for the end of that day in UTC.",
                "Write --at in one of these forms.");
    }
}
