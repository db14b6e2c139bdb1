package org.rosterkeep.disclosure;

import java.time.Instant;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/// How far a push target has been told: everything up to one edition. References, no value.
///
/// @param edition its number
/// @param at when the number began; whatever changed later in the client's eyes is the next delta
/// @param ids what the outward ids were made with: under others, everything is told anew
/// @param roles by n: users who were told with more than n + 1 roles. A file of roles has rows of its own, and one that
///     is no more has to be taken back
public record Cursor(long edition, Instant at, String ids, List<RoaringBitmap> roles) {
    public Cursor {
        roles = List.copyOf(roles);
    }

    /// How many roles a user was told with, as far as more than one.
    int rolesOf(int user) {
        int count = 1;
        for (RoaringBitmap more : roles) {
            count += more.contains(user) ? 1 : 0;
        }
        return count;
    }
}
