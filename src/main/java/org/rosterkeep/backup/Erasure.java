package org.rosterkeep.backup;

import java.time.Instant;

/// One line of the erasure ledger: that something was taken away, from whom by a tag, and no word about why.
///
/// @param number counted from 1
/// @param kind a word: `suppress`, `optout`, `forget-ids`, `erase-person`, `stop rule.revoked`
/// @param tag whose record it is, or the name of what is no person; see [org.rosterkeep.keys.Tags]
/// @param scope what of it, in words of the program
public record Erasure(long number, Instant at, String kind, String tag, String scope) {
    /// Two lines that say the same of the same say it once.
    public String what() {
        return kind + " " + tag + " " + scope;
    }
}
