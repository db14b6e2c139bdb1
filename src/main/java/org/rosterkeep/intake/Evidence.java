package org.rosterkeep.intake;

/// Why two records are taken for one, or why nobody can say; in words that hold no value.
public enum Evidence {
    MASTER("same master identifier"),
    STATE_ID("same state or other typed id"),
    LOCAL_ID("same local identifier"),
    LOGIN("same username"),
    MAIL("same e-mail address"),
    NAME("same name"),
    GIVEN_NAME("same given name, another family name"),
    FAMILY_NAME("same family name, another given name"),
    NO_NAME("no name to compare"),
    SCHOOL("same school"),
    GRADE("same grade"),
    CLASSMATES("mostly the same class-mates"),
    CODE("same code"),
    TITLE("same title"),
    TYPE("same type"),
    TERM("same terms"),
    COURSE("same course"),
    DATES("same dates"),

    NAME_DIFFERS("but the name is another one"),
    ID_DIFFERS("but an identifier differs"),

    TWO_FIT("more than one old record fits"),
    TWO_WANT("more than one new record fits the same old one"),
    SIGNS_DISAGREE("the signs point to different old records"),
    SPOKEN_FOR("the old record that fits has another new id already"),
    ID_IN_USE("the new id belongs to another record of the roster");

    private final String words;

    Evidence(String words) {
        this.words = words;
    }

    /// For people.
    public String words() {
        return words;
    }
}
