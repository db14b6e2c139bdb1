package org.rosterkeep.roster;

/// The seven kinds of record a OneRoster rostering service speaks of (OneRoster 1.2 section 7.1), with the words the
/// wire uses for one of them, for many of them, and in a reference.
///
/// A demographics record has no identity of its own: it shares the ordinal and the sourcedId of its user.
public enum Entity {
    ORG("org", "orgs", "org"),
    ACADEMIC_SESSION("academicSession", "academicSessions", "academicSession"),
    COURSE("course", "courses", "course"),
    CLASS("class", "classes", "class"),
    USER("user", "users", "user"),
    ENROLLMENT("enrollment", "enrollments", "enrollment"),
    DEMOGRAPHICS("demographics", "demographics", "demographics");

    private final String one;
    private final String many;
    private final String guidType;

    Entity(String one, String many, String guidType) {
        this.one = one;
        this.many = many;
        this.guidType = guidType;
    }

    /// The envelope of a single record, and the name of this entity in rules (`user`, `class`).
    public String one() {
        return one;
    }

    /// The envelope of a collection (`users`, `classes`; `demographics` in both).
    public String many() {
        return many;
    }

    /// The `type` of a GUIDRef that points at this entity.
    public String guidType() {
        return guidType;
    }

    /// Whether a record of this entity is about one natural person.
    public boolean personal() {
        return this == USER || this == ENROLLMENT || this == DEMOGRAPHICS;
    }

    /// The entity whose ordinals and record keys this one uses: itself, but for demographics its user.
    public Entity identity() {
        return this == DEMOGRAPHICS ? USER : this;
    }
}
