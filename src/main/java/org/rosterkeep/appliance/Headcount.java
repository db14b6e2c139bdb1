package org.rosterkeep.appliance;

import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.rules.Population;
import org.rosterkeep.rules.Rule;

/// Counts the children a rule is about in what it would show if it were in force.
final class Headcount implements Population {
    private final Editions editions;
    private final String childRole;
    private volatile Children counted = new Children(new WeakReference<>(null), new RoaringBitmap());

    /// @param childRole the role that makes a user a child
    Headcount(Editions editions, String childRole) {
        this.editions = editions;
        this.childRole = childRole;
    }

    /// The children of one roster: the same for every rule until the next import.
    private record Children(WeakReference<Relations> of, RoaringBitmap users) {}

    /// Empty while there is no child in the roster: then nobody knows how many there will be.
    @Override
    public Optional<Share> share(Rule rule, Instant now) {
        var given = editions.given(rule, now);
        var children = children(given.relations());
        if (children.isEmpty()) {
            return Optional.empty();
        }
        int inScope = RoaringBitmap.andCardinality(children, given.views().of(Entity.USER));
        return Optional.of(new Share(inScope, children.getCardinality()));
    }

    private RoaringBitmap children(Relations relations) {
        var known = counted;
        if (!known.of().refersTo(relations)) {
            known = new Children(new WeakReference<>(relations), found(relations));
            counted = known;
        }
        return known.users();
    }

    private RoaringBitmap found(Relations relations) {
        int word = relations.wordIndex(childRole);
        var children = new RoaringBitmap();
        if (word == Relations.NONE) {
            return children;
        }
        relations.live(Entity.USER).forEach((int user) -> {
            for (int n = 0; n < relations.roleCount(user); n++) {
                if (relations.roleWord(user, n) == word) {
                    children.add(user);
                    return;
                }
            }
        });
        return children;
    }
}
