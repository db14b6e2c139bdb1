package org.rosterkeep.intake;

import java.util.Locale;

/// How sure a proposed pair is, surest first.
public enum Confidence {
    /// An identifier or a login agrees that proves itself in this delivery, and the name does not speak against it.
    EXACT,
    /// Several weaker signs agree, and nobody else fits.
    LIKELY,
    /// Nobody else fits, but somebody has to look.
    POSSIBLE;

    /// The word for options and reports.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
