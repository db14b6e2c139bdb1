package org.rosterkeep.breach;

/// Something that cannot be said of an incident. The message is for operators and names no person.
public final class BreachFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    BreachFault(Code code) {
        super(code.sentence);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    public enum Code {
        UNKNOWN("there is no incident of this name: see `rosterkeep incident list`"),
        CLOSED("this incident is closed: open another that names it"),
        FUTURE("what is said to have happened lies in the future: say when it happened, in UTC or in the district's"
                + " time"),
        DUTY_UNKNOWN("no active pack has a duty of this name: see `rosterkeep incident clocks`"),
        DUTY_OPEN("somebody still has to be told, or it has to be decided that they are not: see `rosterkeep incident"
                + " clocks`"),
        LATE("the term was over by then: say why it is late"),
        TEXT("this text is too short or too long, or has a control character in it: write 3 to 2,000 characters"),
        EVIDENCE("this is no SHA-256: name the file that was sent"),
        DAMAGED("a stored incident cannot be read: restore it from a backup");

        private final String sentence;

        Code(String sentence) {
            this.sentence = sentence;
        }
    }
}
