package org.rosterkeep.entitlement;

/// Something is wrong with the editions themselves. Carries a code and nothing of a record.
public final class EditionFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    /// What is wrong.
    public enum Code {
        /// A kept edition was written by a version of this program that this one does not know.
        UNKNOWN_FORM,
        /// A kept edition is damaged.
        UNREADABLE,
        /// What was to be released is not what is held any more.
        HOLD_CHANGED
    }

    EditionFault(Code code) {
        super(code.name());
        this.code = code;
    }

    EditionFault(Code code, Throwable cause) {
        super(code.name(), cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
