package org.rosterkeep.breach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.rules.Pack;

/// How long the clocks of the shipped packs give: the vectors of privacy.md sections 7 and 9.1, and what makes counting
/// go wrong.
class TermTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId DENVER = ZoneId.of("America/Denver");
    private static final Set<LocalDate> THANKSGIVING = Set.of(LocalDate.of(2026, 11, 26));

    private static Pack.Clock clock(String pack, String event, String to, String limit) {
        return Charter.shipped().pack(pack).orElseThrow().clocks().stream()
                .filter(one -> one.event().equals(event)
                        && one.to().contains(to)
                        && one.limit().equals(limit))
                .findFirst()
                .orElseThrow();
    }

    private static Instant at(String local, ZoneId zone) {
        return LocalDateTime.parse(local).atZone(zone).toInstant();
    }

    @Test
    @DisplayName("72 hours are 72 hours, though summer time begins in between")
    void hours() {
        var due = new Term(BERLIN, Set.of())
                .due(clock("EU", "breach", "authority", "PT72H"), at("2026-03-27T16:00", BERLIN));

        assertEquals(at("2026-03-30T17:00", BERLIN), due.strict());
        assertEquals(due.strict(), due.legal(), "hours do not wait for a business day");
    }

    @ParameterizedTest
    @DisplayName("days and months end where the law says, strictly and with days of rest")
    @CsvSource({
        "EU, request, person, P1M, 2026-01-31, 2026-02-28, 2026-03-02",
        "EU, request, person, P1M, 2028-01-31, 2028-02-29, 2028-02-29",
        "EU, request, person, P1M, 2028-02-29, 2028-03-29, 2028-03-29",
        "US-FERPA, inspection, rights holder, P45D, 2026-03-01, 2026-04-15, 2026-04-15",
        "US-NY, breach, state privacy officer, P10D, 2026-11-20, 2026-11-30, 2026-11-30",
        "US-NY, breach, parents, P60D, 2026-11-20, 2027-01-19, 2027-01-19",
        "US-UT, breach, state superintendent, P10D, 2026-11-20, 2026-12-07, 2026-12-07",
        "US-UT, misuse, misusing vendor, P30D, 2026-09-01, 2026-10-01, 2026-10-01",
        "US-UT, remedy, district, P30D, 2026-09-10, 2026-10-10, 2026-10-12",
    })
    void days(String pack, String event, String to, String limit, LocalDate from, LocalDate strict, LocalDate legal) {
        var term = new Term(DENVER, THANKSGIVING);

        var due = term.due(clock(pack, event, to, limit), at(from + "T23:30", DENVER));

        assertEquals(Optional.of(strict), due.lastDay());
        assertEquals(Optional.of(legal), due.lastLegalDay());
        assertFalse(due.over(at(strict + "T23:59:59", DENVER)), "the last day counts to its end");
        assertTrue(due.over(at(strict.plusDays(1) + "T00:00", DENVER)));
    }

    @Test
    @DisplayName("of two accounts of one duty the earlier sounds the alarm")
    void connecticut() {
        var due = new Term(DENVER, THANKSGIVING)
                .due(clock("US-CT", "breach", "website", "PT48H"), at("2026-11-20T16:00", DENVER));

        assertEquals(at("2026-11-22T16:00", DENVER), due.strict());
    }

    @Test
    @DisplayName("a day is the district's day, wherever the server thinks it is")
    void zones() {
        var inspection = clock("US-FERPA", "inspection", "rights holder", "P45D");
        Instant late = at("2026-03-01T23:30", DENVER);

        assertEquals(
                Optional.of(LocalDate.of(2026, 4, 15)),
                new Term(DENVER, Set.of()).due(inspection, late).lastDay());
        assertEquals(
                Optional.of(LocalDate.of(2026, 4, 16)),
                new Term(BERLIN, Set.of()).due(inspection, late).lastDay());
    }

    @Test
    @DisplayName("alarms go by the part of the term that is gone")
    void gone() {
        var due = new Term(BERLIN, Set.of())
                .due(clock("EU", "breach", "authority", "PT72H"), Instant.parse("2026-06-01T00:00:00Z"));

        assertEquals(0, due.gone(due.start().minusSeconds(60)));
        assertEquals(50, due.gone(due.start().plus(Duration.ofHours(36))));
        assertEquals(99, due.gone(due.strict().minusMillis(1)));
        assertEquals(100, due.gone(due.strict()));
        assertEquals(100, due.gone(due.strict().plus(Duration.ofDays(9))));
    }
}
