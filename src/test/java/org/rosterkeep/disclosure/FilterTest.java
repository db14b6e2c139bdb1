package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rosterkeep.disclosure.Filter.Op;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Treatment;

@DisplayName("A filter")
class FilterTest {
    private final House house = new House(Town.make(), Rules.whole("district").rule());

    private Set<String> given(House.Question question) {
        Set<String> names = new TreeSet<>();
        question.records().forEach(record -> names.add(House.text(record, "givenName")));
        return names;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "givenName | EQ | ada | Ada",
                "givenName | CONTAINS | E | Evelyn,Tee",
                "familyName | GE | the | Sou",
                "grades | EQ | 05 | Ada,Cy",
                "roles.role | EQ | teacher | Sou,Tee",
                "roles.role | EQ | aide | Tee",
                "userIds.identifier | EQ | 12345 | Evelyn",
                "username | EQ | u-ada | Ada",
                "preferredFirstName | NE | Eve | Ada,Bö,Cy,Par,Sou,Tee,李",
                "status | EQ | tobedeleted | ",
                "dateLastModified | LE | 2026-10-05T06:30:00Z | Ada,Bö,Cy,Evelyn,Par,Sou,Tee,李",
                "dateLastModified | GT | 2026-10-05 | Ada,Bö,Cy,Evelyn,Par,Sou,Tee,李",
                "enabledUser | EQ | TRUE | Ada,Bö,Cy,Evelyn,Par,Sou,Tee,李"
            })
    @DisplayName("compares as the standard's users expect")
    void compares(String field, Op op, String value, String expected) {
        Set<String> names = expected == null ? Set.of() : new TreeSet<>(List.of(expected.split(",")));
        assertEquals(names, given(house.ask(Collection.USERS).where(field, op, value)));
    }

    @Test
    @DisplayName("joins clauses")
    void joins() {
        Filter fifth = new Filter.Clause("grades", Op.EQ, "05");
        Filter ada = new Filter.Clause("givenName", Op.EQ, "Ada");
        Filter tee = new Filter.Clause("givenName", Op.EQ, "Tee");
        Filter active = new Filter.Clause("status", Op.EQ, "active");
        assertEquals(
                Set.of("Ada"), given(house.ask(Collection.USERS).where(new Filter.And(List.of(fifth, ada, active)))));
        assertEquals(
                Set.of("Ada", "Cy", "Tee"),
                given(house.ask(Collection.USERS).where(new Filter.Or(List.of(fifth, tee)))));
    }

    @Test
    @DisplayName("reaches through references by outward id")
    void references() {
        String klass = House.text(
                house.ask(Collection.CLASSES)
                        .where("title", Op.EQ, "Math North")
                        .records()
                        .getFirst(),
                "sourcedId");
        assertEquals(
                4,
                house.ask(Collection.ENROLLMENTS)
                        .where("class.sourcedId", Op.EQ, klass)
                        .records()
                        .size());
    }

    @ParameterizedTest
    @CsvSource({
        "familyName",
        "familyName.x",
        "noSuchField",
        "Givenname",
        "metadata.x",
        "age13plus",
        "''",
        "'.'",
        "roles",
        "org.name"
    })
    @DisplayName("on a withheld field is refused like one on a field that does not exist")
    void withheld(String field) {
        House narrow = new House(
                Town.make(),
                Rules.whole("district").without(Field.USER_FAMILY_NAME).rule());
        assertEquals(
                new Outcome.Mistaken(Outcome.Mistake.FILTER_FIELD),
                narrow.ask(Collection.USERS).where(field, Op.EQ, "x").outcome());
        assertEquals(400, narrow.account.last().status());
    }

    @ParameterizedTest
    @CsvSource({"enabledUser,EQ,maybe", "enabledUser,GT,true", "dateLastModified,GT,yesterday"})
    @DisplayName("with a value that cannot be compared is a mistake of its own")
    void value(String field, Op op, String value) {
        assertEquals(
                new Outcome.Mistaken(Outcome.Mistake.FILTER_VALUE),
                house.ask(Collection.USERS).where(field, op, value).outcome());
    }

    @Test
    @DisplayName("sees what the client sees, not what is stored")
    void treated() {
        House initials = new House(
                Town.make(),
                Rules.whole("district")
                        .with(Field.USER_GIVEN_NAME, new Treatment.Initial())
                        .rule());
        assertEquals(Set.of(), given(initials.ask(Collection.USERS).where("givenName", Op.EQ, "Ada")));
        assertEquals(Set.of("A."), given(initials.ask(Collection.USERS).where("givenName", Op.EQ, "A.")));
    }

    @Test
    @DisplayName("leaves its order to a sort, absent values first and ties by outward id")
    void sorts() {
        List<String> names = house.ask(Collection.USERS).sorted("givenName", false).records().stream()
                .map(record -> House.text(record, "givenName"))
                .toList();
        assertEquals(List.of("Ada", "Bö", "Cy", "Evelyn", "Par", "Sou", "Tee", "李"), names);
        List<String> preferred = house.ask(Collection.USERS).sorted("preferredFirstName", false).records().stream()
                .map(record -> House.text(record, "preferredFirstName"))
                .toList();
        assertEquals("Eve", preferred.getLast());
        List<String> ids = house.ask(Collection.USERS).sorted("enabledUser", true).records().stream()
                .map(record -> House.text(record, "sourcedId"))
                .toList();
        assertEquals(ids.stream().sorted().toList(), ids);
    }

    @Test
    @DisplayName("and a sort and a selection are forgiven by 1.1, which says so behind the data")
    void forgiven() {
        assertEquals(
                new Outcome.Mistaken(Outcome.Mistake.SORT_FIELD),
                house.ask(Collection.USERS).sorted("nothing", false).outcome());
        assertEquals(
                new Outcome.Mistaken(Outcome.Mistake.SELECTION_FIELD),
                house.ask(Collection.USERS).fields("nothing").outcome());
        String text = house.ask(Collection.USERS)
                .in(Wire.V1P1)
                .sorted("nothing", false)
                .fields("nothing")
                .text();
        assertEquals(8, House.records(text).size());
        assertEquals(2, text.split("\"warning\"", -1).length - 1);
    }
}
