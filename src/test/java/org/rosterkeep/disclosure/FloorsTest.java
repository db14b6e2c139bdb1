package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Rule;

@DisplayName("A floor")
class FloorsTest {
    private final House house = new House(crowd(), Rules.whole("district").rule());

    private static World crowd() {
        World world = Town.make();
        for (int n = 0; n < 20; n++) {
            world.student("many-" + n, "Given" + n, "Family", "north", "05");
        }
        return world.commit();
    }

    private Set<String> living(Collection collection, String property) {
        return house.ask(collection).page(0, 1000).records().stream()
                .filter(record -> House.text(record, "status").equals("active"))
                .map(record -> House.text(record, property))
                .collect(Collectors.toSet());
    }

    private long gone(Collection collection) {
        return house.ask(collection).page(0, 1000).records().stream()
                .filter(record -> House.text(record, "status").equals("tobedeleted"))
                .count();
    }

    private long number() {
        house.ask(Collection.USERS).page(0, 1).disclosure();
        return house.account.last().edition();
    }

    private String idOf(Collection collection, String property, String value) {
        return house.ask(collection).page(0, 1000).records().stream()
                .filter(record -> House.text(record, property).equals(value))
                .map(record -> House.text(record, "sourcedId"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("takes a person with everything about them, leaves tombstones, and gives all back when it is lifted")
    void person() {
        house.ask(Collection.USERS).text();
        house.ask(Collection.ENROLLMENTS).text();
        house.clock.forward(Duration.ofMinutes(1));
        house.floors.withhold(Entity.USER, "ada");
        assertFalse(living(Collection.USERS, "givenName").contains("Ada"));
        assertEquals(1, gone(Collection.USERS));
        assertEquals(1, gone(Collection.ENROLLMENTS));
        assertEquals(1, gone(Collection.DEMOGRAPHICS));
        house.floors.lift();
        assertTrue(living(Collection.USERS, "givenName").contains("Ada"));
        assertEquals(0, gone(Collection.USERS) + gone(Collection.ENROLLMENTS) + gone(Collection.DEMOGRAPHICS));
    }

    @Test
    @DisplayName("takes a school with its classes, their enrolments and whoever is nowhere else; a class, with its own")
    void places() {
        house.ask(Collection.USERS).text();
        house.floors.withhold(Entity.ORG, "south");
        assertFalse(living(Collection.ORGS, "name").contains("South School"));
        Set<String> people = living(Collection.USERS, "givenName");
        assertFalse(people.contains("Cy") || people.contains("Sou"));
        assertTrue(people.contains("Tee"));
        assertEquals(Set.of("Math North"), living(Collection.CLASSES, "title"));
        assertFalse(living(Collection.COURSES, "title").contains("Art"));
        house.floors.lift().withhold(Entity.CLASS, "math-n");
        assertEquals(Set.of("Math South", "Art South"), living(Collection.CLASSES, "title"));
        assertEquals(3, living(Collection.ENROLLMENTS, "sourcedId").size());
        assertTrue(living(Collection.USERS, "givenName").contains("Ada"));
    }

    @Test
    @DisplayName("that takes nothing from this client's view moves no number; it moves one, after a restart too")
    void number2() {
        House north = new House(
                Town.make(), Rules.whole("north").purpose("instruction").rule());
        north.ask(Collection.USERS).text();
        long before = north.account.last().edition();
        String tag = north.ask(Collection.USERS).disclosure().etag();
        north.floors.withhold(Entity.USER, "cy").withhold(Field.USER_EMAIL, "di");
        assertEquals(tag, north.ask(Collection.USERS).disclosure().etag());
        assertEquals(before, north.account.last().edition());
        north.restart();
        assertEquals(tag, north.ask(Collection.USERS).disclosure().etag());
        north.floors.withhold(Entity.USER, "ada");
        assertNotEquals(tag, north.ask(Collection.USERS).disclosure().etag());
        assertEquals(before + 1, north.account.last().edition());
        north.restart();
        north.floors.give(Entity.USER, "ada");
        north.ask(Collection.USERS).text();
        assertEquals(before + 2, north.account.last().edition());
    }

    @Test
    @DisplayName("reaches into a paging run: tombstones at their places, total and order constant, rows unread")
    void pinned() {
        List<String> order = house.ask(Collection.USERS).page(0, 1000).records().stream()
                .map(record -> House.text(record, "sourcedId"))
                .toList();
        Disclosure first = house.ask(Collection.USERS).page(0, 5).disclosure();
        for (int n = 0; n < 20; n++) {
            house.floors.withhold(Entity.USER, "many-" + n);
        }
        house.clock.forward(Duration.ofMinutes(1));
        Disclosure rest = house.ask(Collection.USERS).page(5, 1000).disclosure();
        assertEquals(first.total(), rest.total());
        Entry entry = house.account.last();
        List<Map<String, Json.Node>> records = House.records(House.Question.text(rest));
        assertEquals(
                order.subList(5, order.size()),
                records.stream().map(record -> House.text(record, "sourcedId")).toList());
        long tombstones = records.stream()
                .filter(record -> House.text(record, "status").equals("tobedeleted"))
                .count();
        assertTrue(tombstones >= 15, "so many of the twenty are on the other pages");
        assertFalse(records.toString().contains("Given"));
        Entry.Persons.Listed listed = assertInstanceOf(Entry.Persons.Listed.class, entry.persons());
        Set<Integer> claimed = IntStream.of(listed.ordinals()).boxed().collect(Collectors.toSet());
        assertEquals(records.size() - tombstones, claimed.size());
        assertFalse(claimed.contains(house.world.ordinal(Entity.USER, "many-3")));
    }

    @Test
    @DisplayName("takes references to a person out of a paging run's other records")
    void pinnedReferences() {
        String par = idOf(Collection.USERS, "givenName", "Par");
        assertTrue(house.ask(Collection.USERS).page(0, 1).disclosure().total() > 0);
        house.floors.withhold(Entity.USER, "par");
        String rest = house.ask(Collection.USERS).page(1, 1000).text();
        assertEquals(
                House.records(rest).stream()
                        .filter(record -> House.text(record, "sourcedId").equals(par))
                        .count(),
                rest.split(par, -1).length - 1);
    }

    @Test
    @DisplayName("closes a nested path at once, in a paging run too")
    void nested() {
        String klass = idOf(Collection.CLASSES, "title", "Math North");
        house.ask(Collection.STUDENTS)
                .under(Collection.CLASSES, klass)
                .page(0, 1)
                .text();
        house.floors.withhold(Entity.CLASS, "math-n");
        assertEquals(
                new Outcome.Mistaken(Outcome.Mistake.UNKNOWN_OBJECT),
                house.ask(Collection.STUDENTS)
                        .under(Collection.CLASSES, klass)
                        .page(1, 1)
                        .outcome());
        house.floors.lift();
        assertInstanceOf(
                Outcome.Granted.class,
                house.ask(Collection.STUDENTS)
                        .under(Collection.CLASSES, klass)
                        .page(1, 1)
                        .outcome());
    }

    @Test
    @DisplayName("that comes while an answer is being written is in force for the rest of it")
    void whileWriting() throws IOException {
        for (int n = 0; n < 1500; n++) {
            house.world.student("late-" + n, "Late" + n, "Family", "north", "05");
        }
        house.world.commit();
        StringBuilder text = new StringBuilder();
        Disclosure disclosure = house.ask(Collection.USERS).page(0, 5000).disclosure();
        disclosure.writeTo(new OutputStream() {
            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                text.append(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
                for (int n = 0; n < 1500; n++) {
                    house.floors.withhold(Entity.USER, "late-" + n);
                }
            }
        });
        List<Map<String, Json.Node>> records = House.records(text.toString());
        assertEquals(disclosure.count(), records.size());
        List<String> states =
                records.stream().map(record -> House.text(record, "status")).toList();
        assertTrue(states.subList(0, 100).contains("active"));
        assertTrue(records.subList(Names.CHUNK, records.size()).stream()
                .noneMatch(record -> House.text(record, "givenName").startsWith("Late")));
    }

    @Test
    @DisplayName("on one value takes that value and nothing else: shown, filtered and sorted as if it were not there")
    void field() {
        String ada = idOf(Collection.USERS, "givenName", "Ada");
        assertTrue(house.ask(Collection.USERS).one(ada).text().contains("ada@x.example"));
        long number = number();
        house.floors.withhold(Field.USER_EMAIL, "ada").withhold(Field.DEMOGRAPHICS_BIRTH_DATE, "ada");
        String text = house.ask(Collection.USERS).one(ada).text();
        assertFalse(text.contains("ada@x.example"));
        assertTrue(text.contains("\"Ada\"") && text.contains("O'Quiet"));
        assertFalse(house.ask(Collection.DEMOGRAPHICS).text().contains("2015-03-04"));
        assertEquals(number + 1, number());
        assertEquals(
                0,
                house.ask(Collection.USERS)
                        .where("email", Filter.Op.EQ, "ada@x.example")
                        .disclosure()
                        .total());
        List<Map<String, Json.Node>> sorted =
                house.ask(Collection.USERS).sorted("email", false).page(0, 1000).records();
        int at = sorted.stream()
                .map(record -> House.text(record, "givenName"))
                .toList()
                .indexOf("Ada");
        assertTrue(sorted.subList(0, at).stream()
                .allMatch(record -> House.text(record, "email").isEmpty()));
        long after = number();
        house.world
                .user(
                        "ada",
                        "Ada",
                        "O'Quiet",
                        List.of(new World.Role("student", "north", true)),
                        Map.of(
                                Field.USER_GRADES,
                                "05",
                                Field.USER_USERNAME,
                                "u-ada",
                                Field.USER_EMAIL,
                                "other@x.example"))
                .commit();
        assertEquals(after, number(), "a change of a hidden value is no change");
        house.floors.lift();
        assertTrue(house.ask(Collection.USERS).one(ada).text().contains("other@x.example"));
    }

    @Test
    @DisplayName("on a value without which there is no honest record takes the record")
    void whole() {
        house.floors.withhold(Field.USER_ROLES, "ada");
        assertFalse(living(Collection.USERS, "givenName").contains("Ada"));
        assertEquals(6, living(Collection.ENROLLMENTS, "sourcedId").size());
    }

    @Test
    @DisplayName("F14: no phone of a person not known to be 13, in a run begun when an earlier batch knew better, too")
    void phones() {
        House phones = new House(
                crowd(), Rules.whole("district").purpose("account_security").rule());
        assertTrue(phones.ask(Collection.USERS).page(0, 1000).text().contains("+1 555 0100"));
        phones.ask(Collection.USERS).page(0, 1).text();
        phones.world
                .user(
                        "eve",
                        "Evelyn",
                        "Quiet",
                        List.of(new World.Role("student", "north", true)),
                        Map.of(Field.USER_SMS, "+1 555 0100", Field.USER_AGE_13_PLUS, "false"))
                .commit();
        String first = phones.ask(Collection.USERS).page(0, 1000).text();
        assertFalse(first.contains("+1 555 0100"));
        assertFalse(phones.ask(Collection.USERS).page(1, 1000).text().contains("+1 555 0100"));
    }

    @Test
    @DisplayName("is seen in the past: who was live at an instant is known later, after a restart too")
    void past() {
        Instant before = house.clock.instant().minusMillis(1);
        Instant first = house.clock.instant();
        number();
        house.clock.forward(Duration.ofDays(1));
        house.floors.withhold(Entity.USER, "ada");
        Instant second = house.clock.instant();
        long number = number();
        house.clock.forward(Duration.ofDays(1));
        house.floors.lift();
        house.world.remove(Entity.USER, "bo").commit();
        Instant third = house.clock.instant();
        number();
        house.restart();
        assertEquals(Optional.empty(), house.editions.liveAt("everything", before));
        assertEquals(List.of(true, true), shown(first));
        assertEquals(List.of(true, true), shown(second.minusMillis(1)));
        assertEquals(List.of(false, true), shown(second));
        assertEquals(
                number,
                house.editions.liveAt("everything", second).orElseThrow().number());
        assertEquals(List.of(true, false), shown(third));
    }

    /// Whether Ada and B\u00f6 were shown.
    private List<Boolean> shown(Instant when) {
        var stood = house.editions.liveAt("everything", when).orElseThrow();
        return List.of(
                stood.shows(Entity.USER, house.world.ordinal(Entity.USER, "ada")),
                stood.shows(Entity.USER, house.world.ordinal(Entity.USER, "bo")));
    }

    @Test
    @DisplayName("costs nothing where none is: the very same edition, the very same rows")
    void none() {
        Rule rule = Rules.whole("district").purpose("instruction").rule();
        var edition = house.editions.current(rule, house.clock.instant());
        assertSame(edition, house.editions.now(edition, rule, house.clock.instant()));
        assertSame(house.world, Sighted.of(house.world, edition.sight()));
    }
}
