package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.entitlement.EditionFault;
import org.rosterkeep.entitlement.Guard;
import org.rosterkeep.entitlement.GuardProfile;
import org.rosterkeep.entitlement.Hold;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.rules.Rule;

@DisplayName("The guard on a vendor's view")
class GuardTest {
    private static final int MANY = 100;
    private static final String RULE = "everything";

    private final House house = house(rule());

    private static Rule rule() {
        return Rules.whole("north").purpose("instruction").rule();
    }

    private static House house(Rule rule) {
        World world = Town.make();
        for (int n = 0; n < MANY; n++) {
            world.student("many-" + n, "Given" + n, "Family", "north", "05");
        }
        House house = new House(world.commit(), rule);
        house.guarded = true;
        house.restart();
        return house;
    }

    private void lose(int from, int to) {
        for (int n = from; n < to; n++) {
            house.world.remove(Entity.USER, "many-" + n);
        }
        house.world.commit();
        house.clock.forward(Duration.ofMinutes(5));
    }

    private long number() {
        house.ask(Collection.USERS).page(0, 1).disclosure();
        return house.account.last().edition();
    }

    private String tag() {
        return house.ask(Collection.USERS).disclosure().etag();
    }

    private Set<String> given() {
        return house.ask(Collection.USERS).page(0, 1000).records().stream()
                .filter(record -> House.text(record, "status").equals("active"))
                .map(record -> House.text(record, "givenName"))
                .collect(Collectors.toSet());
    }

    private long gone() {
        return house.ask(Collection.USERS).page(0, 1000).records().stream()
                .filter(record -> House.text(record, "status").equals("tobedeleted"))
                .count();
    }

    private Hold hold() {
        return house.guard.hold(RULE).orElseThrow();
    }

    private GuardProfile profile(String name) {
        return house.guard.profiles().named().get(name);
    }

    private Map<String, Map<String, Json.Node>> records(Collection collection) {
        return house.ask(collection).page(0, 1000).records().stream()
                .collect(Collectors.toMap(record -> House.text(record, "sourcedId"), record -> record));
    }

    @Test
    @DisplayName("keeps those whom an import removes too many of, exactly as they were; a changed value and a few"
            + " new ones come through")
    void held() {
        var before = records(Collection.USERS);
        long number = number();
        String tag = tag();
        house.world.student("many-99", "Renamed", "Family", "north", "05");
        house.world.student("new", "Newly", "Come", "north", "05");
        lose(0, 50);
        var after = records(Collection.USERS);
        assertTrue(given().contains("Renamed") && given().contains("Newly"));
        assertEquals(0, gone());
        assertEquals(number + 1, number());
        assertNotEquals(tag, tag());
        assertEquals(
                before.size() - 1L,
                before.entrySet().stream()
                        .filter(one -> one.getValue().equals(after.get(one.getKey())))
                        .count(),
                "all but the renamed are the same, their times too");
        Hold hold = hold();
        assertEquals(50, hold.counts().get(Entity.USER).left());
        assertEquals(1, hold.counts().get(Entity.USER).came());
        assertEquals(50, hold.open(Entity.USER, Hold.Way.REMOVALS).getCardinality());
        assertTrue(hold.open(Entity.USER, Hold.Way.ADDITIONS).isEmpty());
        assertEquals("vendor-a-vendor", hold.vendor());
        assertEquals(house.world.relations().batch(), hold.batch());
        assertTrue(house.journal.kinds().contains("guard.held"));
        assertFalse(house.journal.acts().toString().contains("many-"));
    }

    @Test
    @DisplayName("is told of right after the import, before the vendor asks, and moves nothing by that")
    void foreseen() {
        long number = number();
        lose(0, 50);
        house.editions.foresee(house.rule, house.clock.instant());
        assertEquals(50, hold().open(Entity.USER, Hold.Way.REMOVALS).getCardinality());
        assertEquals(
                1, house.journal.kinds().stream().filter("guard.held"::equals).count());
        assertTrue(house.editions
                .expected(house.rule, house.clock.instant())
                .views()
                .has(Entity.USER, house.world.ordinal(Entity.USER, "many-3")));
        assertEquals(number, number());
        assertEquals(
                1, house.journal.kinds().stream().filter("guard.held"::equals).count());
        for (int n = 0; n < 45; n++) {
            house.world.student("many-" + n, "Given" + n, "Family", "north", "05");
        }
        house.world.commit();
        house.editions.foresee(house.rule, house.clock.instant());
        assertEquals(List.of(), house.guard.holds(), "it came back within bounds");
        assertEquals(5, gone());
    }

    @Test
    @DisplayName("some who wait come back, more leave: those join, and a release takes each away once")
    void joined() {
        number();
        lose(0, 50);
        number();
        for (int n = 0; n < 10; n++) {
            house.world.student("many-" + n, "Back" + n, "Family", "north", "05");
        }
        lose(50, 60);
        house.restart();
        assertTrue(given().contains("Back3") && given().contains("Given55"));
        assertEquals(50, hold().open(Entity.USER, Hold.Way.REMOVALS).getCardinality());
        house.world.student("many-20", "Again", "Family", "north", "05");
        house.world.sweep();
        lose(60, 61);
        assertTrue(given().contains("Again") && given().contains("Given60"));
        house.restart();
        house.guard.release(hold(), Hold.Choice.ALL, "anna", 1, house.clock.instant());
        house.clock.forward(Duration.ofMinutes(5));
        String since = house.clock.instant().minus(Duration.ofMinutes(1)).toString();
        assertEquals(50, gone());
        assertEquals(
                50,
                house.ask(Collection.USERS)
                        .where("dateLastModified", Filter.Op.GT, since)
                        .page(0, 1000)
                        .records()
                        .size());
        assertEquals(Set.of(), Set.copyOf(house.shelf.ids(Guard.KIND)));
    }

    @Test
    @DisplayName("only a part is let pass when only that is named, and two have to when that is asked for")
    void parts() {
        number();
        for (int n = 0; n < 60; n++) {
            house.world.student("new-" + n, "New" + n, "Family", "north", "05");
        }
        lose(0, 50);
        number();
        Hold.Choice additions = new Hold.Choice(Set.of(Entity.USER), Set.of(Hold.Way.ADDITIONS));
        assertFalse(house.guard.release(hold(), additions, "anna", 2, house.clock.instant()));
        assertFalse(house.guard.release(hold(), additions, "anna", 2, house.clock.instant()), "one person is one");
        assertFalse(given().contains("New3"));
        house.restart();
        assertTrue(house.guard.release(hold(), additions, "ben", 2, house.clock.instant()));
        assertTrue(given().contains("New3") && given().contains("Given3"));
        assertEquals(50, hold().open(Entity.USER, Hold.Way.REMOVALS).getCardinality());
        assertTrue(hold().open(Entity.USER, Hold.Way.ADDITIONS).isEmpty());
    }

    @Test
    @DisplayName("holds one vendor and lets another through whose scope the import hardly touches")
    void another() {
        number();
        Rule south =
                Rules.whole("south").purpose("instruction").named("south-only").rule();
        house.editions.current(south, house.clock.instant());
        house.world.student("cy", "Cyrus", "Back", "south", "05");
        lose(0, 50);
        number();
        var moved = house.editions.current(south, house.clock.instant());
        assertEquals(2, moved.number());
        assertEquals(Optional.empty(), house.guard.hold("south-only"));
        assertTrue(house.guard.hold(RULE).isPresent());
    }

    @Test
    @DisplayName("lets pass what is within bounds, and the first edition, and the first people of an empty view")
    void within() {
        assertEquals(1, number());
        lose(0, 5);
        assertEquals(2, number());
        assertEquals(List.of(), house.guard.holds());
        House empty = new House(new World().org("north", "North", "school", "").commit(), rule());
        empty.guarded = true;
        empty.restart();
        empty.ask(Collection.USERS).disclosure();
        for (int n = 0; n < MANY; n++) {
            empty.world.student("s" + n, "G", "F", "north", "05");
        }
        empty.world.commit();
        // The school itself was in view, so this one is held: people who appear in a view that shows something.
        assertEquals(0, empty.ask(Collection.USERS).disclosure().total());
        House nothing =
                new House(new World().org("other", "Other", "school", "").commit(), rule());
        nothing.guarded = true;
        nothing.restart();
        nothing.ask(Collection.USERS).disclosure();
        nothing.world.org("north", "North", "school", "");
        for (int n = 0; n < MANY; n++) {
            nothing.world.student("s" + n, "G", "F", "north", "05");
        }
        nothing.world.commit();
        assertEquals(MANY, nothing.ask(Collection.USERS).disclosure().total());
    }

    @Test
    @DisplayName(
            "a person whom a floor takes disappears at once while the view is held, singly and in lists, with a tag")
    void floor() {
        String id = house.ask(Collection.USERS).page(0, 1000).records().stream()
                .filter(record -> House.text(record, "givenName").equals("Given70"))
                .map(record -> House.text(record, "sourcedId"))
                .findFirst()
                .orElseThrow();
        long number = number();
        lose(0, 50);
        String tag = tag();
        var before = records(Collection.USERS);
        house.clock.forward(Duration.ofMinutes(5));
        house.floors.withhold(Entity.USER, "many-70").withhold(Entity.USER, "many-3");
        assertFalse(given().contains("Given70") || given().contains("Given3"));
        assertTrue(given().contains("Given4"));
        assertFalse(house.ask(Collection.USERS).one(id).appearance().contains("Given70"));
        assertNotEquals(tag, tag());
        assertEquals(number + 1, number());
        assertEquals(2, gone());
        assertEquals(49, hold().counts().get(Entity.USER).left(), "who was withheld is not counted");
        house.restart();
        assertFalse(house.ask(Collection.USERS).one(id).appearance().contains("Given70"));
        assertFalse(given().contains("Given70"));
        house.floors.lift();
        assertTrue(given().contains("Given70") && given().contains("Given3"), "who waits is back with the others");
        assertEquals(before.keySet(), records(Collection.USERS).keySet());
        assertEquals(0, gone());
    }

    @Test
    @DisplayName("a floor that takes many is never held, nor its lifting, with an import beside it that changes little")
    void manyFloors() {
        number();
        for (int n = 0; n < 60; n++) {
            house.floors.withhold(Entity.USER, "many-" + n);
        }
        lose(99, 100);
        assertEquals(61, gone());
        assertEquals(List.of(), house.guard.holds());
        house.floors.lift();
        lose(98, 99);
        assertTrue(given().contains("Given5"));
        assertEquals(2, gone());
        assertEquals(List.of(), house.guard.holds());
    }

    @Test
    @DisplayName(
            "a release takes effect at the next question, with tombstones; recorded first, and for that batch alone")
    void release() {
        long number = number();
        lose(0, 50);
        number();
        Hold seen = hold();
        house.journal.blocked(true);
        assertThrows(
                IllegalStateException.class,
                () -> house.guard.release(seen, Hold.Choice.ALL, "anna", 1, house.clock.instant()));
        assertEquals(number, number());
        house.journal.blocked(false);
        house.guard.release(seen, Hold.Choice.ALL, "anna", 1, house.clock.instant());
        assertEquals(number + 1, number());
        assertEquals(50, gone());
        assertEquals(List.of(), house.guard.holds());
        assertEquals(Set.of(), Set.copyOf(house.shelf.ids(Guard.KIND)));
        lose(50, 90);
        assertEquals(number + 1, number(), "a further import that trips again is held again");
        assertEquals(40, hold().counts().get(Entity.USER).left());
    }

    @Test
    @DisplayName("what is imported between a release and the next question passes if it is small, and is held if not")
    void after() {
        long number = number();
        lose(0, 50);
        number();
        Hold first = hold();
        house.guard.release(first, Hold.Choice.ALL, "anna", 1, house.clock.instant());
        lose(50, 80);
        assertEquals(number + 1, number());
        assertEquals(50, gone(), "what was let pass has passed");
        Hold second = hold();
        assertEquals(30, second.open(Entity.USER, Hold.Way.REMOVALS).getCardinality());
        assertThrows(
                EditionFault.class,
                () -> house.guard.release(first, Hold.Choice.ALL, "anna", 1, house.clock.instant()));
        house.guard.release(second, Hold.Choice.ALL, "anna", 1, house.clock.instant());
        lose(80, 82);
        assertEquals(number + 2, number());
        assertEquals(82, gone());
    }

    @Test
    @DisplayName("holds through restarts and housekeeping, values and nested paths too, with rows still held")
    void restart() {
        String klass = house.ask(Collection.CLASSES).records().stream()
                .map(record -> House.text(record, "sourcedId"))
                .findFirst()
                .orElseThrow();
        var before = records(Collection.USERS);
        house.world.remove(Entity.ENROLLMENT, "e1").remove(Entity.USER, "ada");
        house.world.remove(Entity.ENROLLMENT, "e7");
        house.world.student("bo", "Other", "Name", "north", "06");
        lose(0, 50);
        number();
        var body = records(Collection.USERS);
        String students = nested(klass);
        assertTrue(given().contains("Other") && given().contains("Ada"));
        assertTrue(students.contains("Ada"), "the enrolment waits along with its pupil");
        assertFalse(students.contains("Evelyn"), "of those two neither waits");
        house.restart();
        house.gate.idle(house.clock.instant());
        house.world.sweep();
        assertEquals(body, records(Collection.USERS));
        assertEquals(students, nested(klass));
        house.inForce = false;
        house.gate.idle(house.clock.instant());
        house.inForce = true;
        house.world.sweep();
        assertEquals(body, records(Collection.USERS));
        assertEquals(51, hold().counts().get(Entity.USER).left());
        house.restart();
        house.guard.release(hold(), Hold.Choice.ALL, "anna", 1, house.clock.instant());
        assertEquals(51, gone());
        assertEquals(before.keySet(), records(Collection.USERS).keySet());
    }

    private String nested(String klass) {
        return house.ask(Collection.STUDENTS).under(Collection.CLASSES, klass).text();
    }

    @Test
    @DisplayName("rows of a held view nobody asks for are let go in the end, and the hold with them")
    void silence() {
        number();
        lose(0, 50);
        number();
        house.clock.forward(Duration.ofDays(500));
        house.gate.idle(house.clock.instant());
        assertEquals(List.of(), house.guard.holds());
        assertEquals(List.of(), house.shelf.ids(Guard.KIND));
    }

    @Test
    @DisplayName("additions are held, too; an import that takes them back ends the hold and moves nothing")
    void additions() {
        long number = number();
        for (int n = 0; n < 60; n++) {
            house.world.student("new-" + n, "New" + n, "Family", "north", "05");
        }
        house.world.commit();
        assertEquals(number, number());
        assertEquals(60, hold().counts().get(Entity.USER).came());
        for (int n = 0; n < 60; n++) {
            house.world.remove(Entity.USER, "new-" + n);
        }
        house.world.commit();
        assertEquals(number, number());
        assertEquals(List.of(), house.guard.holds());
    }

    @Test
    @DisplayName(
            "freeze holds a single changed value, at once, with a full disk and a broken ledger; another vendor goes"
                    + " on")
    void freeze() {
        long number = number();
        house.shelf.full(true);
        house.journal.blocked(true);
        assertFalse(house.guard.freeze("vendor-a-vendor", "anna"));
        house.shelf.full(false);
        house.journal.blocked(false);
        assertTrue(house.guard.settle());
        house.world.student("ada", "Adaline", "O'Quiet", "north", "05").commit();
        assertEquals(number, number());
        assertTrue(given().contains("Ada"));
        assertEquals("freeze", hold().profile());
        house.restart();
        assertEquals("freeze", house.guard.of("vendor-a-vendor").name());
        assertEquals("term", house.guard.of("vendor-other").name());
        assertTrue(given().contains("Ada"));
        assertFalse(house.guard.choose("vendor-a-vendor", profile("term"), "anna"));
        assertFalse(house.guard.choose("vendor-a-vendor", profile("term"), "anna"), "the same person again");
        assertEquals(number, number());
        assertTrue(house.guard.choose("vendor-a-vendor", profile("term"), "ben"));
        assertEquals(number + 1, number());
        assertTrue(given().contains("Adaline"));
    }

    @Test
    @DisplayName("who freezes the district freezes all; a choice that cannot be read freezes; a laxer one lets pass")
    void profiles() {
        long number = number();
        lose(0, 30);
        assertEquals(number, number());
        assertFalse(house.guard.choose(Guard.DISTRICT, profile("rollover"), "anna"));
        assertEquals(number, number());
        assertTrue(house.guard.choose(Guard.DISTRICT, profile("rollover"), "ben"));
        assertEquals(number + 1, number());
        assertTrue(house.guard.choose("vendor-a-vendor", profile("rollover"), "anna"), "no laxer than what counts");
        house.guard.freeze(Guard.DISTRICT, "anna");
        assertEquals("freeze", house.guard.of("vendor-a-vendor").name());
        house.shelf.put(Guard.KIND_PROFILE, Guard.DISTRICT, new byte[] {1});
        house.restart();
        assertEquals("freeze", house.guard.of("vendor-a-vendor").name());
    }

    @Test
    @DisplayName(
            "holds though it cannot be written down, and through another version of the rule but for what that itself"
                    + " takes")
    void version() {
        number();
        lose(0, 50);
        house.shelf.full(true);
        assertTrue(given().contains("Given3"));
        house.shelf.full(false);
        assertEquals(50, hold().open(Entity.USER, Hold.Way.REMOVALS).getCardinality());
        Rule next = Rules.whole("north").purpose("instruction").version(2).rule();
        assertTrue(
                house.editions.measure(house.rule, next, house.clock.instant()).within(), "it takes nothing along");
        house.rule = next;
        assertTrue(given().contains("Given3"));
        assertEquals(50, hold().open(Entity.USER, Hold.Way.REMOVALS).getCardinality());
        house.rule = Rules.whole("north")
                .purpose("instruction")
                .roles("teacher", "student")
                .grades("06")
                .version(3)
                .rule();
        assertFalse(given().contains("Given3"), "the edit itself takes those of the fifth grade");
    }

    @Test
    @DisplayName("measures what another version would change, by collection, and keeps and moves nothing")
    void measure() {
        long number = number();
        Rule same = Rules.whole("north").purpose("instruction").version(2).rule();
        var none = house.editions.measure(house.rule, same, house.clock.instant());
        assertEquals(Map.of(), none.counts());
        assertTrue(none.within());
        Rule teachers = Rules.whole("north")
                .purpose("instruction")
                .version(3)
                .roles("teacher")
                .rule();
        var much = house.editions.measure(house.rule, teachers, house.clock.instant());
        assertTrue(much.counts().get(Entity.USER).left() >= MANY);
        assertFalse(much.within());
        Rule renamed = Rules.whole("north")
                .purpose("instruction")
                .version(4)
                .domain("b")
                .rule();
        assertFalse(
                house.editions
                        .measure(house.rule, renamed, house.clock.instant())
                        .within(),
                "all ids change");
        assertEquals(number, number());
    }
}
