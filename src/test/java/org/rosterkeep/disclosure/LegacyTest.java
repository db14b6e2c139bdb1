package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

@DisplayName("OneRoster 1.1")
class LegacyTest {
    private static World town() {
        World world = Town.make();
        world.user("cou", "Cou", "Nselor", List.of(new World.Role("counselor", "north", true)), Map.of());
        world.enroll("e8", "cou", "math-n", "north", "ext:visitor");
        world.klass("odd", "Odd", "math", "north", "fall").org("odd-org", "Odd", "ext:annex", "district");
        return world.commit();
    }

    private final House house = new House(
            town(),
            Rules.whole("district")
                    .roles("student", "teacher", "parent", "aide", "counselor", "ext:visitor")
                    .rule());

    @Test
    @DisplayName("leaves out whom it cannot express, and its total agrees")
    void leftOut() {
        assertEquals(9, house.ask(Collection.USERS).disclosure().total());
        Disclosure legacy = house.ask(Collection.USERS).in(Wire.V1P1).disclosure();
        assertEquals(8, legacy.total());
        assertEquals(8, House.records(House.Question.text(legacy)).size());
        assertEquals(8, house.ask(Collection.ENROLLMENTS).disclosure().total());
        assertEquals(
                7, house.ask(Collection.ENROLLMENTS).in(Wire.V1P1).disclosure().total());
        assertFalse(house.ask(Collection.ORGS).in(Wire.V1P1).text().contains("ext:"));
    }

    @Test
    @DisplayName("has one role and all orgs, truth without quotes, and always a username")
    void user() {
        Map<String, Json.Node> tee = house.ask(Collection.TEACHERS)
                .in(Wire.V1P1)
                .where("givenName", Filter.Op.EQ, "Tee")
                .records()
                .getFirst();
        assertEquals("teacher", House.text(tee, "role"));
        assertEquals(2, ((Json.Node.Items) tee.get("orgs")).items().size());
        assertEquals(House.text(tee, "sourcedId"), House.text(tee, "username"));
        assertFalse(tee.containsKey("roles") || tee.containsKey("primaryOrg"));
        assertTrue(house.ask(Collection.USERS).in(Wire.V1P1).text().contains("\"enabledUser\":true"));
    }

    @Test
    @DisplayName("filters by its own names and not by those of 1.2")
    void names() {
        assertEquals(
                2,
                house.ask(Collection.USERS)
                        .in(Wire.V1P1)
                        .where("role", Filter.Op.EQ, "teacher")
                        .records()
                        .size());
        assertEquals(
                new Outcome.Mistaken(Outcome.Mistake.FILTER_FIELD),
                house.ask(Collection.USERS)
                        .in(Wire.V1P1)
                        .where("roles.role", Filter.Op.EQ, "teacher")
                        .outcome());
    }

    @Test
    @DisplayName("keeps the phone of nobody who is not known to be 13, whatever the version")
    void phones() {
        World world = Town.make();
        world.user(
                "kid",
                "Kid",
                "Small",
                List.of(new World.Role("student", "north", true)),
                Map.of(Field.USER_SMS, "+1 555 0199", Field.USER_GRADES, "01"));
        House account = new House(world.commit(), Rules.whole("district").rule());
        assertTrue(account.ask(Collection.USERS).text().contains("555 0100"));
        assertFalse(account.ask(Collection.USERS).text().contains("555 0199"));
        House library =
                new House(world, Rules.whole("district").purpose("library").rule());
        assertFalse(library.ask(Collection.USERS).text().contains("555"));
        assertEquals(9, library.world.relations().live(Entity.USER).getCardinality());
    }
}
