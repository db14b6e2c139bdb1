package org.rosterkeep.oracle;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Treatment;

/// Rules over a [TwinRoster], all of one vendor.
final class TwinRules {
    /// One that has said which elements are directory information, and has waited for whoever opts out.
    private static final String DISTRICT = """
        {"legalName": "Made-up District", "kind": "public-authority", "country": "US", "packs": ["US-FERPA"],
         "directory": {"by": "the board", "on": "2026-08-03", "notice": "web site", "noticed": "2026-08-10",
                       "optOutUntil": "2026-09-15",
                       "elements": ["name.given", "name.family", "role.role", "org.membership", "enrol.grade"]}}\
        """;
    /// One under another law.
    private static final String AUTHORITY = """
        {"legalName": "Made-up Authority", "kind": "public-authority", "country": "DE", "packs": ["EU"],
         "privacyContact": {"name": "somebody (made up)", "address": "privacy@authority.example"},
         "dataProtectionOfficer": {"name": "somebody else (made up)", "address": "dpo@authority.example"},
         "regulator": {"name": "a regulator (made up)", "address": "regulator.example"}}\
        """;
    /// Whose basis is another than that the vendor does the school's work.
    private static final Map<String, String> BASES =
            Map.of("consented", "written_consent", "listed", "directory_information");

    static final Place AMERICAN = new Place(DISTRICT, Papers.VENDOR, TwinRules::file);
    static final Place EUROPEAN =
            new Place(AUTHORITY, Papers.VENDOR.replace("\"US\"", "\"DE\""), TwinRules::europeanFile);

    private TwinRules() {}

    /// Under which law a district, its vendor and its rules are.
    record Place(String district, String vendor, Function<Rules, String> file) {}

    /// The rule as a file.
    private static String file(Rules rules) {
        return Papers.rule(rules, BASES.getOrDefault(rules.id(), "school_official"));
    }

    private static String europeanFile(Rules rules) {
        String basis = rules.id().equals("consented") ? "consent" : "public_task";
        JsonObjectBuilder file = Json.createObjectBuilder(Pull.json(Papers.rule(rules)));
        file.add("basis", Json.createObjectBuilder().add("EU", basis));
        file.add("destination", Json.createObjectBuilder().add("country", "DE"));
        file.add(
                "assessment",
                Json.createObjectBuilder()
                        .add("reference", "a made-up assessment")
                        .add("made", "2026-09-01")
                        .add("consultation", "not-needed"));
        return file.build().toString();
    }

    /// Everything there is about everybody: what no other client here may be able to tell.
    static Rules whole() {
        Rules rules = Rules.whole("district")
                .named("whole")
                .roles("student", "teacher", "aide", "counselor", "guardian", "principal");
        // Not every school says that it belongs to the district.
        return within(Set.of("district", "north", "south"), true, rules);
    }

    /// One school, with every treatment, and most of what is delicate withheld.
    static Rules treated() {
        return north(Rules.whole("north"))
                .named("treated")
                .roles("student", "teacher")
                .without(
                        Field.SESSION_TITLE,
                        Field.COURSE_COURSE_CODE,
                        Field.COURSE_GRADES,
                        Field.CLASS_CLASS_CODE,
                        Field.CLASS_CLASS_TYPE,
                        Field.CLASS_LOCATION,
                        Field.CLASS_PERIODS,
                        Field.USER_USER_IDS,
                        Field.USER_USER_PROFILES,
                        Field.USER_PRONOUNS,
                        Field.USER_PREFERRED_FIRST_NAME,
                        Field.USER_PREFERRED_LAST_NAME,
                        Field.USER_PREFERRED_MIDDLE_NAME,
                        Field.USER_IDENTIFIER,
                        Field.USER_EMAIL,
                        Field.USER_SMS,
                        Field.USER_PHONE,
                        Field.ENROLLMENT_END_DATE,
                        Field.DEMOGRAPHICS_AMERICAN_INDIAN,
                        Field.DEMOGRAPHICS_ASIAN,
                        Field.DEMOGRAPHICS_BLACK,
                        Field.DEMOGRAPHICS_HAWAIIAN,
                        Field.DEMOGRAPHICS_WHITE,
                        Field.DEMOGRAPHICS_TWO_OR_MORE,
                        Field.DEMOGRAPHICS_HISPANIC,
                        Field.DEMOGRAPHICS_COUNTRY_OF_BIRTH,
                        Field.DEMOGRAPHICS_STATE_OF_BIRTH,
                        Field.DEMOGRAPHICS_CITY_OF_BIRTH,
                        Field.DEMOGRAPHICS_RESIDENCE)
                .with(Field.USER_GIVEN_NAME, new Treatment.Preferred())
                .with(Field.USER_FAMILY_NAME, new Treatment.Initial())
                .with(Field.USER_MIDDLE_NAME, new Treatment.Initial())
                .with(Field.USER_USERNAME, new Treatment.Pseudonym())
                .with(Field.USER_USER_MASTER_IDENTIFIER, new Treatment.Pseudonym())
                .with(Field.COURSE_TITLE, new Treatment.AsIs())
                .with(Field.ENROLLMENT_BEGIN_DATE, new Treatment.Coarse())
                .with(Field.DEMOGRAPHICS_BIRTH_DATE, new Treatment.Coarse());
    }

    /// The school alone, without what lies below it.
    private static Rules north(Rules rules) {
        return within(rules.orgs(), false, rules);
    }

    private static Rules within(Set<String> orgs, boolean subOrgs, Rules rules) {
        return new Rules(
                rules.id(),
                rules.version(),
                orgs,
                subOrgs,
                rules.roles(),
                rules.grades(),
                rules.classes(),
                rules.grants(),
                rules.passThroughIds(),
                rules.domain(),
                rules.purpose());
    }

    /// The same with the source system's ids.
    static Rules passing() {
        return treated().passingIdsThrough().named("passing");
    }

    /// The same for one year group: classes and people depend on who is enrolled with whom.
    static Rules graded() {
        return treated().grades("05").named("graded");
    }

    /// The same for two classes.
    static Rules classed() {
        return treated().classes("class0", "class3").named("classed");
    }

    /// What OneRoster cannot do without, and no name of anybody.
    static Rules least() {
        return north(Rules.least("north")).roles("student", "teacher").named("least");
    }

    /// Those whose parents consented, and the teachers who did.
    static Rules consented() {
        return treated().named("consented");
    }

    /// Directory information alone: who is at the school, and in which grade.
    static Rules listed() {
        return north(Rules.least("north"))
                .roles("student", "teacher")
                .without(Entity.ACADEMIC_SESSION)
                .without(Entity.COURSE)
                .without(Entity.CLASS)
                .without(Entity.ENROLLMENT)
                .without(Entity.DEMOGRAPHICS)
                .with(Field.USER_FAMILY_NAME, new Treatment.Initial())
                .with(Field.USER_GRADES, new Treatment.AsIs())
                .named("listed");
    }

    /// Those who see one school only.
    static List<Rules> northern() {
        return List.of(treated(), passing(), graded(), classed(), least());
    }

    /// And those among them who see only people who decided something themselves.
    static List<Rules> personal() {
        return List.of(consented(), listed());
    }
}
