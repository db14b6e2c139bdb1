package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Treatment;

/// Against the official OpenAPI 1.2 file, whatever a rule withholds.
@DisplayName("Every answer is valid against the official schema")
class SchemaTest {
    private static final Map<Entity, String> SETS = Map.of(
            Entity.ORG, "Org",
            Entity.ACADEMIC_SESSION, "AcademicSession",
            Entity.COURSE, "Course",
            Entity.CLASS, "Class",
            Entity.USER, "User",
            Entity.ENROLLMENT, "Enrollment",
            Entity.DEMOGRAPHICS, "Demographics");

    @ParameterizedTest
    @EnumSource(Collection.class)
    @DisplayName("for a rule that gives everything")
    void everything(Collection collection) throws IOException {
        valid(collection, Rules.whole("district"));
    }

    @ParameterizedTest
    @EnumSource(Collection.class)
    @DisplayName("for a rule that gives the least there is")
    void least(Collection collection) throws IOException {
        valid(collection, Rules.least("district"));
    }

    @ParameterizedTest
    @EnumSource(Collection.class)
    @DisplayName("for every treatment")
    void treated(Collection collection) throws IOException {
        valid(
                collection,
                Rules.whole("district")
                        .with(Field.USER_GIVEN_NAME, new Treatment.Preferred())
                        .with(Field.USER_FAMILY_NAME, new Treatment.Initial())
                        .with(Field.USER_USERNAME, new Treatment.Pseudonym())
                        .with(Field.CLASS_TITLE, new Treatment.Constant("A \"class\" \\ \u00fc"))
                        .with(Field.DEMOGRAPHICS_BIRTH_DATE, new Treatment.Coarse())
                        .with(Field.ENROLLMENT_BEGIN_DATE, new Treatment.Coarse()));
    }

    @ParameterizedTest
    @EnumSource(Collection.class)
    @DisplayName("with the source system's ids")
    void passedThrough(Collection collection) throws IOException {
        valid(collection, Rules.whole("district").passingIdsThrough());
    }

    @ParameterizedTest
    @EnumSource(Collection.class)
    @DisplayName("with tombstones")
    void tombstones(Collection collection) throws IOException {
        House house = new House(Town.make(), Rules.whole("district").rule());
        house.ask(collection).text();
        house.world
                .remove(Entity.ORG, "south")
                .remove(Entity.ACADEMIC_SESSION, "fall-1")
                .remove(Entity.CLASS, "math-n")
                .remove(Entity.COURSE, "art")
                .remove(Entity.USER, "ada")
                .remove(Entity.USER, "sou")
                .remove(Entity.ENROLLMENT, "e2")
                .remove(Entity.DEMOGRAPHICS, "cy")
                .commit();
        house.clock.forward(Duration.ofDays(1));
        valid(house, collection);
    }

    private static void valid(Collection collection, Rules rules) throws IOException {
        valid(new House(Town.make(), rules.rule()), collection);
    }

    private static void valid(House house, Collection collection) throws IOException {
        String type = SETS.get(collection.entity());
        String text = house.ask(collection).text();
        assertEquals(List.of(), schema(type + "SetDType").validate(text, InputFormat.JSON), text);
        List<Map<String, Json.Node>> records = House.records(text);
        assertFalse(records.isEmpty(), "a test of nothing");
        for (Map<String, Json.Node> record : records) {
            String one =
                    house.ask(collection).one(House.text(record, "sourcedId")).text();
            assertEquals(List.of(), schema("Single" + type + "DType").validate(one, InputFormat.JSON), one);
        }
    }

    private static Schema schema(String name) throws IOException {
        try (InputStream in = SchemaTest.class.getResourceAsStream("onerosterv1p2rostersservice_openapi3_v1p0.json")) {
            String file = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String rooted = "{\"$ref\":\"#/components/schemas/" + name + "\"," + file.substring(file.indexOf('{') + 1);
            return SchemaRegistry.withDialect(Dialects.getOpenApi30()).getSchema(rooted, InputFormat.JSON);
        }
    }
}
