package org.rosterkeep.rights;

/// Something about a single person, class or school that cannot be done. The message is for operators and names nobody.
public final class RightsFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    public RightsFault(Code code) {
        super(code.sentence);
        this.code = code;
    }

    RightsFault(Code code, String detail) {
        super(code.sentence.replace("{}", detail));
        this.code = code;
    }

    public Code code() {
        return code;
    }

    public enum Code {
        DATA_DAMAGED("the program's own list of what protects people cannot be read ({}): install it again"),
        PERSON_UNKNOWN("the roster has never had a person with this sourcedId: import the roster that brings them"
                + " first, or check the sourcedId"),
        CLASS_UNKNOWN("the roster has never had a class with this sourcedId: check it"),
        ORG_UNKNOWN("the roster has never had an organisation with this sourcedId: check it"),
        ENTRY_UNKNOWN("there is no such entry that is still open: see `rosterkeep person show`"),
        NOT_NAMED("this person's dossier is open only to the people who are named for it: ask the privacy officer who"
                + " protected the person"),
        NOT_PROTECTED("an exception is made to a protection, and this person is not protected"),
        TOO_LONG("that lasts longer than the {} days that are allowed: choose an earlier end"),
        OVER_ALREADY("that end is not after the beginning: choose a later one"),
        TEXT_WRONG("{} must be stated in plain words, neither empty nor longer than the list of limits allows: state it"
                + " again"),
        FIELD_UNKNOWN("that is not a field of a person's own record that a rule can give: use a path such as"
                + " `user.email`"),
        ELEMENT_UNKNOWN("no field of a person's own record belongs to that data element: see data-elements.json"),
        ELEMENT_ORDINARY("that data element is not a special or elevated one, so nothing is revealed by it: name the"
                + " element that the place reveals"),
        RECIPIENT_UNKNOWN("there is no {} of this name: check it"),
        ROLE_MISSING("this operator's roles do not allow it: see `rosterkeep operator list`"),
        SAME_PERSON("another person has to sign this: one alone cannot take a protection away"),
        DOSSIER_DAMAGED("what is kept about this subject cannot be read, so it is withheld from everybody: restore it"
                + " from a backup");

        private final String sentence;

        Code(String sentence) {
            this.sentence = sentence;
        }
    }
}
