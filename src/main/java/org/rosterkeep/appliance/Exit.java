package org.rosterkeep.appliance;

/// How a verb ended, for scripts. The numbers are a promise; they never change.
public enum Exit {
    OK(0),
    FAILED(1),
    /// The words on the command line make no sense.
    WRONG_USE(2),
    NOT_FOUND(3),
    /// A rule, a guard or a floor says no.
    REFUSED(4),
    /// One person alone may not do it.
    NEEDS_ANOTHER(5),
    NOT_RUNNING(6),
    /// The district's keys are not open.
    SEALED(7),
    /// `doctor` found something to look at.
    WARNINGS(10);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    public static Exit of(int code) {
        for (var exit : values()) {
            if (exit.code == code) {
                return exit;
            }
        }
        return FAILED;
    }

    public int code() {
        return code;
    }
}
