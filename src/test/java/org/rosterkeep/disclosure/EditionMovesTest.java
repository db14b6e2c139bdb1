package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

@DisplayName("An edition")
class EditionMovesTest {
    private final House house = new House(
            Town.make(), Rules.whole("district").without(Field.USER_FAMILY_NAME).rule());

    private long number() {
        house.ask(Collection.USERS).page(0, 1).disclosure();
        return house.account.last().edition();
    }

    private void nextDay() {
        house.clock.forward(Duration.ofDays(1));
    }

    /// Who changed since yesterday, by given name; tombstones as a dash.
    private Set<String> changed(Collection collection, String property) {
        String yesterday = house.clock.instant().minus(Duration.ofHours(1)).toString();
        return house.ask(collection).where("dateLastModified", Filter.Op.GT, yesterday).records().stream()
                .map(record -> House.text(record, "status").equals("active") ? House.text(record, property) : "-")
                .collect(Collectors.toSet());
    }

    @Test
    @DisplayName("keeps its number through an import of nothing the client can see")
    void hidden() {
        long number = number();
        nextDay();
        house.world.student("ada", "Ada", "Married-Name", "north", "05").commit();
        assertEquals(number, number());
        assertEquals(Set.of(), changed(Collection.USERS, "givenName"));
    }

    @Test
    @DisplayName("moves by one for a change, and only the changed record's time moves")
    void moved() {
        long number = number();
        nextDay();
        house.world.student("ada", "Adaline", "O'Quiet", "north", "05").commit();
        assertEquals(number + 1, number());
        assertEquals(Set.of("Adaline"), changed(Collection.USERS, "givenName"));
    }

    @Test
    @DisplayName("moves whoever pointed at a record that left")
    void references() {
        number();
        nextDay();
        house.world.remove(Entity.USER, "par").commit();
        assertEquals(Set.of("-", "Evelyn"), changed(Collection.USERS, "givenName"));
    }

    @Test
    @DisplayName("moves a parent whose child left")
    void children() {
        number();
        nextDay();
        house.world.remove(Entity.ACADEMIC_SESSION, "fall-2").commit();
        assertEquals(Set.of("-", "Fall"), changed(Collection.ACADEMIC_SESSIONS, "title"));
    }

    @Test
    @DisplayName("brings a returning record back to life under its old id, and forgets a tombstone after 400 days")
    void tombstones() {
        number();
        house.world.remove(Entity.USER, "ada").remove(Entity.USER, "bo").commit();
        nextDay();
        assertEquals(2, count("tobedeleted"));
        house.world.student("ada", "Ada", "O'Quiet", "north", "05").commit();
        nextDay();
        assertEquals(1, count("tobedeleted"));
        assertEquals(Set.of("Ada"), changed(Collection.STUDENTS, "givenName"));
        house.clock.forward(Duration.ofDays(401));
        assertEquals(0, count("tobedeleted"));
        assertEquals(7, house.ask(Collection.USERS).disclosure().total());
    }

    private long count(String status) {
        return house.ask(Collection.USERS)
                .where("status", Filter.Op.EQ, status)
                .disclosure()
                .total();
    }

    @Test
    @DisplayName("goes on after a restart as if there had been none, even when the roster moved in between")
    void restart() {
        String before = house.ask(Collection.USERS).text();
        long number = number();
        house.restart();
        nextDay();
        assertEquals(before, house.ask(Collection.USERS).text());
        house.restart();
        house.world.student("ada", "Adaline", "O'Quiet", "north", "05").commit();
        assertEquals(number + 1, number());
        assertEquals(Set.of("Adaline"), changed(Collection.USERS, "givenName"));
    }

    @Test
    @DisplayName("counts a change too many rather than too few when the earlier rows are gone")
    void forgotten() {
        number();
        nextDay();
        house.world.student("ada", "Ada", "Hidden-Change", "north", "05").commit();
        house.world.forget(1);
        assertEquals(Set.of("Ada"), changed(Collection.USERS, "givenName"));
    }

    @Test
    @DisplayName("holds no rows for a rule that is not in force, and goes on when it is again")
    void stopped() {
        long number = number();
        house.gate.idle(house.clock.instant());
        assertTrue(house.world.openPins() > 0);
        nextDay();
        house.inForce = false;
        house.gate.idle(house.clock.instant());
        assertEquals(0, house.world.openPins());
        house.world.student("ada", "Ada", "Hidden-Change", "north", "05").remove(Entity.USER, "cy");
        house.world.commit().sweep();
        house.inForce = true;
        assertEquals(number + 1, number());
        assertEquals(Set.of("Ada", "-"), changed(Collection.USERS, "givenName"));
    }

    @Test
    @DisplayName("holds no rows for a client that is silent for a fortnight, restarts or not")
    void silent() {
        number();
        house.clock.forward(Duration.ofDays(10));
        house.restart();
        house.gate.idle(house.clock.instant());
        int held = house.world.openPins();
        house.clock.forward(Duration.ofDays(5));
        house.gate.idle(house.clock.instant());
        assertTrue(house.world.openPins() < held);
        house.world.student("ada", "Adaline", "O'Quiet", "north", "05").commit();
        number();
        assertEquals(Set.of("Adaline"), changed(Collection.USERS, "givenName"));
        held = house.world.openPins();
        house.gate.idle(house.clock.instant());
        assertEquals(held, house.world.openPins());
    }

    @Test
    @DisplayName("tells after a restart, too, which organisations and sessions look different")
    void familiesAfterRestart() {
        number();
        house.restart();
        nextDay();
        house.world
                .org("hidden", "Hidden", "", "district")
                .session("fall-2", "Fall II", "gradingPeriod", "fall")
                .commit();
        assertEquals(Set.of("Fall II"), changed(Collection.ACADEMIC_SESSIONS, "title"));
        assertEquals(Set.of(), changed(Collection.ORGS, "name"));
        house.restart();
        nextDay();
        house.world.remove(Entity.ACADEMIC_SESSION, "fall-1").commit();
        assertEquals(Set.of("-", "Fall"), changed(Collection.ACADEMIC_SESSIONS, "title"));
    }

    @Test
    @DisplayName(
            "goes on under a new version of the rule: those who look different move, those who are out are tombstones")
    void version() {
        long number = number();
        nextDay();
        house.rule = Rules.whole("north")
                .without(Field.USER_FAMILY_NAME, Field.USER_EMAIL)
                .version(2)
                .rule();
        assertEquals(number + 1, number());
        assertEquals(Set.of("Ada", "B\u00f6", "Evelyn", "Tee", "-"), changed(Collection.USERS, "givenName"));
        nextDay();
        house.rule = Rules.whole("north")
                .without(Field.USER_FAMILY_NAME, Field.USER_EMAIL)
                .version(3)
                .rule();
        assertEquals(number + 1, number());
    }

    @Test
    @DisplayName("has instants that strictly increase, even when the clock stands still or goes back")
    void instants() {
        number();
        for (int n = 0; n < 3; n++) {
            house.clock.forward(Duration.ofMillis(-5));
            house.world.student("ada", "Ada" + n, "O'Quiet", "north", "05").commit();
            number();
        }
        List<String> times = house.ask(Collection.USERS).sorted("dateLastModified", false).records().stream()
                .map(record -> House.text(record, "dateLastModified"))
                .toList();
        assertEquals("2026-10-05T06:30:00.003Z", times.getLast());
    }

    @Test
    @DisplayName("holds the people of the scope: grades speak of students, classes of those enrolled")
    void scope() {
        Rules whole = Rules.whole("district");
        assertEquals(Set.of("Ada", "Cy", "Tee", "Sou", "Par"), names(whole.grades("05")));
        assertEquals(Set.of("Ada", "B\u00f6", "Evelyn", "Tee"), names(whole.classes("math-n")));
        assertEquals(Set.of("Tee", "Sou"), names(whole.roles("teacher")));
        assertEquals(Set.of("Tee"), names(whole.roles("aide")));
        assertEquals(Set.of(), names(whole.classes("unknown")));
        House fifth = new House(Town.make(), whole.grades("05").rule());
        assertEquals(2, fifth.ask(Collection.CLASSES).records().size());
        House teachers = new House(Town.make(), whole.roles("teacher").rule());
        assertEquals(2, teachers.ask(Collection.ENROLLMENTS).records().size());
    }

    private static Set<String> names(Rules rules) {
        return new House(Town.make(), rules.rule())
                .ask(Collection.USERS).records().stream()
                        .map(record -> House.text(record, "givenName"))
                        .collect(Collectors.toSet());
    }

    @Test
    @DisplayName("leaves out what would have no honest record: a class without a term, an org without a type")
    void whole() {
        World world = Town.make();
        world.klass("lost", "Lost", "math", "north").org("odd", "Odd", "", "district");
        world.enroll("lost-e", "ada", "lost", "north", "student").commit();
        House odd = new House(world, Rules.whole("district").rule());
        assertEquals(3, odd.ask(Collection.CLASSES).records().size());
        assertEquals(3, odd.ask(Collection.ORGS).records().size());
        assertEquals(7, odd.ask(Collection.ENROLLMENTS).records().size());
        Rules broken = Rules.whole("district").without(Field.CLASS_TERMS);
        assertTrue(new House(Town.make(), broken.rule())
                .ask(Collection.CLASSES)
                .records()
                .isEmpty());
    }
}
