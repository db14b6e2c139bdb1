package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.entitlement.Hold;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Entity;

/// Two districts in which the same people leave one school at once. In the one they leave the roster, in the other they
/// go on at a school that the vendor does not see.
@DisplayName("What waits does not tell what became of anybody out of sight,")
class GuardSightTest {
    private static final int MANY = 60;
    private static final String VENDOR = "vendor-a-vendor";

    private final House left = house();
    private final House moved = house();
    private final List<House> both = List.of(left, moved);

    private static House house() {
        World world = Town.make();
        for (int n = 0; n < MANY; n++) {
            world.student("many-" + n, "Given" + n, "Family", "north", "05");
            world.enroll("many-e" + n, "many-" + n, "math-n", "north", "student");
            if (n % 20 == 0) {
                world.demographics("many-" + n, "2015-02-0" + (1 + n / 20), "female");
            }
        }
        House house = new House(
                world.commit(), Rules.whole("north").purpose("instruction").rule());
        house.guarded = true;
        house.restart();
        return house;
    }

    /// All of them but a few, and the class of all.
    private void leave() {
        for (int n = 0; n < MANY - 3; n++) {
            left.world.remove(Entity.ENROLLMENT, "many-e" + n).remove(Entity.USER, "many-" + n);
            moved.world.student("many-" + n, "Other" + n, "Name", "south", "06");
            if (n % 20 == 0) {
                left.world.remove(Entity.DEMOGRAPHICS, "many-" + n);
                moved.world.demographics("many-" + n, "2014-02-03", "other");
            }
        }
        left.world.remove(Entity.CLASS, "math-n");
        moved.world.klass("math-n", "Math South", "math", "south", "fall");
        commit();
    }

    private void commit() {
        each(house -> house.world.commit());
        each(house -> house.clock.forward(Duration.ofMinutes(5)));
    }

    private void each(Consumer<House> act) {
        both.forEach(act);
    }

    private void alike(String when) {
        for (Collection collection : Collection.values()) {
            assertEquals(text(left, collection), text(moved, collection), when + ": " + collection);
        }
    }

    private static String text(House house, Collection collection) {
        return house.ask(collection).page(0, 1000).appearance();
    }

    private void stay(String when) {
        alike(when);
        each(house -> {
            assertEquals(4, active(house, Collection.DEMOGRAPHICS), when);
            assertTrue(text(house, Collection.DEMOGRAPHICS).contains("2015-02-03"), when);
            assertEquals(1, active(house, Collection.CLASSES), when);
        });
    }

    private static long active(House house, Collection collection) {
        return house.ask(collection).page(0, 1000).records().stream()
                .filter(record -> House.text(record, "status").equals("active"))
                .count();
    }

    @Test
    @DisplayName("neither while it waits, with all that left along with it, nor later, nor when it is let go")
    void departure() {
        alike("before");
        leave();
        stay("while they wait");
        each(house -> house.world.student("bo", "Other", "Name", "north", "06"));
        commit();
        stay("after another import");
        each(house -> house.guard.release(
                house.guard.hold("everything").orElseThrow(), Hold.Choice.ALL, "anna", 1, house.clock.instant()));
        alike("when they were let go");
        each(house -> assertEquals(1, active(house, Collection.DEMOGRAPHICS)));
    }

    @Test
    @DisplayName("neither after a freeze")
    void thaw() {
        alike("before");
        each(house -> house.guard.freeze(VENDOR, "anna"));
        leave();
        stay("frozen");
        each(house -> {
            var term = house.guard.profiles().named().get("term");
            house.guard.choose(VENDOR, term, "anna");
            house.guard.choose(VENDOR, term, "ben");
        });
        stay("not frozen any more");
    }
}
