package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.entitlement.Hold;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Rule;

/// Two districts that agree at each question in all that the vendor may see then, guarded alike. What was imported into
/// them beside that, and when, is another.
@DisplayName("What waits does not depend on")
class GuardHiddenTest {
    private static final int MANY = 60;
    private static final String VENDOR = "vendor-a-vendor";
    private static final String RULE = "everything";

    private final House one = house();
    private final House other = house();
    private final List<House> both = List.of(one, other);
    private int imports;

    private static Rules rules(String org) {
        return Rules.whole(org).purpose("instruction").without(Field.USER_EMAIL);
    }

    private static House house() {
        World world = Town.make();
        world.student("kim", "Kim", "Hidden", "south", "05");
        for (int n = 0; n < MANY; n++) {
            world.student("many-" + n, "Given" + n, "Family", "north", n % 2 == 0 ? "05" : "06");
            world.student("far-" + n, "Far" + n, "Away", "south", "05");
        }
        House house = new House(world.commit(), rules("north").rule());
        house.guarded = true;
        house.restart();
        return house;
    }

    private void each(Consumer<House> act) {
        both.forEach(act);
    }

    /// What only the other district imports: somebody out of sight, and an address of somebody in view.
    private void hidden() {
        other.world.student("cy", "Cy" + imports, "Elsewhere", "south", "05");
        address();
    }

    private void address() {
        imports++;
        other.world
                .user(
                        "tee",
                        "Tee",
                        "Cher",
                        List.of(new World.Role("teacher", "north", true), new World.Role("aide", "south", true)),
                        Map.of(Field.USER_PRIMARY_ORG, "north", Field.USER_EMAIL, "tee" + imports + "@x.example"))
                .commit();
    }

    private void rule(Rules next) {
        Rule rule = next.rule();
        each(house -> house.rule = rule);
    }

    private void alike(String when) {
        for (Collection collection : Collection.values()) {
            assertEquals(text(one, collection), text(other, collection), when + ": " + collection);
        }
        each(house -> house.clock.forward(Duration.ofMinutes(5)));
    }

    private static String text(House house, Collection collection) {
        return house.ask(collection).page(0, 1000).appearance();
    }

    private void shows(String text) {
        each(house -> assertTrue(text(house, Collection.USERS).contains(text), text));
    }

    private void hides(String text) {
        each(house -> assertFalse(text(house, Collection.USERS).contains(text), text));
    }

    private void nothingWaits() {
        each(house -> assertEquals(List.of(), house.guard.holds()));
    }

    private void frozen() {
        alike("before");
        each(house -> house.guard.freeze(VENDOR, "anna"));
    }

    private void thawed() {
        each(house -> {
            var term = house.guard.profiles().named().get("term");
            house.guard.choose(VENDOR, term, "anna");
            house.guard.choose(VENDOR, term, "ben");
        });
    }

    /// A floor comes, with an import of hidden things beside it in the one and none in the other; then whom it is
    /// about changes unseen, and it goes again.
    private void cameAndWent(Consumer<World> unseen) {
        hidden();
        each(house -> house.floors.withhold(Entity.USER, "ada"));
        alike("withheld");
        each(house -> unseen.accept(house.world));
        each(house -> house.world.student("bo", "Other", "Name", "north", "06").commit());
        alike("changed meanwhile");
        each(house -> house.floors.lift());
        alike("given again");
    }

    @Test
    @DisplayName("hidden imports while frozen: who was withheld when one came is remembered, and who was when none did")
    void remembered() {
        frozen();
        cameAndWent(world -> world.student("ada", "Adaline", "Else", "north", "05"));
        shows("\"Ada\"");
        hides("Adaline");
        thawed();
        alike("thawed");
        shows("Adaline");
    }

    @Test
    @DisplayName("hidden imports while frozen, also when who was withheld has left meanwhile, and after a restart")
    void leaver() {
        frozen();
        cameAndWent(world -> world.remove(Entity.ENROLLMENT, "e1")
                .remove(Entity.DEMOGRAPHICS, "ada")
                .remove(Entity.USER, "ada"));
        each(House::restart);
        alike("restarted");
        shows("\"Ada\"");
        thawed();
        alike("thawed");
        hides("\"Ada\"");
    }

    @Test
    @DisplayName("how often something hidden was imported before and after an edit of a frozen view")
    void editedWhileFrozen() {
        frozen();
        hidden();
        rule(rules("north").version(2).grades("06"));
        alike("fewer");
        hidden();
        each(house ->
                house.world.student("ada", "Adaline", "Else", "north", "05").commit());
        alike("changed meanwhile");
        rule(rules("north").version(3));
        alike("all of them again");
        shows("Adaline");
    }

    @Test
    @DisplayName("a full disk while frozen: an import of hidden things leaves the view where it is, as none does")
    void fullDisk() {
        frozen();
        hidden();
        each(house -> house.floors.withhold(Entity.USER, "bo"));
        alike("withheld");
        hidden();
        other.shelf.full(true);
        alike("with a full disk");
        other.shelf.full(false);
        alike("with room again");
    }

    @Test
    @DisplayName("a floor that came and went: who waits to come waits on")
    void stillWaits() {
        alike("before");
        each(house -> {
            for (int n = 0; n < MANY; n++) {
                house.world.student("new-" + n, "New" + n, "Family", "north", "05");
            }
            house.world.commit();
        });
        alike("they wait");
        other.floors.withhold(Entity.USER, "new-7");
        alike("one is withheld");
        other.floors.lift();
        alike("and given again");
        hides("New7");
        each(house -> house.guard.release(
                house.guard.hold(RULE).orElseThrow(), Hold.Choice.ALL, "anna", 1, house.clock.instant()));
        alike("let go");
        shows("New7");
    }

    @Test
    @DisplayName("a floor that came and went while frozen: who waits to come waits on")
    void stillFrozen() {
        frozen();
        each(house -> house.world.student("new", "Newly", "Come", "north", "05").commit());
        alike("one waits");
        other.floors.withhold(Entity.USER, "new");
        alike("and is withheld");
        other.world.student("new", "Newlier", "Come", "north", "05").commit();
        alike("and changes");
        one.world.student("new", "Newlier", "Come", "north", "05").commit();
        other.floors.lift();
        alike("and is given again");
        hides("Newl");
        thawed();
        alike("thawed");
        shows("Newlier");
    }

    @Test
    @DisplayName("when somebody came who was withheld then, and is not any more: the lifting gives them")
    void cameUnseen() {
        each(house -> house.floors.withhold(Entity.USER, "kim"));
        frozen();
        one.world.student("kim", "Kim", "Moved", "north", "05").commit();
        alike("in one of them, somebody came whom nobody may see");
        other.world.student("kim", "Kim", "Moved", "north", "05").commit();
        each(house -> house.floors.lift());
        alike("given");
        shows("Kim");
    }

    @Test
    @DisplayName("when many came to a school that the rule did not give yet: the version that does gives them")
    void beforeTheEdit() {
        alike("before");
        came(one);
        alike("in one of them, many came out of sight");
        came(other);
        rule(rules("district").version(2));
        alike("given");
        shows("Late7");
        nothingWaits();
    }

    private static void came(House house) {
        for (int n = 0; n < MANY; n++) {
            house.world.student("late-" + n, "Late" + n, "Family", "south", "05");
        }
        house.world.commit();
    }

    @Test
    @DisplayName("when those whom another version takes became what it takes them for")
    void becameUnseen() {
        rule(rules("north").without(Field.USER_GRADES));
        alike("before");
        older(one);
        alike("in one of them, many went up a grade, which the vendor is not told");
        older(other);
        rule(rules("north").without(Field.USER_GRADES).version(2).grades("05"));
        alike("taken");
        nothingWaits();
        hides("\"Given8\"");
    }

    private static void older(House house) {
        for (int n = 0; n < MANY; n += 2) {
            house.world.student("many-" + n, "Given" + n, "Family", "north", "06");
        }
        house.world.commit();
    }

    @Test
    @DisplayName("that, also when as many others leave with the same import, who wait")
    void becameUnseenBesideOthers() {
        rule(rules("north").without(Field.USER_GRADES));
        each(house -> {
            for (int n = 0; n < MANY; n++) {
                house.world.student("leaves-" + n, "Leaves" + n, "Family", "north", "05");
            }
            house.world.commit();
        });
        alike("before");
        older(one);
        alike("in one of them, many went up a grade");
        older(other);
        each(house -> {
            for (int n = 0; n < MANY; n++) {
                house.world.remove(Entity.USER, "leaves-" + n);
            }
            house.world.commit();
        });
        rule(rules("north").without(Field.USER_GRADES).version(2).grades("05"));
        alike("taken");
        hides("\"Given8\"");
        shows("Leaves8");
    }

    @Test
    @DisplayName("it, and an import that removes too many is held beside a new version all the same")
    void heldBesideAnEdit() {
        alike("before");
        address();
        each(house -> {
            for (int n = 0; n < MANY; n++) {
                house.world.remove(Entity.USER, "many-" + n);
            }
            house.world.commit();
        });
        rule(rules("district").version(2));
        alike("both");
        shows("Given7");
        shows("Far7");
        each(house -> assertEquals(
                MANY,
                house.guard
                        .hold(RULE)
                        .orElseThrow()
                        .open(Entity.USER, Hold.Way.REMOVALS)
                        .getCardinality()));
    }
}
