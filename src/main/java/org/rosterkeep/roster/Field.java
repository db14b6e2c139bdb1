package org.rosterkeep.roster;

import static org.rosterkeep.roster.Entity.ACADEMIC_SESSION;
import static org.rosterkeep.roster.Entity.CLASS;
import static org.rosterkeep.roster.Entity.COURSE;
import static org.rosterkeep.roster.Entity.DEMOGRAPHICS;
import static org.rosterkeep.roster.Entity.ENROLLMENT;
import static org.rosterkeep.roster.Entity.ORG;
import static org.rosterkeep.roster.Entity.USER;
import static org.rosterkeep.roster.Shape.BOOL;
import static org.rosterkeep.roster.Shape.DATE;
import static org.rosterkeep.roster.Shape.LIST;
import static org.rosterkeep.roster.Shape.PROFILES;
import static org.rosterkeep.roster.Shape.REF;
import static org.rosterkeep.roster.Shape.REFS;
import static org.rosterkeep.roster.Shape.ROLES;
import static org.rosterkeep.roster.Shape.TEXT;
import static org.rosterkeep.roster.Shape.TOKEN;
import static org.rosterkeep.roster.Shape.USER_IDS;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// The field dictionary: every property of a OneRoster rostering record that this house can hold, in the order in which
/// the wire shows them, with the data element it belongs to (`data-elements.json`).
///
/// The declaration order within an entity is the bit order inside a packed [Row]: append, never reorder, or stored rows
/// change their meaning. `sourcedId` is packed in every row as bit 0; `status` and `dateLastModified` belong to a
/// vendor's view and are never packed.
public enum Field {
    ORG_SOURCED_ID(ORG, "sourcedId", TEXT, "id.source", Need.ENVELOPE),
    ORG_NAME(ORG, "name", TEXT, "org.record", Need.STAND_IN),
    ORG_TYPE(ORG, "type", TOKEN, "org.record", Need.GRANT),
    ORG_IDENTIFIER(ORG, "identifier", TEXT, "org.record", Need.ALIAS),
    ORG_PARENT(ORG, "parent", REF, ORG, "org.record", Need.OPTIONAL),
    ORG_CHILDREN(ORG, "children", REFS, ORG, "org.record", Need.OPTIONAL),

    SESSION_SOURCED_ID(ACADEMIC_SESSION, "sourcedId", TEXT, "id.source", Need.ENVELOPE),
    SESSION_TITLE(ACADEMIC_SESSION, "title", TEXT, "sched.session", Need.STAND_IN),
    SESSION_START_DATE(ACADEMIC_SESSION, "startDate", DATE, "sched.session", Need.GRANT),
    SESSION_END_DATE(ACADEMIC_SESSION, "endDate", DATE, "sched.session", Need.GRANT),
    SESSION_TYPE(ACADEMIC_SESSION, "type", TOKEN, "sched.session", Need.GRANT),
    SESSION_PARENT(ACADEMIC_SESSION, "parent", REF, ACADEMIC_SESSION, "sched.session", Need.OPTIONAL),
    SESSION_CHILDREN(ACADEMIC_SESSION, "children", REFS, ACADEMIC_SESSION, "sched.session", Need.OPTIONAL),
    SESSION_SCHOOL_YEAR(ACADEMIC_SESSION, "schoolYear", DATE, "sched.session", Need.GRANT),

    COURSE_SOURCED_ID(COURSE, "sourcedId", TEXT, "id.source", Need.ENVELOPE),
    COURSE_TITLE(COURSE, "title", TEXT, "sched.course", Need.STAND_IN),
    COURSE_SCHOOL_YEAR(COURSE, "schoolYear", REF, ACADEMIC_SESSION, "sched.course", Need.OPTIONAL),
    COURSE_COURSE_CODE(COURSE, "courseCode", TEXT, "sched.course", Need.ALIAS),
    COURSE_GRADES(COURSE, "grades", LIST, "sched.course", Need.OPTIONAL),
    COURSE_SUBJECTS(COURSE, "subjects", LIST, "sched.course", Need.OPTIONAL),
    COURSE_ORG(COURSE, "org", REF, ORG, "sched.course", Need.OPTIONAL),
    COURSE_SUBJECT_CODES(COURSE, "subjectCodes", LIST, "sched.course", Need.OPTIONAL),

    CLASS_SOURCED_ID(CLASS, "sourcedId", TEXT, "id.source", Need.ENVELOPE),
    CLASS_TITLE(CLASS, "title", TEXT, "sched.class", Need.STAND_IN),
    CLASS_CLASS_CODE(CLASS, "classCode", TEXT, "sched.class", Need.OPTIONAL),
    CLASS_CLASS_TYPE(CLASS, "classType", TOKEN, "sched.class", Need.OPTIONAL),
    CLASS_LOCATION(CLASS, "location", TEXT, "sched.class", Need.OPTIONAL),
    CLASS_GRADES(CLASS, "grades", LIST, "sched.class", Need.OPTIONAL),
    CLASS_SUBJECTS(CLASS, "subjects", LIST, "sched.class", Need.OPTIONAL),
    CLASS_COURSE(CLASS, "course", REF, COURSE, "sched.class", Need.GRANT),
    CLASS_SCHOOL(CLASS, "school", REF, ORG, "sched.class", Need.GRANT),
    CLASS_TERMS(CLASS, "terms", REFS, ACADEMIC_SESSION, "sched.class", Need.GRANT),
    CLASS_SUBJECT_CODES(CLASS, "subjectCodes", LIST, "sched.class", Need.OPTIONAL),
    CLASS_PERIODS(CLASS, "periods", LIST, "sched.class", Need.OPTIONAL),

    USER_SOURCED_ID(USER, "sourcedId", TEXT, "id.source", Need.ENVELOPE),
    USER_USER_MASTER_IDENTIFIER(USER, "userMasterIdentifier", TEXT, "id.state", Need.OPTIONAL),
    USER_USERNAME(USER, "username", TEXT, "id.username", Need.OPTIONAL),
    USER_USER_IDS(USER, "userIds", USER_IDS, "id.state", Need.OPTIONAL),
    USER_ENABLED_USER(USER, "enabledUser", BOOL, "account.enabled", Need.STAND_IN),
    USER_GIVEN_NAME(USER, "givenName", TEXT, "name.given", Need.STAND_IN),
    USER_FAMILY_NAME(USER, "familyName", TEXT, "name.family", Need.STAND_IN),
    USER_MIDDLE_NAME(USER, "middleName", TEXT, "name.middle", Need.OPTIONAL),
    USER_PREFERRED_FIRST_NAME(USER, "preferredFirstName", TEXT, "name.preferred", Need.OPTIONAL),
    USER_PREFERRED_MIDDLE_NAME(USER, "preferredMiddleName", TEXT, "name.preferred", Need.OPTIONAL),
    USER_PREFERRED_LAST_NAME(USER, "preferredLastName", TEXT, "name.preferred", Need.OPTIONAL),
    USER_PRONOUNS(USER, "pronouns", TEXT, "name.pronouns", Need.OPTIONAL),
    /// Role and organisation together (`role.role`, `org.membership`): without them OneRoster knows no user.
    USER_ROLES(USER, "roles", ROLES, ORG, "role.role", Need.GRANT),
    USER_USER_PROFILES(USER, "userProfiles", PROFILES, "id.profiles", Need.OPTIONAL),
    USER_PRIMARY_ORG(USER, "primaryOrg", REF, ORG, "org.membership", Need.OPTIONAL),
    USER_IDENTIFIER(USER, "identifier", TEXT, "id.local", Need.OPTIONAL),
    USER_EMAIL(USER, "email", TEXT, "contact.email", Need.OPTIONAL),
    USER_SMS(USER, "sms", TEXT, "contact.phone_13plus", Need.OPTIONAL),
    USER_PHONE(USER, "phone", TEXT, "contact.phone_other", Need.OPTIONAL),
    USER_AGENTS(USER, "agents", REFS, USER, "guardian.link", Need.OPTIONAL),
    USER_GRADES(USER, "grades", LIST, "enrol.grade", Need.OPTIONAL),
    /// Ours, computed at import (privacy.md section 4); no wire name, so no rule and no answer can carry it.
    USER_AGE_13_PLUS(USER, "", BOOL, "demo.age13plus", Need.INTERNAL),
    /// Ours: a fingerprint of the source system's id for each role, in the order of the roles, so that a later
    /// delta can
    /// change or end exactly that role.
    USER_ROLE_MARKS(USER, "", LIST, "id.source", Need.INTERNAL),

    ENROLLMENT_SOURCED_ID(ENROLLMENT, "sourcedId", TEXT, "id.source", Need.ENVELOPE),
    ENROLLMENT_USER(ENROLLMENT, "user", REF, USER, "sched.enrolment", Need.GRANT),
    ENROLLMENT_CLASS(ENROLLMENT, "class", REF, CLASS, "sched.enrolment", Need.GRANT),
    ENROLLMENT_SCHOOL(ENROLLMENT, "school", REF, ORG, "sched.enrolment", Need.GRANT),
    ENROLLMENT_ROLE(ENROLLMENT, "role", TOKEN, "sched.enrolment", Need.GRANT),
    ENROLLMENT_PRIMARY(ENROLLMENT, "primary", BOOL, "sched.enrolment", Need.OPTIONAL),
    ENROLLMENT_BEGIN_DATE(ENROLLMENT, "beginDate", DATE, "sched.enrolment", Need.OPTIONAL),
    ENROLLMENT_END_DATE(ENROLLMENT, "endDate", DATE, "sched.enrolment", Need.OPTIONAL),

    DEMOGRAPHICS_SOURCED_ID(DEMOGRAPHICS, "sourcedId", TEXT, "id.source", Need.ENVELOPE),
    DEMOGRAPHICS_BIRTH_DATE(DEMOGRAPHICS, "birthDate", DATE, "demo.birthdate", Need.OPTIONAL),
    DEMOGRAPHICS_SEX(DEMOGRAPHICS, "sex", TOKEN, "demo.sex", Need.OPTIONAL),
    DEMOGRAPHICS_AMERICAN_INDIAN(DEMOGRAPHICS, "americanIndianOrAlaskaNative", BOOL, "demo.race", Need.OPTIONAL),
    DEMOGRAPHICS_ASIAN(DEMOGRAPHICS, "asian", BOOL, "demo.race", Need.OPTIONAL),
    DEMOGRAPHICS_BLACK(DEMOGRAPHICS, "blackOrAfricanAmerican", BOOL, "demo.race", Need.OPTIONAL),
    DEMOGRAPHICS_HAWAIIAN(DEMOGRAPHICS, "nativeHawaiianOrOtherPacificIslander", BOOL, "demo.race", Need.OPTIONAL),
    DEMOGRAPHICS_WHITE(DEMOGRAPHICS, "white", BOOL, "demo.race", Need.OPTIONAL),
    DEMOGRAPHICS_TWO_OR_MORE(DEMOGRAPHICS, "demographicRaceTwoOrMoreRaces", BOOL, "demo.race", Need.OPTIONAL),
    DEMOGRAPHICS_HISPANIC(DEMOGRAPHICS, "hispanicOrLatinoEthnicity", BOOL, "demo.race", Need.OPTIONAL),
    DEMOGRAPHICS_COUNTRY_OF_BIRTH(DEMOGRAPHICS, "countryOfBirthCode", TEXT, "demo.birthplace", Need.OPTIONAL),
    DEMOGRAPHICS_STATE_OF_BIRTH(DEMOGRAPHICS, "stateOfBirthAbbreviation", TEXT, "demo.birthplace", Need.OPTIONAL),
    DEMOGRAPHICS_CITY_OF_BIRTH(DEMOGRAPHICS, "cityOfBirth", TEXT, "demo.birthplace", Need.OPTIONAL),
    DEMOGRAPHICS_RESIDENCE(DEMOGRAPHICS, "publicSchoolResidenceStatus", TEXT, "demo.residence", Need.OPTIONAL);

    /// What the official schema and this house ask of a field when a rule does not give it, or the roster lacks it.
    public enum Need {
        /// Part of every record (`sourcedId`): its outward form is an id of the vendor's, never the packed value.
        ENVELOPE,
        /// Left out, as OneRoster leaves out optional values without data.
        OPTIONAL,
        /// The schema wants it: a declared, constant stand-in takes its place.
        STAND_IN,
        /// The schema wants it: the record's own outward id takes its place.
        ALIAS,
        /// The schema wants it and no honest stand-in exists: a rule that gives the entity must give this field, and a
        /// record whose value is missing or points outside the view is not released.
        GRANT,
        /// Never leaves.
        INTERNAL
    }

    private static final Map<Entity, List<Field>> OF = new EnumMap<>(Entity.class);

    static {
        for (Entity entity : Entity.values()) {
            OF.put(entity, new ArrayList<>());
        }
        for (Field field : values()) {
            List<Field> fields = Objects.requireNonNull(OF.get(field.entity));
            field.bit = fields.size();
            fields.add(field);
        }
        OF.replaceAll((entity, fields) -> Collections.unmodifiableList(fields));
    }

    private final Entity entity;
    private final String wire;
    private final Shape shape;
    private final Entity target;
    private final String element;
    private final Need need;

    private int bit;

    Field(Entity entity, String wire, Shape shape, String element, Need need) {
        this(entity, wire, shape, entity, element, need);
    }

    Field(Entity entity, String wire, Shape shape, Entity target, String element, Need need) {
        this.entity = entity;
        this.wire = wire;
        this.shape = shape;
        this.target = target;
        this.element = element;
        this.need = need;
    }

    /// The fields of one entity, in wire and bit order.
    public static List<Field> of(Entity entity) {
        return Objects.requireNonNull(OF.get(entity));
    }

    /// The field an entity shows under this name (case-sensitive, OneRoster 1.2 names); empty for an unknown name and
    /// for internal fields.
    public static Optional<Field> named(Entity entity, String wireName) {
        return of(entity).stream()
                .filter(field -> field.need != Need.INTERNAL && field.wire.equals(wireName))
                .findFirst();
    }

    /// Every field a rule can give, by its path.
    public static Map<String, Field> given() {
        Map<String, Field> given = new TreeMap<>();
        for (Field field : values()) {
            switch (field.need) {
                case OPTIONAL, STAND_IN, ALIAS, GRANT -> given.put(field.path(), field);
                case ENVELOPE, INTERNAL -> {}
            }
        }
        return given;
    }

    public Entity entity() {
        return entity;
    }

    /// The property's name in OneRoster 1.2 JSON; rules use the same name.
    public String wire() {
        return wire;
    }

    public Shape shape() {
        return shape;
    }

    /// The entity a reference points at; the field's own entity when it is no reference.
    public Entity target() {
        return target;
    }

    /// The data element (`data-elements.json`) this field belongs to when the record is a student's or a staff
    /// member's;
    /// a guardian's name, e-mail and phone are other elements (privacy.md section 4).
    public String element() {
        return element;
    }

    public Need need() {
        return need;
    }

    /// This field's position inside a packed row, 0 to 40.
    public int bit() {
        return bit;
    }

    /// `1L << bit()`.
    public long mask() {
        return 1L << bit;
    }

    /// `user.givenName`: how rules, agreements and reports name the field.
    public String path() {
        return entity.one() + "." + wire;
    }
}
