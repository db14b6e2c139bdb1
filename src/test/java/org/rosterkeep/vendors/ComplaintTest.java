package org.rosterkeep.vendors;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.disclosure.Wire;

class ComplaintTest {
    /// The rostering service's whole list (OneRoster section 5.1); the schema allows no other word.
    private static final Set<String> MINOR = Set.of(
            "fullsuccess",
            "invalid_filter_field",
            "invalid_selection_field",
            "invaliddata",
            "unauthorisedrequest",
            "forbidden",
            "server_busy",
            "unknownobject",
            "internal_server_error");

    @Test
    @DisplayName("the bodies are the golden ones")
    void golden() throws IOException {
        Golden.check(
                "complaints.txt",
                Arrays.stream(Complaint.values())
                        .map(complaint -> complaint.status() + " " + complaint.name() + "\n  1.2 "
                                + text(complaint, Wire.V1P2) + "\n  1.1 " + text(complaint, Wire.V1P1) + "\n")
                        .collect(Collectors.joining()));
    }

    @Test
    @DisplayName("a 1.2 body holds a word of the rostering service's list and nothing beyond the schema")
    void words() {
        for (Complaint complaint : Complaint.values()) {
            try (var reader = Json.createReader(new StringReader(text(complaint, Wire.V1P2)))) {
                var body = reader.readObject();
                var field = body.getJsonObject("imsx_CodeMinor")
                        .getJsonArray("imsx_codeMinorField")
                        .getJsonObject(0);
                assertTrue(MINOR.contains(field.getString("imsx_codeMinorFieldValue")), complaint.name());
                assertTrue(
                        body.keySet()
                                .equals(Set.of(
                                        "imsx_codeMajor", "imsx_severity", "imsx_description", "imsx_CodeMinor")),
                        complaint.name());
            }
        }
    }

    private static String text(Complaint complaint, Wire wire) {
        return new String(complaint.body(wire), StandardCharsets.UTF_8);
    }
}
