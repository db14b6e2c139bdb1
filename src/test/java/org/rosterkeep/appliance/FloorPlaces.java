package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.oracle.Pull;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.rules.Treatment;

/// Each element that tells of a place, by itself as far as OneRoster allows (F16): a rule that gives the
/// demographics of
/// the pupils and no place gives a protected pupil; with one field of the element more it does not.
final class FloorPlaces {
    private static final String PEOPLE = "src/main/resources/org/rosterkeep/rights/people.json";
    private static final SourcedId PUPIL = SourcedId.of(FloorRoster.PUPIL);
    private static final String GIVEN = "\"sourcedId\":\"" + FloorRoster.PUPIL + "\",\"status\":\"active\"";
    private final FloorDistrict town;

    FloorPlaces(FloorDistrict town) {
        this.town = town;
    }

    static Set<String> elements() throws IOException {
        var ids = new TreeSet<String>();
        Pull.json(Files.readString(Path.of(PEOPLE)))
                .getJsonObject("place")
                .getJsonArray("elements")
                .getValuesAs(JsonString::getString)
                .forEach(ids::add);
        return ids;
    }

    /// The demographics alone, which tell of no place.
    private static Rules bare() {
        Map<Field, Treatment> grants = new EnumMap<>(Field.class);
        grants.put(Field.DEMOGRAPHICS_SEX, new Treatment.AsIs());
        return Rules.least("north")
                .giving(grants)
                .roles("student", "teacher")
                .named("placeless")
                .passingIdsThrough();
    }

    /// Nothing is said against a protected pupil in a rule that tells of no place.
    void placeless() {
        town.activate(bare(), Map.of());
        protect();
        assertTrue(given("placeless"), "the demographics alone");
        unprotect();
    }

    /// @return what was seen for the element, a line for each field that carries it; none when no field does
    List<String> seen(String element) {
        var fields = Field.given().values().stream()
                .filter(field -> elements(field).contains(element))
                .sorted()
                .toList();
        return fields.stream().map(field -> seen(element, field)).toList();
    }

    private String seen(String element, Field field) {
        var name = "place-" + (field.entity().one() + "-" + field.wire()).toLowerCase(java.util.Locale.ROOT);
        var rules = with(field).named(name);
        town.activate(rules, Map.of());
        assertTrue(given(name), name + " before anybody is protected");
        protect();
        assertFalse(given(name), name);
        assertTrue(town.ask(name, "/demographics?limit=1000").contains("\"status\":\"active\""), "the others stay");
        var sentence = town.explained(name, Field.DEMOGRAPHICS_SEX).sentence();
        assertTrue(sentence.contains("F16"), sentence);
        unprotect();
        assertTrue(given(name), name + " afterwards");
        town.rooms().book().revoke(name, "test");
        var besides = new TreeSet<String>();
        rules.grants().keySet().forEach(one -> besides.addAll(elements(one)));
        besides.remove(element);
        besides.retainAll(place());
        return field.entity().one() + "." + field.wire()
                + (besides.isEmpty()
                        ? ", alone"
                        : ", with " + String.join(", ", besides) + ", which no such record lacks");
    }

    private static Set<String> place() {
        try {
            return elements();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// The fewest fields besides with which a rule that gives this one can be handed in.
    private Rules with(Field field) {
        Map<Field, Treatment> own = new EnumMap<>(bare().grants());
        Map<Field, Treatment> places = new EnumMap<>(bare().grants());
        Map<Field, Treatment> all = new EnumMap<>(bare().grants());
        Rules.least("north").grants().forEach((one, treatment) -> {
            if (one.entity() == field.entity()) {
                own.put(one, treatment);
            }
            if (one.entity() != Entity.USER && one.entity() != Entity.ENROLLMENT || one.entity() == field.entity()) {
                places.put(one, treatment);
            }
            all.put(one, treatment);
        });
        for (var grants : List.of(own, places, all)) {
            var rules = bare().giving(grants).with(field, new Treatment.AsIs());
            if (town.problems(town.file(rules.named("place-probe"), Map.of())).isEmpty()) {
                return rules;
            }
        }
        throw new AssertionError(field + ": " + town.problems(town.file(bare().giving(all), Map.of())));
    }

    private static Set<String> elements(Field field) {
        return Charter.shipped().elements(field, bare().rule().scope());
    }

    private boolean given(String client) {
        return town.ask(client, "/demographics?limit=1000").contains(GIVEN);
    }

    private void protect() {
        town.rooms().rights().taking().protect(PUPIL, "made up", Set.of(), town.act());
    }

    private void unprotect() {
        int number = FloorCases.newest(town, PUPIL);
        town.two(one ->
                town.rooms().rights().giving().liftProtection(PUPIL, number, "made up", one, town.clock.instant()));
        assertEquals(number, FloorCases.newest(town, PUPIL));
    }
}
