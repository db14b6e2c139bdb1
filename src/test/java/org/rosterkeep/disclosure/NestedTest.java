package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Reason;

@DisplayName("A nested path")
class NestedTest {
    private final House house = new House(Town.make(), Rules.whole("district").rule());

    private String id(Collection collection, String field, String value) {
        return House.text(
                house.ask(collection)
                        .where(field, Filter.Op.EQ, value)
                        .records()
                        .getFirst(),
                "sourcedId");
    }

    private static String names(List<Map<String, Json.Node>> records, String property) {
        return records.stream()
                .map(record -> House.text(record, property))
                .sorted()
                .collect(Collectors.joining(","));
    }

    @Test
    @DisplayName("goes by enrolment inside a class, by role inside a school")
    void members() {
        String north = id(Collection.SCHOOLS, "name", "North School");
        String math = id(Collection.CLASSES, "title", "Math North");
        String fall = id(Collection.TERMS, "title", "Fall");
        assertEquals(
                "Ada,B\u00f6,Evelyn",
                names(
                        house.ask(Collection.STUDENTS)
                                .under(Collection.CLASSES, math)
                                .records(),
                        "givenName"));
        assertEquals(
                "Tee",
                names(
                        house.ask(Collection.TEACHERS)
                                .under(Collection.SCHOOLS, north)
                                .under(Collection.CLASSES, math)
                                .records(),
                        "givenName"));
        assertEquals(
                "Ada,B\u00f6,Evelyn",
                names(
                        house.ask(Collection.STUDENTS)
                                .under(Collection.SCHOOLS, north)
                                .records(),
                        "givenName"));
        assertEquals(
                "Mathematics",
                names(
                        house.ask(Collection.COURSES)
                                .under(Collection.SCHOOLS, north)
                                .records(),
                        "title"));
        assertEquals(
                "Fall",
                names(
                        house.ask(Collection.TERMS)
                                .under(Collection.SCHOOLS, north)
                                .records(),
                        "title"));
        assertEquals(
                "Fall 1,Fall 2",
                names(
                        house.ask(Collection.GRADING_PERIODS)
                                .under(Collection.TERMS, fall)
                                .records(),
                        "title"));
        assertEquals(
                "Art South,Math North,Math South",
                names(
                        house.ask(Collection.CLASSES)
                                .under(Collection.TERMS, fall)
                                .records(),
                        "title"));
        String tee = id(Collection.TEACHERS, "givenName", "Tee");
        assertEquals(
                "Math North",
                names(
                        house.ask(Collection.CLASSES)
                                .under(Collection.TEACHERS, tee)
                                .records(),
                        "title"));
        assertEquals(
                4,
                house.ask(Collection.ENROLLMENTS)
                        .under(Collection.SCHOOLS, north)
                        .records()
                        .size());
    }

    @Test
    @DisplayName("answers alike for an unknown, a hidden and a misplaced parent")
    void parents() {
        Outcome unknown = new Outcome.Mistaken(Outcome.Mistake.UNKNOWN_OBJECT);
        String north = id(Collection.SCHOOLS, "name", "North School");
        String south = id(Collection.CLASSES, "title", "Math South");
        String district = id(Collection.ORGS, "type", "district");
        assertEquals(
                unknown,
                house.ask(Collection.STUDENTS)
                        .under(Collection.SCHOOLS, "nothing")
                        .outcome());
        assertEquals(
                unknown,
                house.ask(Collection.STUDENTS)
                        .under(Collection.SCHOOLS, district)
                        .outcome());
        assertEquals(
                unknown,
                house.ask(Collection.STUDENTS)
                        .under(Collection.SCHOOLS, north)
                        .under(Collection.CLASSES, south)
                        .outcome());
        assertEquals(
                unknown,
                house.ask(Collection.TEACHERS)
                        .one(id(Collection.STUDENTS, "givenName", "Ada"))
                        .outcome());
    }

    @Test
    @DisplayName("that would tell about enrolments needs a rule that gives enrolments")
    void connection() {
        String math = id(Collection.CLASSES, "title", "Math North");
        House narrow = new House(
                Town.make(), Rules.whole("district").without(Entity.ENROLLMENT).rule());
        assertEquals(
                new Outcome.Refused(Reason.ENTITY_NOT_GIVEN),
                narrow.ask(Collection.STUDENTS).under(Collection.CLASSES, math).outcome());
        assertTrue(narrow.ask(Collection.STUDENTS).records().size() > 1);
    }

    @Test
    @DisplayName("never counts what the rule withholds: without the field that connects there is no connection")
    void withheldConnection() {
        House narrow = new House(
                Town.make(),
                Rules.whole("district")
                        .without(Field.SESSION_PARENT, Field.SESSION_CHILDREN)
                        .rule());
        String fall = House.text(narrow.ask(Collection.TERMS).records().getFirst(), "sourcedId");
        assertEquals(
                0,
                narrow.ask(Collection.GRADING_PERIODS)
                        .under(Collection.TERMS, fall)
                        .records()
                        .size());
    }
}
