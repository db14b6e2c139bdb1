package org.rosterkeep.intake;

/// A delivery that cannot be used as a whole. It says which way and where, never what was there.
public final class IntakeFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final FindingCode code;
    private final String file;
    private final long line;

    IntakeFault(FindingCode code, String file) {
        this(code, file, 0);
    }

    IntakeFault(FindingCode code, String file, long line) {
        super(code.word());
        this.code = code;
        this.file = file;
        this.line = line;
    }

    public FindingCode code() {
        return code;
    }

    /// The CSV file in which it was found; empty for the delivery as a whole.
    public String file() {
        return file;
    }

    /// The line it was found on; 0 for the file as a whole.
    public long line() {
        return line;
    }
}
