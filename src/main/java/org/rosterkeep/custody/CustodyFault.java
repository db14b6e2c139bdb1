package org.rosterkeep.custody;

/// Something about what vendors hold that cannot be done. The message names no person.
public final class CustodyFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    public CustodyFault(Code code) {
        super(code.sentence);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    public enum Code {
        DIRECTIVE_UNKNOWN("there is no directive of this number for this vendor: see `rosterkeep vendor exposure`"),
        DELETED_LATER("nobody can have deleted something at a time that has not come: correct the day"),
        SCOPE_EMPTY("an attestation says what was deleted: name elements or persons, or say that it was everything"),
        DATA_DAMAGED("one of the program's own files cannot be read: install it again");

        private final String sentence;

        Code(String sentence) {
            this.sentence = sentence;
        }
    }
}
