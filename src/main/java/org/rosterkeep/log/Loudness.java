package org.rosterkeep.log;

/// How much a line matters. The least that is written can be lowered for a while, see [Hearing].
public enum Loudness {
    /// Something a person has to do.
    ERROR,
    /// Something a person should know.
    WARNING,
    /// What happened.
    INFO,
    /// What is only looked at when something is being looked for.
    DEBUG;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
