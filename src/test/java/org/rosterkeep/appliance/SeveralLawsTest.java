package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.rosterkeep.appliance.FloorCases.list;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.oracle.Papers;
import org.rosterkeep.oracle.Pull;

/// A district under three laws at once, through the door: what each of them asks for is asked for alone, and
/// the strictest
/// counts.
@DisplayName("Under three laws at once a vendor is answered")
class SeveralLawsTest {
    private static final String DISTRICT = """
        {"legalName": "Made-up School", "kind": "public-authority", "country": "DE",
         "packs": ["EU", "US-FERPA", "US-NY"], "statements": {"bill_of_rights": "web site, rights"},
         "privacyContact": {"name": "somebody (made up)", "address": "privacy@school.example"},
         "dataProtectionOfficer": {"name": "somebody else (made up)", "address": "dpo@school.example"},
         "regulator": {"name": "a regulator (made up)", "address": "regulator.example"}}\
        """;
    private static final String VENDOR = FloorDistrict.change(Papers.VENDOR, Map.of("countries", list("DE")));
    private static final JsonObject BOTH = Json.createObjectBuilder()
            .add("EU", "public_task")
            .add("US-FERPA", "school_official")
            .build();
    private static final String USERS = "/users?limit=1000";

    private static String agreement() {
        var statements = Json.createObjectBuilder()
                .add("supplemental_information", "web site, page 7")
                .build();
        return FloorDistrict.change(Papers.agreement(), Map.of("statements", statements));
    }

    private static JsonObject written(JsonObject rule) {
        var there = Json.createObjectBuilder().add("country", "DE").build();
        var assessment = Json.createObjectBuilder()
                .add("reference", "a made-up assessment")
                .add("made", "2026-09-01")
                .add("consultation", "not-needed")
                .build();
        return Pull.json(FloorDistrict.change(
                rule.toString(), Map.of("basis", BOTH, "destination", there, "assessment", assessment)));
    }

    private static String lacking(String clause) {
        var clauses = new TreeSet<String>();
        Pull.json(agreement())
                .getJsonArray("clauses")
                .getValuesAs(JsonString::getString)
                .forEach(clauses::add);
        assertTrue(clauses.remove(clause), clause);
        return FloorDistrict.change(agreement(), Map.of("clauses", list(clauses.toArray(String[]::new))));
    }

    @Test
    @DisplayName("only while the basis, the clauses and the statements of every one of them are there")
    void together(@TempDir Path directory) throws IOException {
        var papers = Map.of("district", DISTRICT, "vendor", VENDOR, "agreement", agreement());
        UnaryOperator<JsonObject> written = SeveralLawsTest::written;
        try (var school = new FloorDistrict(directory, papers, written)) {
            var rules = FloorDistrict.everything(FloorDistrict.VENDOR);
            for (var law : BOTH.keySet()) {
                var one = Json.createObjectBuilder(BOTH).remove(law).build();
                var file = FloorDistrict.change(school.file(rules, Map.of()), Map.of("basis", one));
                assertTrue(FloorSaved.problem(school, file, "/basis").contains("(F06)"), law);
            }
            school.activate(rules, Map.<String, JsonValue>of());
            assertTrue(school.ask(FloorDistrict.VENDOR, USERS).startsWith("200"));
            // Of the three packs these clauses are each asked for by one alone.
            for (var clause : new String[] {"rights_assistance", "direct_control", "encryption"}) {
                school.agreement(lacking(clause));
                refused(school, "F03");
                school.agreement(agreement());
                assertTrue(school.ask(FloorDistrict.VENDOR, USERS).startsWith("200"), clause);
            }
            school.agreement(Papers.agreement());
            refused(school, "F03");
            school.agreement(agreement());
            school.district(DISTRICT.replace("\"statements\": {\"bill_of_rights\": \"web site, rights\"},", ""));
            refused(school, "F06");
            school.district(DISTRICT);
            school.vendor(FloorDistrict.change(VENDOR, Map.of("remoteAccess", list("IN"))));
            refused(school, "F07");
            school.vendor(VENDOR);
            assertTrue(school.ask(FloorDistrict.VENDOR, USERS).startsWith("200"));
        }
    }

    private static void refused(FloorDistrict school, String floor) {
        assertEquals(school.ask(FloorDistrict.NOBODY, USERS), school.ask(FloorDistrict.VENDOR, USERS));
        assertEquals(floor, school.floor(FloorDistrict.VENDOR));
    }
}
