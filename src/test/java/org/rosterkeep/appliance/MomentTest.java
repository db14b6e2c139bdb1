package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rosterkeep.roster.Field;

@DisplayName("The moment and the field of a question")
class MomentTest {
    private static final Instant NOW = Instant.parse("2027-03-30T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-10-05T08:30:00Z, 2026-10-05T08:30:00Z",
        "2026-10-05T08:30Z, 2026-10-05T08:30:00Z",
        "2026-10-05T08:30+02:00, 2026-10-05T06:30:00Z",
        "2026-10-05T08:30[America/New_York], 2026-10-05T12:30:00Z",
        "2026-10-25T02:30+02:00[Europe/Berlin], 2026-10-25T00:30:00Z",
        "2026-10-25T02:30+01:00[Europe/Berlin], 2026-10-25T01:30:00Z",
        "2026-10-05, 2026-10-05T23:59:59.999999999Z",
        "2027-03-30, 2027-03-30T12:00:00Z"
    })
    @DisplayName("is one instant, and the answer says which")
    void instants(String text, String meant) {
        var moment = Moment.of(text, NOW);
        assertEquals(Instant.parse(meant), moment.at());
        assertTrue(moment.words().startsWith(meant), moment.words());
    }

    @Test
    @DisplayName("of a date alone is the end of that day in UTC; of today it is now; both in words")
    void days() {
        assertTrue(Moment.of("2026-10-05", NOW).words().endsWith("the last instant of 2026-10-05 in UTC"));
        assertTrue(Moment.of("2027-03-30", NOW).words().contains("not over"));
        assertTrue(Moment.of("2026-10-05T08:30+02:00", NOW).words().contains("2026-10-05T08:30+02:00"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-25T02:30[Europe/Berlin], That time came twice.",
        "2027-03-28T02:30[Europe/Berlin], That time never came.",
        "2026-10-05T08:30+05:00[Europe/Berlin], That offset does not fit that zone.",
        "2026-10-05T08:30, That time does not say where it is meant.",
        "2027-03-30T12:00:01Z, That moment has not come yet.",
        "2027-03-31, That moment has not come yet.",
        "2026-02-30, That is not a date or a time.",
        "yesterday, That is not a date or a time.",
        "2026-10-05T08:30[Nowhere/Town], That is not a date or a time."
    })
    @DisplayName("is asked for again when it is none, came twice, never came, or is still to come")
    void refused(String text, String what) {
        var trouble = assertThrows(Trouble.class, () -> Moment.of(text, NOW));
        assertEquals(what, trouble.what());
        assertEquals(Exit.WRONG_USE, trouble.exit());
    }

    @Test
    @DisplayName("that came twice is told with both its instants")
    void twice() {
        var trouble = assertThrows(Trouble.class, () -> Moment.of("2026-10-25T02:30[Europe/Berlin]", NOW));
        assertTrue(trouble.why().contains("2026-10-25T00:30:00Z and 2026-10-25T01:30:00Z"), trouble.why());
    }

    @ParameterizedTest
    @CsvSource({
        "user.givenName, USER_GIVEN_NAME",
        "users.givenName, USER_GIVEN_NAME",
        "givenName, USER_GIVEN_NAME",
        "USER_GIVEN_NAME, USER_GIVEN_NAME",
        "birthDate, DEMOGRAPHICS_BIRTH_DATE",
        "birthdate, DEMOGRAPHICS_BIRTH_DATE",
        "user.role, USER_ROLES",
        "users.orgs, USER_ROLES",
        "enrollment.role, ENROLLMENT_ROLE"
    })
    @DisplayName("has the field's name of 1.1, of 1.2 or our own")
    void names(String name, Field field) {
        assertEquals(field, AskedField.of(name));
    }

    @Test
    @DisplayName("wants the record's name where two records have such a field, and knows no field that never leaves")
    void ambiguous() {
        var two = assertThrows(Trouble.class, () -> AskedField.of("role"));
        assertEquals("It may be user.roles or enrollment.role.", two.why());
        var none = assertThrows(Trouble.class, () -> AskedField.of("user.givenNme"));
        assertEquals("Did you mean user.givenName?", none.todo());
        assertThrows(Trouble.class, () -> AskedField.of("user.sourcedId"));
        assertThrows(Trouble.class, () -> AskedField.of("USER_AGE_13_PLUS"));
    }
}
