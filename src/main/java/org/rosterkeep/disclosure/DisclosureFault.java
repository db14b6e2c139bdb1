package org.rosterkeep.disclosure;

/// The door met something that must not be. Nothing more leaves; the message is a code and never a value.
public final class DisclosureFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    /// What went wrong.
    public enum Code {
        /// The store gave a field that the permit does not name.
        FIELD_BEYOND_PERMIT,
        /// The store gave a record other than the one the permit names at this place.
        RECORD_BEYOND_PERMIT,
        /// A read that was to stay inside was about to be released.
        GLANCE_RELEASED,
        /// A disclosure was written a second time.
        WRITTEN_TWICE,
        /// The rule ended, was stopped or was replaced while an answer was being written.
        LEAVE_WITHDRAWN
    }

    DisclosureFault(Code code) {
        super(code.name());
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
