package org.rosterkeep.rules;

/// How far a stop has come. It is in force in every case: taking away never waits for a disk (decision 19).
///
/// @param kept whether it rests on the shelf, so that it survives a restart; if not, it is tried again
/// @param recorded whether the journal has it; if not, it is tried again
public record Stopped(boolean kept, boolean recorded) {
    public boolean settled() {
        return kept && recorded;
    }
}
