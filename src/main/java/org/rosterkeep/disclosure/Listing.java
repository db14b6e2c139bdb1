package org.rosterkeep.disclosure;

/// A collection's records in order: what a page is a stretch of.
///
/// @param ordinals not to be changed
/// @param base whether this is the entity's listing in its default order, every record the edition shows or
/// once showed:
///     then a page is accounted for by its positions alone
record Listing(int[] ordinals, boolean base) implements Cache.Weighed {
    @Override
    public long weight() {
        return 4L * ordinals.length + 64;
    }

    int size() {
        return ordinals.length;
    }
}
