package org.rosterkeep.entitlement;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Scope;

/// What rules give of a roster. Remembers what each gave last, so that what it gives next costs what has changed; rules
/// of one scope are drawn once. Ordinals only, in memory only.
final class Drawings {
    /// Rules that are remembered: far more than a district has in force.
    private static final int REMEMBERED = 4096;

    private final Census census;
    private final Looks looks;
    private final Map<String, Drawn> byRule = recent();
    private final Map<Scope, Drawn> byScope = recent();
    private Optional<Whole> whole = Optional.empty();
    private Optional<Changed> changes = Optional.empty();

    Drawings(Census census, Looks looks) {
        this.census = census;
        this.looks = looks;
    }

    /// What changed between two batches: after an import, the same for every rule.
    private record Changed(long since, long until, Map<Entity, RoaringBitmap> sets) {}

    private record Whole(Relations of, RoaringBitmap orgs, RoaringBitmap sessions) {}

    private static <K> Map<K, Drawn> recent() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, Drawn> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    /// What the rule gives of a roster under these floors.
    Views views(Rule rule, Relations relations, Floors.Withheld withheld) {
        Scope scope = rule.scope();
        Entitlement is = new Entitlement(scope, places(scope, relations), relations, withheld);
        if (relations != census.relations()) {
            return is.drawn().views();
        }
        Drawn drawn = nearest(rule.id(), scope, relations)
                .flatMap(was -> redrawn(was, is))
                .orElseGet(is::drawn);
        synchronized (this) {
            byRule.put(rule.id(), drawn);
            byScope.put(scope, drawn);
        }
        return drawn.views();
    }

    private synchronized Optional<Drawn> nearest(String rule, Scope scope, Relations relations) {
        Optional<Drawn> alike = Optional.ofNullable(byScope.get(scope));
        return alike.filter(one -> one.of().refersTo(relations))
                .or(() -> Optional.ofNullable(byRule.get(rule)))
                .or(() -> alike);
    }

    private Optional<Drawn> redrawn(Drawn was, Entitlement is) {
        Relations now = is.relations();
        Optional<Relations> then = Optional.ofNullable(was.of().get())
                .filter(old -> old == now || old.batch() < now.batch())
                .filter(_ -> Redrawing.possible(was.scope(), is.scope()));
        return then.map(old -> new Redrawing(was, is, old, changed(old, now)))
                .filter(Redrawing::cheap)
                .map(Redrawing::drawn);
    }

    private synchronized Map<Entity, RoaringBitmap> changed(Relations then, Relations now) {
        if (then == now) {
            return Map.of();
        }
        Optional<Changed> known = changes.filter(one -> one.since() == then.batch() && one.until() == now.batch());
        if (known.isEmpty()) {
            Map<Entity, RoaringBitmap> sets = new EnumMap<>(Entity.class);
            for (Entity entity : Entity.values()) {
                RoaringBitmap of = census.changedSince(entity, then.batch()).clone();
                // A roster that came in the meantime may have records that this one does not know.
                of.remove((long) now.size(entity), 1L << 32);
                sets.put(entity, of);
            }
            known = Optional.of(new Changed(then.batch(), now.batch(), Map.copyOf(sets)));
            changes = known;
        }
        return known.get().sets();
    }

    private Entitlement.Places places(Scope scope, Relations relations) {
        Whole of = whole(relations);
        return new Entitlement.Places(
                found(Entity.ORG, scope.orgs()), found(Entity.CLASS, scope.classes()), of.orgs(), of.sessions());
    }

    private synchronized Whole whole(Relations relations) {
        Optional<Whole> known = whole.filter(one -> one.of() == relations);
        if (known.isPresent()) {
            return known.get();
        }
        Whole read = new Whole(relations, whole(Entity.ORG, relations), whole(Entity.ACADEMIC_SESSION, relations));
        if (relations == census.relations()) {
            whole = Optional.of(read);
        }
        return read;
    }

    private RoaringBitmap whole(Entity entity, Relations relations) {
        // Those that belong where they once did were whole then.
        RoaringBitmap then = relations.recalled(entity);
        RoaringBitmap now = RoaringBitmap.andNot(relations.live(entity), then);
        RoaringBitmap read = looks.whole(entity, relations.batch(), now);
        return then.isEmpty() ? read : RoaringBitmap.or(read, then);
    }

    private RoaringBitmap found(Entity entity, Iterable<SourcedId> ids) {
        RoaringBitmap ordinals = new RoaringBitmap();
        for (SourcedId id : ids) {
            int ordinal = census.find(entity, id);
            if (ordinal != Relations.NONE) {
                ordinals.add(ordinal);
            }
        }
        return ordinals;
    }
}
