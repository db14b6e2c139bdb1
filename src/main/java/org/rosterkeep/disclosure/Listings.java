package org.rosterkeep.disclosure;

import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.entitlement.Track;
import org.rosterkeep.roster.Entity;

/// Makes and keeps the order of every collection, per edition and question. A page is a copy out of an array, at any
/// depth. Keeps ordinals only.
final class Listings {
    /// Below this share of the whole a set is sorted by itself; above it the whole's order is filtered.
    private static final int SMALL = 8;

    private final Cache cache;
    private final Outward outward;
    private final Sieve sieve;

    Listings(Cache cache, Outward outward, Sieve sieve) {
        this.cache = cache;
        this.outward = outward;
        this.sieve = sieve;
    }

    private record BaseKey(String stream, long number, Entity entity) {}

    private record Key(String stream, long number, Wanted wanted) {}

    /// A question to a listing.
    ///
    /// @param base of hrefs, which a filter may look at
    record Wanted(Place place, String base, Optional<Filter> filter, Optional<Sort> sort) {}

    /// An order other than the default.
    record Sort(String property, boolean descending) {}

    Listing of(Edition edition, Wanted wanted) {
        Place place = wanted.place();
        Listing base = base(edition, place.collection().entity());
        boolean all = place.parents().isEmpty()
                && Place.part(place.wire(), place.collection()).isEmpty();
        if (all && wanted.filter().isEmpty() && wanted.sort().isEmpty()) {
            return base;
        }
        Key key = new Key(edition.stream(), edition.number(), wanted);
        return cache.get(key, Listing.class, () -> make(edition, wanted, base));
    }

    /// Every record of the entity that the edition shows or once showed, by outward id.
    Listing base(Edition edition, Entity entity) {
        BaseKey key = new BaseKey(edition.stream(), edition.number(), entity);
        return cache.get(key, Listing.class, () -> {
            Names names = outward.names(edition);
            return new Listing(names.sorted(entity, edition.track(entity).members()), true);
        });
    }

    /// The members of a collection, before any filter: for a collection of its own with the tombstones of its part.
    RoaringBitmap members(Edition edition, Place place) {
        if (!place.parents().isEmpty()) {
            return new Nesting(edition).members(place);
        }
        Track track = edition.track(place.collection().entity());
        RoaringBitmap members = track.members();
        Place.part(place.wire(), place.collection()).ifPresent(part -> members.and(edition.part(part)));
        return members;
    }

    private Listing make(Edition edition, Wanted wanted, Listing base) {
        Place place = wanted.place();
        RoaringBitmap all = members(edition, place);
        RoaringBitmap kept = wanted.filter()
                .map(filter -> sieve.kept(edition, place, wanted.base(), filter, all))
                .orElse(all);
        int[] ordered = inOrder(edition, place.collection().entity(), kept, base);
        return new Listing(
                wanted.sort()
                        .map(sort -> sieve.sorted(edition, place, sort, ordered))
                        .orElse(ordered),
                false);
    }

    private int[] inOrder(Edition edition, Entity entity, RoaringBitmap kept, Listing base) {
        int size = kept.getCardinality();
        if (size < base.size() / SMALL) {
            return outward.names(edition).sorted(entity, kept);
        }
        int[] ordered = new int[size];
        int at = 0;
        for (int ordinal : base.ordinals()) {
            if (kept.contains(ordinal)) {
                ordered[at++] = ordinal;
            }
        }
        return ordered;
    }
}
