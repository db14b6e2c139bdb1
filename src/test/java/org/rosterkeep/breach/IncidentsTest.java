package org.rosterkeep.breach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.rules.Milestone;
import org.rosterkeep.rules.Pack;

/// What an incident asks of a district, step by step, on a clock that moves when it is told.
class IncidentsTest {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final String HASH = "0".repeat(64);

    private final FakeShelf shelf = new FakeShelf();
    private final List<String> journal = new ArrayList<>();
    private Incidents incidents = opened();
    private Instant now = at("2026-11-20T17:00");

    private Incidents opened() {
        return new Incidents(shelf, (kind, actor, facts) -> {
            journal.add(kind + " " + actor + " " + facts);
            return journal.size();
        });
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(ZONE).toInstant();
    }

    private static Incidents.Law law(String... packs) {
        List<Pack> active = Stream.of(packs)
                .map(code -> Charter.shipped().pack(code).orElseThrow())
                .toList();
        return new Incidents.Law(active, new Term(ZONE, Set.of(LocalDate.of(2026, 11, 26))));
    }

    private Incident open() {
        var opened = new Step.Opened(
                Step.Kind.CONFIDENTIALITY, "A file lay open.", Set.of("acme"), Set.of("name.given"), Optional.empty());
        return incidents.open(opened, "anna", now);
    }

    private Incident reached(String id, Milestone milestone, String local, Incidents.Law law) {
        return incidents.say(id, new Step.Reached(milestone, at(local), "Told by IT."), law, "anna", now);
    }

    private List<Duty> duties(String id, Incidents.Law law) {
        return incidents.of(id).duties(law.active(), law.term(), now);
    }

    private Duty duty(String id, Incidents.Law law, String name) {
        return duties(id, law).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("shows every active pack's clocks, what is due first at the top, what has not begun at the end")
    void sorted() {
        var law = law("EU", "US-NY", "US-UT", "US-FERPA");
        String id = open().id();
        reached(id, Milestone.DISCOVERED, "2026-11-20T16:00", law);
        reached(id, Milestone.AWARE, "2026-11-20T16:30", law);

        var duties = duties(id, law);

        var strict = duties.stream()
                .map(one -> one.due().map(Term.Due::strict).orElse(Instant.MAX))
                .toList();
        assertEquals(strict.stream().sorted().toList(), strict);
        assertEquals(Duty.State.WAITS, duties.getLast().state());
        assertTrue(duties.stream().map(one -> one.pack().code()).toList().containsAll(List.of("EU", "US-NY", "US-UT")));
        assertEquals(
                Optional.of(LocalDate.of(2026, 11, 30)),
                duty(id, law, "US-NY:state-privacy-officer:p10d")
                        .due()
                        .orElseThrow()
                        .lastDay());
        assertEquals(duties.size(), duties.stream().map(Duty::name).distinct().count(), "each has a name of its own");
    }

    @Test
    @DisplayName("of two things that start a clock, the earlier does")
    void earliest() {
        var law = law("US-NY");
        String id = open().id();
        reached(id, Milestone.VENDOR_NOTICE, "2026-11-18T09:00", law);
        reached(id, Milestone.DISCOVERED, "2026-11-20T16:00", law);

        assertEquals(
                Optional.of(LocalDate.of(2026, 11, 28)),
                duty(id, law, "US-NY:state-privacy-officer:p10d")
                        .due()
                        .orElseThrow()
                        .lastDay());
    }

    @Test
    @DisplayName("a duty that depends on how many people are concerned runs until they are counted and too few")
    void threshold() {
        var law = law("US-UT");
        String id = open().id();
        reached(id, Milestone.DISCOVERED, "2026-11-20T16:00", law);
        String name = "US-UT:cyber-centre-and-attorney-general:p5d";
        assertEquals(Duty.State.RUNS, duty(id, law, name).state(), "nobody counted yet: the strict side");

        incidents.say(id, new Step.Counted(499, "by the register"), law, "anna", now);
        assertEquals(Duty.State.TOO_FEW, duty(id, law, name).state());

        incidents.say(id, new Step.Counted(500, "by the register"), law, "anna", now);
        assertEquals(Duty.State.RUNS, duty(id, law, name).state());
    }

    @Test
    @DisplayName("an incident is closed once everybody was told, or somebody decided with reasons that they are not")
    void closing() {
        var law = law("EU");
        String id = open().id();
        reached(id, Milestone.AWARE, "2026-11-20T16:30", law);
        var close = new Step.Closed("Doors are locked now.");
        assertEquals(
                BreachFault.Code.DUTY_OPEN,
                assertThrows(BreachFault.class, () -> incidents.say(id, close, law, "anna", now))
                        .code());

        incidents.say(id, new Step.Decided("EU:authority:pt72h", false, "A risk is unlikely."), law, "anna", now);
        incidents.say(
                id, new Step.Told("EU:controller:pt24h", now, "portal", HASH, Optional.empty()), law, "anna", now);
        assertTrue(incidents.say(id, close, law, "anna", now).closed());
        assertEquals(
                BreachFault.Code.CLOSED,
                assertThrows(
                                BreachFault.class,
                                () -> incidents.say(id, new Step.Noted("One thing more."), law, "anna", now))
                        .code());
    }

    @Test
    @DisplayName("who tells late says why; an authority's delay moves the line and no more")
    void late() {
        var law = law("EU");
        String id = open().id();
        reached(id, Milestone.AWARE, "2026-11-20T16:30", law);
        String name = "EU:authority:pt72h";
        now = at("2026-11-23T16:30");
        assertEquals(Duty.State.OVERDUE, duty(id, law, name).state());
        incidents.say(
                id,
                new Step.Delayed(name, "State police", "An investigation.", now.plus(Duration.ofDays(2))),
                law,
                "anna",
                now);
        assertEquals(Duty.State.DELAYED, duty(id, law, name).state());

        now = now.plus(Duration.ofDays(2));
        assertEquals(Duty.State.OVERDUE, duty(id, law, name).state(), "the delay is over to the moment");
        var told = new Step.Told(name, now, "portal", HASH, Optional.empty());
        assertEquals(
                BreachFault.Code.LATE,
                assertThrows(BreachFault.class, () -> incidents.say(id, told, law, "anna", now))
                        .code());
        incidents.say(
                id, new Step.Told(name, now, "portal", HASH, Optional.of("The office was closed.")), law, "anna", now);
        assertEquals(Duty.State.TOLD_LATE, duty(id, law, name).state());
    }

    @Test
    @DisplayName("a clock that is law only since a day does not run for what began before it")
    void since() {
        var law = law("US-UT");
        now = at("2026-08-01T10:00");
        String before = open().id();
        reached(before, Milestone.DISCOVERED, "2026-06-30T10:00", law);
        assertTrue(duties(before, law).stream().noneMatch(one -> one.name().contains("misusing")));

        String after = open().id();
        reached(after, Milestone.DISCOVERED, "2026-07-02T10:00", law);
        assertEquals(
                Duty.State.RUNS, duty(after, law, "US-UT:misusing-vendor:p30d").state());
    }

    @Test
    @DisplayName("what lies ahead has not happened, what is no text is not kept, and nothing of it is half kept")
    void wrong() {
        var law = law("EU");
        String id = open().id();
        var before = incidents.of(id);
        int entries = journal.size();
        for (Step wrong : List.of(
                new Step.Reached(Milestone.AWARE, now.plus(Duration.ofHours(1)), "Told by IT."),
                new Step.Noted("x"),
                new Step.Noted("a\u0007b c"),
                new Step.Noted("y".repeat(2001)),
                new Step.Counted(-1, "by the register"),
                new Step.Decided("EU:nobody:pt1h", true, "Some reasons."),
                new Step.Told("EU:authority:pt72h", now, "portal", "abc", Optional.empty()))) {
            assertThrows(BreachFault.class, () -> incidents.say(id, wrong, law, "anna", now), wrong.toString());
        }
        assertEquals(before, incidents.of(id));
        assertEquals(entries, journal.size());
        assertEquals(
                BreachFault.Code.UNKNOWN,
                assertThrows(BreachFault.class, () -> incidents.of("2026-999")).code());
    }

    @Test
    @DisplayName("is the same after a restart, and the ledger has no word of what was said")
    void kept() {
        var law = law("EU", "US-UT");
        String id = open().id();
        reached(id, Milestone.AWARE, "2026-11-20T16:30", law);
        incidents.say(id, new Step.Counted(12, "by the register"), law, "anna", now);
        incidents.say(id, new Step.Weighed(Step.Risk.HIGH, "Home addresses.", true, true), law, "anna", now);
        incidents.say(
                id, new Step.Delayed("EU:authority:pt72h", "State police", "An investigation.", now), law, "ben", now);
        incidents.say(id, new Step.Told("EU:authority:pt72h", now, "portal", HASH, Optional.empty()), law, "ben", now);
        incidents.say(id, new Step.Noted("Clients revoked."), law, "ben", now);
        var before = incidents.of(id);

        incidents = opened();

        assertEquals(before, incidents.of(id));
        String told = String.join("\n", journal);
        for (String word : List.of("lay open", "Told by IT", "register", "addresses", "police", "revoked")) {
            assertFalse(told.contains(word), word);
        }
        assertTrue(told.contains("incident.told ben"), told);
    }

    @Test
    @DisplayName("a stored incident that was damaged is told as one, keeps nobody from the others, and gives its number"
            + " away to none")
    void damaged() {
        open();
        open();
        for (String text : List.of("", "{}", "{\"incident\": \"2026-001\", \"steps\": []}", "[1]")) {
            shelf.put("incident", "2026-001", text.getBytes(StandardCharsets.UTF_8));
            incidents = opened();
            assertEquals(
                    BreachFault.Code.DAMAGED,
                    assertThrows(BreachFault.class, () -> incidents.of("2026-001"))
                            .code(),
                    text);
            assertEquals(Set.of("2026-001"), incidents.damaged());
            assertEquals(1, incidents.all().size());
        }
        assertEquals("2026-003", open().id());
    }
}
