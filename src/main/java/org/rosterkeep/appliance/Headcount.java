package org.rosterkeep.appliance;

import java.time.Instant;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.rules.Population;
import org.rosterkeep.rules.Rule;

/// Counts the children a rule is about in what it would show if it were in force.
///
/// @param childRole the role that makes a user a child
record Headcount(Editions editions, String childRole) implements Population {
    /// Empty while there is no child in the roster: then nobody knows how many there will be.
    @Override
    public Optional<Share> share(Rule rule, Instant now) {
        var edition = editions.preview(rule, now);
        var children = children(edition.relations());
        if (children.isEmpty()) {
            return Optional.empty();
        }
        int inScope = RoaringBitmap.andCardinality(children, edition.views().of(Entity.USER));
        return Optional.of(new Share(inScope, children.getCardinality()));
    }

    private RoaringBitmap children(Relations relations) {
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
