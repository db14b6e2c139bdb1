package org.rosterkeep.courier.wire;

/// The other side said something that cannot be understood, or stopped in the middle of it. The line is of no use any
/// more and is closed. Tells the place, never a value.
public final class WireFault extends RuntimeException {
    public enum Code {
        /// The other side speaks another version of this language.
        VERSION,
        /// This was not the time for a frame of this kind, or there is no such kind.
        KIND,
        /// Longer than such a frame may be.
        LENGTH,
        /// The words do not have the form they must have.
        FORM,
        /// The line ended, or broke.
        ENDED
    }

    private final Code code;

    public WireFault(Code code) {
        super(code.name());
        this.code = code;
    }

    WireFault(String member) {
        super(Code.FORM.name() + " at " + member);
        this.code = Code.FORM;
    }

    public WireFault(Code code, Throwable cause) {
        super(code.name(), cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
