package org.rosterkeep.disclosure;

/// The form an answer takes.
public enum Wire {
    V1P1,
    V1P2
}
