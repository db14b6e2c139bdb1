package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Recipient;

@DisplayName("A client with good credentials that wants more than its rule gives")
class AttackTest {
    private static final Rules RULES = Rules.whole("district");

    private final House house = new House(Town.make(), RULES.rule());

    private static Set<String> ids(List<Map<String, Json.Node>> records) {
        return records.stream().map(record -> House.text(record, "sourcedId")).collect(Collectors.toSet());
    }

    @Test
    @DisplayName("gets no further row of a long answer once its rule is stopped")
    void stoppedWhileWriting() {
        for (int n = 0; n < 3000; n++) {
            house.world.student("many-" + n, "Given" + n, "Family", "north", "05");
        }
        house.world.commit();
        ByteArrayOutputStream taken = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] from, int start, int length) {
                super.write(from, start, length);
                house.rule = RULES.without(Field.USER_GIVEN_NAME).version(2).rule();
            }
        };
        Disclosure answer = house.ask(Collection.USERS).page(0, 5000).disclosure();
        DisclosureFault fault = assertThrows(DisclosureFault.class, () -> answer.writeTo(taken));
        assertEquals(DisclosureFault.Code.LEAVE_WITHDRAWN, fault.code());
        String text = taken.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("\"Given"));
        assertTrue(text.split("\"Given", -1).length < 1000, "the answer went on after the stop");
    }

    @Test
    @DisplayName("gets not one row of an answer that was granted before its rule was stopped")
    void stoppedBeforeWriting() {
        Disclosure answer = house.ask(Collection.USERS).disclosure();
        house.rule = RULES.version(2).rule();
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        assertThrows(DisclosureFault.class, () -> answer.writeTo(taken));
        assertEquals(0, taken.size());
    }

    @Test
    @DisplayName("cannot learn a field from a filter or an order without the ledger naming the field")
    void fieldsOfTheQuestion() {
        house.ask(Collection.DEMOGRAPHICS)
                .where("birthDate", Filter.Op.LT, "2015-01-01")
                .fields("sourcedId")
                .text();
        assertEquals(Set.of(Field.DEMOGRAPHICS_BIRTH_DATE), house.account.last().fields());
        house.ask(Collection.USERS)
                .fields("sourcedId")
                .sorted("familyName", false)
                .text();
        assertEquals(Set.of(Field.USER_FAMILY_NAME), house.account.last().fields());
    }

    @Test
    @DisplayName("cannot learn from a total of matches who is among them without the ledger naming the person")
    void onlyCounted() {
        Disclosure counted = house.ask(Collection.DEMOGRAPHICS)
                .where("birthDate", Filter.Op.LT, "2015-01-01")
                .page(1000, 1)
                .disclosure();
        assertEquals(1, counted.total());
        assertEquals(0, counted.count());
        Entry.Persons.Listed listed = assertInstanceOf(
                Entry.Persons.Listed.class, house.account.last().persons());
        assertEquals(Entity.DEMOGRAPHICS, listed.entity());
        assertArrayEquals(new int[] {house.world.ordinal(Entity.USER, "cy")}, listed.ordinals());
    }

    private House.Question oracle() {
        Filter x = new Filter.Clause("familyName", Filter.Op.EQ, "Back\\slash");
        Filter me = new Filter.Clause("givenName", Filter.Op.EQ, "Ada");
        return house.ask(Collection.USERS).where(new Filter.Or(List.of(x, me)));
    }

    private int[] listed() {
        return assertInstanceOf(Entry.Persons.Listed.class, house.account.last().persons())
                .ordinals();
    }

    @Test
    @DisplayName("cannot ask for the total of matches beside the page without the ledger naming every match")
    void totalBesideThePage() {
        int[] both = {house.world.ordinal(Entity.USER, "ada"), house.world.ordinal(Entity.USER, "cy")};
        assertEquals(2, oracle().page(0, 1).disclosure().total());
        assertArrayEquals(both, listed());
        assertEquals(1, house.account.last().count());
        oracle().page(1, 1).disclosure();
        assertEquals(1, listed().length, "the run's first entry has them all");
        house.clock.forward(Duration.ofHours(1));
        oracle().page(1, 1).disclosure();
        assertArrayEquals(both, listed(), "a run of its own");
    }

    @Test
    @DisplayName("finds every match named although the first answer of its run was not recorded")
    void totalAfterLedgerFailure() {
        house.account.failing(true);
        assertInstanceOf(Outcome.Refused.class, oracle().page(0, 1).outcome());
        house.account.failing(false);
        assertEquals(2, oracle().page(1, 1).disclosure().total());
        assertEquals(2, listed().length);
    }

    @Test
    @DisplayName("cannot have a total by naming no tag that it was given")
    void anyTag() {
        assertFalse(oracle().having("*").disclosure().notModified());
        assertEquals(2, listed().length);
    }

    @Test
    @DisplayName("is in the ledger with the fields it asked about when nobody matched")
    void nobodyMatched() {
        Disclosure none = house.ask(Collection.DEMOGRAPHICS)
                .where("birthDate", Filter.Op.LT, "1990-01-01")
                .fields("sourcedId")
                .disclosure();
        assertEquals(0, none.total());
        assertEquals(Set.of(Field.DEMOGRAPHICS_BIRTH_DATE), house.account.last().fields());
        assertEquals(new Entry.Persons.None(), house.account.last().persons());
    }

    @Test
    @DisplayName("is not told the own ids of those who left the view when a rule begins to pass ids through")
    void idsOfLeavers() {
        house.ask(Collection.USERS).text();
        house.rule = Rules.whole("north").passingIdsThrough().version(2).rule();
        Set<String> seen = ids(house.ask(Collection.USERS).records());
        assertEquals(Set.of("ada", "bo", "eve", "tee", "par"), seen);
        house.world.remove(Entity.USER, "bo").commit();
        assertTrue(ids(house.ask(Collection.USERS).records()).contains("bo"));
        house.rule = Rules.whole("north").domain("another").version(3).rule();
        assertEquals(4, house.ask(Collection.USERS).disclosure().total());
    }

    @Test
    @DisplayName("sees a record without rows under the id of its own rule's domain, whoever else asked before")
    void idsOfDisposed() {
        house.world.dispose(Entity.USER, "par");
        for (String domain : List.of("one", "another")) {
            int version = domain.length();
            house.rule =
                    RULES.passingIdsThrough().domain(domain).version(version).rule();
            List<Map<String, Json.Node>> seen = house.ask(Collection.USERS).records();
            String par = House.text(
                    seen.stream()
                            .filter(one -> House.text(one, "status").equals("tobedeleted"))
                            .findFirst()
                            .orElseThrow(),
                    "sourcedId");
            assertTrue(
                    seen.stream()
                            .map(one -> one.get("agents"))
                            .anyMatch(agents ->
                                    agents != null && agents.toString().contains(par)),
                    domain);
        }
    }

    @Test
    @DisplayName("cannot keep those who left by never ending its paging run")
    void endlessRun() {
        house.ask(Collection.USERS).page(0, 1).text();
        house.world.remove(Entity.USER, "ada").remove(Entity.USER, "cy").commit();
        assertFalse(house.ask(Collection.USERS).page(1, 100).text().contains("tobedeleted"));
        for (int round = 0; round < 13; round++) {
            house.clock.forward(Duration.ofMinutes(20));
            house.ask(Collection.USERS).page(1, 100).text();
        }
        assertTrue(house.ask(Collection.USERS).page(1, 100).text().contains("tobedeleted"));
    }

    @Test
    @DisplayName("gains nothing from previews: they hold on to no rows")
    void previewsHoldNothing() {
        house.ask(Collection.USERS).text();
        int held = house.world.openPins();
        house.ask(Collection.COURSES)
                .by(new Recipient.Official("olive", "client-1"))
                .text();
        house.ask(Collection.USERS)
                .by(new Recipient.Official("olive", "client-1"))
                .text();
        assertEquals(held, house.world.openPins());
    }

    @Test
    @DisplayName("is in the ledger by name when ids pass through, for their order cannot be made again later")
    void passedThrough() {
        house.rule = RULES.passingIdsThrough().rule();
        house.ask(Collection.USERS).page(0, 2).text();
        Entry.Persons.Listed listed = assertInstanceOf(
                Entry.Persons.Listed.class, house.account.last().persons());
        assertArrayEquals(
                new int[] {house.world.ordinal(Entity.USER, "ada"), house.world.ordinal(Entity.USER, "bo")},
                listed.ordinals());
    }

    @ParameterizedTest
    @ValueSource(strings = {"userProfile", "beginDate", "endDate"})
    @DisplayName("gets no date and no profile of a role, and no filter on one, for no rule can give them")
    void insideOfRole(String property) {
        assertEquals(
                new Outcome.Mistaken(Outcome.Mistake.FILTER_FIELD),
                house.ask(Collection.USERS)
                        .where("roles." + property, Filter.Op.NE, "2000-01-01")
                        .outcome());
        assertFalse(house.ask(Collection.USERS).text().contains(property));
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    @DisplayName("does not see that somebody in view for another role is a student of another grade")
    void studentOfAnotherGrade(Wire wire) {
        house.world
                .user(
                        "both",
                        "Both",
                        "Ways",
                        List.of(new World.Role("student", "north", true), new World.Role("parent", "north", false)),
                        Map.of(Field.USER_GRADES, "06"))
                .enroll("e-both", "both", "math-n", "north", "student")
                .commit();
        house.rule = RULES.grades("05").rule();
        Map<String, Json.Node> shown = house.ask(Collection.USERS)
                .in(wire)
                .where("givenName", Filter.Op.EQ, "Both")
                .records()
                .getFirst();
        assertFalse(shown.toString().contains("student"), shown::toString);
        assertTrue(shown.toString().contains("parent"), shown::toString);
        String id = House.text(shown, "sourcedId");
        assertFalse(ids(house.ask(Collection.STUDENTS).in(wire).records()).contains(id));
        assertFalse(house.ask(Collection.ENROLLMENTS).in(wire).text().contains(id));
        house.rule = RULES.grades("06").version(2).rule();
        house.clock.forward(Duration.ofMinutes(1));
        assertTrue(house.ask(Collection.USERS).in(wire).one(id).text().contains("student"));
        assertTrue(house.ask(Collection.ENROLLMENTS).in(wire).text().contains(id));
    }
}
