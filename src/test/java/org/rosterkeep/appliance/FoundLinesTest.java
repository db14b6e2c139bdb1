package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.intake.Finding;
import org.rosterkeep.intake.FindingCode;

class FoundLinesTest {
    private static final Finding NOTE = new Finding("categories.csv", 0, "", FindingCode.FILE_NOT_KEPT);
    private static final Finding MISSING = new Finding("users.csv", 1, "familyName", FindingCode.FILE_COLUMN_MISSING);

    @Test
    @DisplayName("what was not used comes before what was only noted")
    void worstFirst() {
        var lines = FoundLines.of(List.of(NOTE, MISSING));
        assertTrue(
                lines.getFirst().startsWith("  users.csv line 1 familyName file-column-missing: "), lines.getFirst());
        assertEquals(2, lines.size());
        assertTrue(FoundLines.partlyUnused(List.of(NOTE, MISSING)));
        assertFalse(FoundLines.partlyUnused(List.of(NOTE)));
    }

    @Test
    @DisplayName("the same in many rows is one line, with the first row's number and how many more")
    void alike() {
        var findings = new ArrayList<Finding>();
        for (int line = 2; line < 502; line++) {
            findings.add(new Finding("users.csv", line, "enabledUser", FindingCode.VALUE_NOT_ALLOWED));
        }
        findings.add(MISSING);
        var lines = FoundLines.of(findings);
        assertEquals(2, lines.size());
        assertTrue(lines.getLast().startsWith("  users.csv line 2 enabledUser value-not-allowed: "), lines.getLast());
        assertTrue(lines.getLast().endsWith(" (and 499 more like it)"), lines.getLast());
    }
}
