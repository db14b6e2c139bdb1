package org.rosterkeep.disclosure;

import java.util.Optional;
import org.rosterkeep.rules.Reason;

/// The door met something that must not be. Nothing more leaves; the message is a code and never a value.
public final class DisclosureFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final Optional<Reason> reason;

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
        /// The count of a rule's persons of today cannot be read.
        COUNT_DAMAGED,
        /// The rule ended, was stopped or was replaced while an answer was being written.
        LEAVE_WITHDRAWN
    }

    DisclosureFault(Code code) {
        this(code, Optional.empty());
    }

    private DisclosureFault(Code code, Optional<Reason> reason) {
        super(code.name());
        this.code = code;
        this.reason = reason;
    }

    /// Leave was given and is no longer.
    static DisclosureFault withdrawn(Reason reason) {
        return new DisclosureFault(Code.LEAVE_WITHDRAWN, Optional.of(reason));
    }

    /// Why leave was withdrawn; empty for every other fault.
    public Optional<Reason> reason() {
        return reason;
    }

    public Code code() {
        return code;
    }
}
