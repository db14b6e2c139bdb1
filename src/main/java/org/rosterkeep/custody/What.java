package org.rosterkeep.custody;

import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;

/// How much is to be deleted, or was.
///
/// @param elements only these data elements, by id; empty when all
/// @param users only what is about these users, by ordinal; empty when about everybody
public record What(Optional<Set<String>> elements, Optional<RoaringBitmap> users) {
    public static final What EVERYTHING = new What(Optional.empty(), Optional.empty());

    public What {
        elements = elements.map(Set::copyOf);
    }

    public boolean everything() {
        return elements.isEmpty() && users.isEmpty();
    }
}
