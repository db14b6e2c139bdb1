package org.rosterkeep.retention;

/// Something about the end of data was not done. The sentences name nobody.
public final class RetentionFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    RetentionFault(Code code) {
        super(code.sentence);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    public enum Code {
        REFERENCE_WRONG("the number of the request has other signs than letters, digits, and - _ . /, or is longer than"
                + " 40 signs: give the number under which the request is filed, and no name"),
        ROLE_MISSING("this operator's roles do not allow it: see `rosterkeep operator list`"),
        SAME_PERSON("another person has to sign this: one alone cannot erase anybody, nor lift a hold"),
        HELD("a legal hold is on this person, and nothing of them may be erased: see `rosterkeep hold list`"),
        NOT_HELD("no legal hold is on this person: see `rosterkeep hold list`"),
        ERASED_ALREADY("this person was erased, and nothing came back: see `rosterkeep erase list`"),
        NOTHING_ASKED("nobody has asked to erase this person: see `rosterkeep erase list`"),
        UNDER_WAY("this erasure is decided and cannot be taken back"),
        DOCUMENT_DAMAGED("what is kept about an erasure cannot be read: restore it from a backup");

        private final String sentence;

        Code(String sentence) {
            this.sentence = sentence;
        }
    }
}
