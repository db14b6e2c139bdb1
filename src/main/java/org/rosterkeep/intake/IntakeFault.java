package org.rosterkeep.intake;

/// A delivery that cannot be used as a whole. It says which way and in which file, never what was in it.
public final class IntakeFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final FindingCode code;
    private final String file;

    IntakeFault(FindingCode code, String file) {
        super(code.word());
        this.code = code;
        this.file = file;
    }

    public FindingCode code() {
        return code;
    }

    /// The CSV file in which it was found; empty for the delivery as a whole.
    public String file() {
        return file;
    }
}
