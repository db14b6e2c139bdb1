package org.rosterkeep.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.roster.Field;

@DisplayName("What a vendor says it needs")
class VendorNeedsTest {
    private static final String NEEDS = "[\"class.title\", \"user.givenName\", \"user.familyName\"]";

    private final PaperFile papers = new PaperFile(Charter.shipped(), Book.ELEMENTS);

    private Checked<Vendor> read(String needs) {
        return papers.vendor(RuleBookTest.example("vendor", text -> text.replace(NEEDS, needs)));
    }

    private Vendor sound(String needs) {
        return ((Checked.Sound<Vendor>) read(needs)).value();
    }

    @Test
    @DisplayName("is kept with the vendor's file and survives being stopped")
    void kept() {
        var vendor = sound("[\"user.email\"]");
        assertEquals(Set.of(Field.USER_EMAIL), vendor.needs());
        var again = papers.vendor(papers.write(vendor.standing(new Vendor.Standing.Suspended())));
        assertEquals(
                Set.of(Field.USER_EMAIL),
                ((Checked.Sound<Vendor>) again).value().needs());
        assertEquals(Set.of(), sound("[]").needs());
    }

    @Test
    @DisplayName("is made of fields a rule can give; another is refused with the place and the nearest word")
    void unknown() {
        var problem =
                ((Checked.Flawed<Vendor>) read("[\"user.emial\"]")).problems().getFirst();
        assertEquals("/needs/0", problem.pointer());
        assertTrue(problem.remedy().contains("user.email"), problem.remedy());
        assertTrue(read("[\"user.sourcedId\"]") instanceof Checked.Flawed<Vendor>);
    }
}
