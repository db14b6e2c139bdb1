package org.rosterkeep.oracle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.vendors.Golden;

/// The field dictionary as a text that a person can review: whoever changes what is kept or who may get it changes this
/// file too, and somebody reads the difference.
@DisplayName("The field dictionary")
class DictionaryTest {
    private static final String ROW = "%-54s %-24s %-32s %-8s %s";

    @Test
    @DisplayName("is the golden list: field, element, what happens when it is withheld, kept, who may get it")
    void golden() throws IOException {
        Catalogue catalogue = Catalogue.shipped();
        Charter charter = Charter.shipped();
        List<String> lines = new ArrayList<>();
        lines.add(ROW.formatted("FIELD", "ELEMENT", "WHEN WITHHELD OR EMPTY", "KEPT", "WHO MAY GET IT"));
        for (Field field : Field.values()) {
            Catalogue.Element element = catalogue.find(field.element()).orElseThrow();
            String name =
                    field.need() == Field.Need.INTERNAL ? field.entity().one() + ", our own: " + field : field.path();
            lines.add(ROW.formatted(
                    name,
                    element.id(),
                    withheld(field.need()),
                    element.kept() ? "yes" : "no",
                    who(field, element, charter)));
        }
        Golden.check("dictionary.txt", String.join("\n", lines) + "\n");
    }

    private static String withheld(Field.Need need) {
        return switch (need) {
            case ENVELOPE -> "never: always an id";
            case OPTIONAL -> "left out";
            case STAND_IN -> "a constant stands in";
            case ALIAS -> "the record's outward id stands in";
            case GRANT -> "the record is not released";
            case INTERNAL -> "never leaves";
        };
    }

    private static String who(Field field, Catalogue.Element element, Charter charter) {
        if (field.need() == Field.Need.INTERNAL || element.forward() == Catalogue.Forward.NEVER) {
            return "nobody";
        }
        if (field.need() == Field.Need.ENVELOPE) {
            return "every client, as a pseudonym of its vendor; the source's own id: a rule that passes ids through,"
                    + " with a reason";
        }
        Set<String> purposes = new TreeSet<>(charter.purposesOf(element.id()));
        String rule = (purposes.isEmpty() ? "a rule" : "a rule for " + String.join(", ", purposes))
                + switch (element.sensitivity()) {
                    case NO -> "";
                    case ELEVATED -> " that gives a reason";
                    case SPECIAL -> " that gives a reason, a condition and two more signatures";
                    case CREDENTIAL, PROHIBITED -> " (never)";
                };
        return rule + ": " + String.join(", ", new TreeSet<>(charter.treatments(field)));
    }
}
