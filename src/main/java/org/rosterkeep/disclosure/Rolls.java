package org.rosterkeep.disclosure;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Census;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.entitlement.Lens;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.rules.Rule;

/// Who stood where in an old edition, for reading the spans that the record of disclosures keeps
/// ([Entry.Persons.Span]).
/// Ordinals only: it reads no value that leaves.
public final class Rolls {
    private final Editions editions;
    private final Census census;
    private final Outward outward;
    private final Cache cache;
    private final Aliases.Book aliases;

    public Rolls(Editions editions, Census census, Records records, Aliases.Book aliases, DoorSettings settings) {
        this.editions = editions;
        this.census = census;
        this.aliases = aliases;
        this.cache = new Cache(settings.cacheBytesMax());
        this.outward = new Outward(records, aliases, cache);
    }

    /// Every record of an entity in the order of a domain's pseudonyms, which never changes; the newer ones are merely
    /// not in the older editions.
    private record Order(int[] ordinals, int[] rank) implements Cache.Weighed {
        @Override
        public long weight() {
            return 8L * ordinals.length;
        }
    }

    private record OrderKey(String domain, Entity entity, int size) {}

    /// Where each of these records stood in the edition's listing in its default order, -1 for one that was not
    /// in the edition; empty when the edition is not
    /// known any
    /// more. A position is the number of members that come before: with pseudonyms no list has to be made.
    ///
    /// @param stream the rule's id
    public Optional<long[]> positions(String stream, long edition, Entity entity, int[] ordinals) {
        return ordered(stream, edition)
                .map(members -> members.lens().passThroughIds()
                        ? found(names(members).sorted(entity, members.of(entity)), ordinals)
                        : ranked(members.of(entity), order(members, entity), ordinals));
    }

    /// The records an old edition showed, in no order: that is known even when the key of its ids was destroyed.
    public Optional<RoaringBitmap> members(String stream, long edition, Entity entity) {
        return editions.at(stream, edition).map(members -> members.of(entity));
    }

    /// Without the key of its ids an edition's order is not known any more; whoever knew it could tell whom the
    /// ids mean.
    private Optional<Editions.Members> ordered(String stream, long edition) {
        return editions.at(stream, edition)
                .filter(members -> !aliases.forgot(members.lens().domain()));
    }

    /// Lets go of what is remembered of ids and their order.
    public void forgetIds() {
        cache.clear();
    }

    /// An old edition's listing of an entity in its default order, by ordinal; empty when the edition is not known any
    /// more.
    public Optional<int[]> listing(String stream, long edition, Entity entity) {
        return ordered(stream, edition).map(members -> {
            if (members.lens().passThroughIds()) {
                return names(members).sorted(entity, members.of(entity));
            }
            RoaringBitmap wanted = members.of(entity);
            return Arrays.stream(order(members, entity).ordinals)
                    .filter(wanted::contains)
                    .toArray();
        });
    }

    /// The batch whose roster says whose an enrolment was in an old edition; empty when the edition is not known any
    /// more.
    public OptionalLong batch(String stream, long edition, int enrollment) {
        return editions.at(stream, edition)
                .map(members -> OptionalLong.of(members.batchOf(enrollment)))
                .orElseGet(OptionalLong::empty);
    }

    /// The record that one of a rule's clients means by an outward id, whatever it may see now; empty when it
    /// is nobody's.
    public OptionalInt meant(Rule rule, Entity entity, String id) {
        if (aliases.forgot(rule.domain())) {
            return OptionalInt.empty();
        }
        Relations relations = census.relations();
        int ordinal = outward.names(Lens.of(rule), relations.batch(), relations).find(census, entity, id);
        return ordinal == Relations.NONE ? OptionalInt.empty() : OptionalInt.of(ordinal);
    }

    private static long[] found(int[] listing, int[] ordinals) {
        long[] positions = new long[ordinals.length];
        Arrays.fill(positions, -1);
        for (int place = 0; place < listing.length; place++) {
            for (int n = 0; n < ordinals.length; n++) {
                if (ordinals[n] == listing[place]) {
                    positions[n] = place;
                }
            }
        }
        return positions;
    }

    private static long[] ranked(RoaringBitmap members, Order order, int[] ordinals) {
        long[] positions = new long[ordinals.length];
        for (int n = 0; n < ordinals.length; n++) {
            int ordinal = ordinals[n];
            positions[n] = -1;
            if (members.contains(ordinal)) {
                int rank = order.rank[ordinal];
                positions[n] = RoaringBitmap.andCardinality(
                        members, RoaringBitmap.bitmapOf(Arrays.copyOf(order.ordinals, rank)));
            }
        }
        return positions;
    }

    private Order order(Editions.Members members, Entity entity) {
        int size = census.relations().size(entity.identity());
        OrderKey key = new OrderKey(members.lens().domain(), entity, size);
        return cache.get(key, Order.class, () -> {
            int[] ordinals = names(members).sorted(entity, RoaringBitmap.bitmapOfRange(0, size));
            int[] rank = new int[size];
            for (int place = 0; place < size; place++) {
                rank[ordinals[place]] = place;
            }
            return new Order(ordinals, rank);
        });
    }

    private Names names(Editions.Members members) {
        Relations relations = census.relations();
        return outward.names(members.lens(), members.batch(), relations);
    }
}
