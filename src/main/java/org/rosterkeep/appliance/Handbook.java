package org.rosterkeep.appliance;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.custody.Handed;
import org.rosterkeep.custody.Register;
import org.rosterkeep.custody.Slot;
import org.rosterkeep.disclosure.Entry.Persons;
import org.rosterkeep.disclosure.Rolls;
import org.rosterkeep.ledger.Handover;
import org.rosterkeep.ledger.Handovers;
import org.rosterkeep.ledger.Ledger;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.vault.Vault;

/// The ledger as the custody of what vendors hold reads it: the spans of old editions are turned into the records that
/// stood there.
final class Handbook implements Register {
    /// What a vendor got by asking, and what may have reached it by being sent.
    private static final Set<String> HANDED_OVER = Set.of("pull", "push");
    /// Old listings that are remembered: the ledger speaks of the same ones for a while.
    private static final int LISTINGS_MAX = 64;

    private final Ledger ledger;
    private final Vault vault;
    private final Rolls rolls;

    Handbook(Ledger ledger, Vault vault, Rolls rolls) {
        this.ledger = ledger;
        this.vault = vault;
        this.rolls = rolls;
    }

    private record ListingKey(String rule, long edition, Entity entity) {}

    @Override
    public boolean has(Mark mark) {
        return new Handovers(ledger.pages()).has(place(mark));
    }

    @Override
    public Mark read(Mark from, Consumer<Handed> visitor) {
        Map<ListingKey, Optional<int[]>> listings = new LinkedHashMap<>(16, 0.75f, true);
        var end = new Handovers(ledger.pages()).read(place(from), handover -> {
            if (HANDED_OVER.contains(handover.channel())) {
                visitor.accept(handed(handover, listings));
            }
        });
        return new Mark(end.segment(), end.offset(), end.hash());
    }

    private static Handovers.Place place(Mark mark) {
        return new Handovers.Place(mark.segment(), mark.offset(), mark.hash());
    }

    private Handed handed(Handover of, Map<ListingKey, Optional<int[]>> listings) {
        return switch (of.persons()) {
            case Persons.None() -> handed(of, Entity.USER, Optional.of(new RoaringBitmap()));
            case Persons.Listed(var entity, int[] ordinals) ->
                handed(of, entity, Optional.of(RoaringBitmap.bitmapOf(ordinals)));
            case Persons.Span(var entity, long first, long last) -> {
                var key = new ListingKey(of.rule(), of.edition(), entity);
                var listing = listings.get(key);
                if (listing == null) {
                    listing = rolls.listing(of.rule(), of.edition(), entity);
                    listings.put(key, listing);
                    if (listings.size() > LISTINGS_MAX) {
                        listings.remove(listings.keySet().iterator().next());
                    }
                }
                yield handed(
                        of,
                        entity,
                        listing.map(all -> RoaringBitmap.bitmapOf(Arrays.copyOfRange(
                                        all, (int) Math.min(first, all.length), (int) Math.min(last, all.length))))
                                // The order is gone with the ids' key: whoever was in the edition counts as told.
                                .or(() -> rolls.members(of.rule(), of.edition(), entity)));
            }
        };
    }

    private static Handed handed(Handover of, Entity entity, Optional<RoaringBitmap> records) {
        return new Handed(
                of.at(),
                of.vendor(),
                new Slot(of.rule(), of.ruleVersion(), of.agreement(), entity, of.fields()),
                records);
    }

    @Override
    public RoaringBitmap usersOf(RoaringBitmap enrollments) {
        var relations = vault.relations();
        var users = new RoaringBitmap();
        enrollments.forEach((org.roaringbitmap.IntConsumer) enrollment -> {
            int user = relations.enrollmentUser(enrollment);
            if (user != Relations.NONE) {
                users.add(user);
            }
            vault.formerUsers(enrollment).forEach(users::add);
        });
        return users;
    }

    @Override
    public RoaringBitmap enrollmentsOf(RoaringBitmap enrollments, RoaringBitmap users) {
        var relations = vault.relations();
        var found = new RoaringBitmap();
        enrollments.forEach((org.roaringbitmap.IntConsumer) enrollment -> {
            int user = relations.enrollmentUser(enrollment);
            boolean theirs = user != Relations.NONE && users.contains(user);
            if (theirs && vault.formerUsers(enrollment).allMatch(users::contains)) {
                found.add(enrollment);
            }
        });
        return found;
    }
}
