package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rosterkeep.oracle.Papers;
import org.rosterkeep.oracle.Pull;
import org.rosterkeep.rules.Checked;
import org.rosterkeep.rules.Problem;

/// Files that must not be taken, and what is said of them.
final class FloorSaved {
    private FloorSaved() {}

    static Set<String> prohibitedPurposes() throws IOException {
        var file = Files.readString(Path.of("src/main/resources/org/rosterkeep/rules/purposes.json"));
        return Pull.json(file).getJsonObject("prohibited").keySet();
    }

    static String purpose(String rule, String code) {
        var purpose = Json.createObjectBuilder(Pull.json(rule).getJsonObject("purpose"))
                .add("code", code)
                .build();
        return FloorDistrict.change(rule, Map.of("purpose", purpose));
    }

    static String basis(String rule, String word) {
        return FloorDistrict.change(
                rule, Map.of("basis", Json.createObjectBuilder().add("EU", word).build()));
    }

    static String without(String rule, String key) {
        return Json.createObjectBuilder(Pull.json(rule)).remove(key).build().toString();
    }

    /// What is said of a rule file.
    ///
    /// @param where its place in the file, or the code it must name
    static String problem(FloorDistrict district, String rule, String where) {
        return found(district.problems(rule), where);
    }

    private static String found(List<Problem> problems, String where) {
        return problems.stream()
                .filter(one -> one.pointer().equals(where) || one.what().contains("(" + where + ")"))
                .map(Problem::what)
                .findFirst()
                .orElseThrow(() -> new AssertionError(where + ": " + problems));
    }

    static String country(FloorDistrict district, String country) {
        var rules = FloorDistrict.everything("saved");
        JsonObject there = Json.createObjectBuilder().add("country", country).build();
        var file =
                FloorDistrict.change(district.file(rules, AbroadCases.fresh(district)), Map.of("destination", there));
        return problem(district, file, "F07");
    }

    /// No agreement may schedule an element that never leaves; so no rule under one can give it.
    static String scheduled(FloorDistrict district) {
        var said = "";
        for (var id : List.of("id.ssn", "id.password", "demo.biometric", "demo.age13plus", "tech.usage", "other")) {
            var ids = Json.createArrayBuilder(
                    Pull.json(Papers.agreement()).getJsonArray("schedule").getValuesAs(JsonString.class));
            var file = FloorCases.agreement("schedule", ids.add(id).build());
            var problems = switch (district.rooms().book().papers().putAgreement(FloorDistrict.bytes(file), "test")) {
                case Checked.Flawed<?>(var found) -> found;
                case Checked.Sound<?> _ -> throw new AssertionError(id);
            };
            said = problems.getFirst().what();
        }
        return said;
    }
}
