package org.rosterkeep.disclosure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.disclosure.Outcome.Mistake;
import org.rosterkeep.entitlement.Census;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.entitlement.Lens;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.rules.Ask;
import org.rosterkeep.rules.Decision;
import org.rosterkeep.rules.Recipient;

/// Understands inquiries: what they ask of the rules, what is wrong with them, and which records, in which
/// order and form,
/// they come to in one edition. Reads nothing that leaves.
final class Questions {
    private final Editions editions;
    private final Census census;
    private final Outward outward;
    private final Listings listings;
    private final Pulls pulls;
    private final Tags tags;
    private final Cache cache;

    Questions(Gate.Rooms rooms, DoorSettings settings) {
        editions = rooms.editions();
        census = rooms.census();
        Records records = rooms.records();
        Aliases.Book aliases = rooms.aliases();
        cache = new Cache(settings.cacheBytesMax());
        outward = new Outward(records, aliases, cache);
        listings = new Listings(cache, outward, new Sieve(records, outward));
        pulls = new Pulls(census, settings);
        tags = new Tags(aliases);
    }

    /// What the rules are asked, with every field the question looks at.
    Ask ask(Inquiry inquiry) {
        return new Ask(
                inquiry.recipient(), inquiry.collection().entity(), by(inquiry), new Wording(inquiry).consulted());
    }

    /// The same without the fields.
    Ask plainAsk(Inquiry inquiry) {
        return new Ask(inquiry.recipient(), inquiry.collection().entity(), by(inquiry), Set.of());
    }

    private static Set<Entity> by(Inquiry inquiry) {
        return Place.by(
                inquiry.parents().stream().map(Inquiry.Parent::collection).toList(), inquiry.collection());
    }

    Answer answer(Inquiry inquiry, Decision.Allow allow, Edition current, Instant now) {
        Lens lens = current.lens()
                .within(inquiry.collection().entity(), allow.fields().keySet());
        return switch (new Wording(inquiry).judge(lens)) {
            case Wording.Judged.Wrong(Mistake mistake) -> new Answer.Wrong(mistake);
            case Wording.Judged.Sound sound -> {
                // What an official looks at is no run: a preview holds on to no rows.
                Optional<Pulls.Run> run = inquiry.id().isPresent() || inquiry.recipient() instanceof Recipient.Official
                        ? Optional.empty()
                        : Optional.of(pulls.run(runKey(inquiry), inquiry.offset(), current, now));
                // What is held still is who is in the run, never the leave to be told of them.
                Edition edition = run.map(held -> editions.now(held.edition(), allow.rule(), now))
                        .orElseGet(() -> editions.now(current, allow.rule(), now));
                AtomicBoolean matchesListed = run.map(Pulls.Run::matchesListed).orElseGet(AtomicBoolean::new);
                yield place(inquiry, edition)
                        .map(place -> new Found(inquiry, sound, lens, edition, place, matchesListed).answer())
                        .orElseGet(() -> new Answer.Wrong(Mistake.UNKNOWN_OBJECT));
            }
        };
    }

    /// A sound question on its way to its records.
    private final class Found {
        private final Inquiry inquiry;
        private final Wording.Judged.Sound sound;
        private final Lens lens;
        private final Edition edition;
        private final Place place;
        private final AtomicBoolean matchesListed;
        private final Entity entity;

        Found(
                Inquiry inquiry,
                Wording.Judged.Sound sound,
                Lens lens,
                Edition edition,
                Place place,
                AtomicBoolean matchesListed) {
            this.inquiry = inquiry;
            this.sound = sound;
            this.lens = lens;
            this.edition = edition;
            this.place = place;
            this.matchesListed = matchesListed;
            entity = place.collection().entity();
        }

        Answer answer() {
            return inquiry.id().map(this::single).orElseGet(this::page);
        }

        private Answer page() {
            Listing listing =
                    listings.of(edition, new Listings.Wanted(place, inquiry.base(), inquiry.filter(), sound.sort()));
            int from = (int) Math.min(inquiry.offset(), listing.size());
            int to = (int) Math.min(from + Math.min(inquiry.limit(), Integer.MAX_VALUE), listing.size());
            int[] ordinals = Arrays.copyOfRange(listing.ordinals(), from, to);
            // The total tells of every match, shown or not: the ledger names them all, once in a run.
            boolean telling = new Wording(inquiry).filtersByValue();
            boolean counted = telling
                    ? !matchesListed.get()
                    : ordinals.length == 0 && inquiry.filter().isPresent();
            boolean span = listing.base() && edition.lapsed().isEmpty();
            Entry.Persons persons = persons(counted ? listing.ordinals() : given(ordinals), span, from);
            return found(ordinals, listing.size(), persons, telling);
        }

        /// Without those who lapsed: nothing of them leaves but the tombstone.
        private int[] given(int[] ordinals) {
            if (edition.lapsed().isEmpty()) {
                return ordinals;
            }
            RoaringBitmap given = edition.given(entity);
            given.or(edition.track(entity).gone().all());
            return Arrays.stream(ordinals).filter(given::contains).toArray();
        }

        private Answer single(String id) {
            int ordinal = names(edition).find(census, entity, id);
            if (ordinal == Relations.NONE || !listings.members(edition, place).contains(ordinal)) {
                return new Answer.Wrong(Mistake.UNKNOWN_OBJECT);
            }
            int[] one = {ordinal};
            return found(one, 1, persons(one, false, 0), false);
        }

        private Answer found(int[] ordinals, long total, Entry.Persons persons, boolean telling) {
            Names names = names(edition);
            Form form = new Form(
                    edition.sight().through(lens), inquiry.wire(), entity, sound.selection(), names, inquiry.base());
            boolean one = inquiry.id().isPresent();
            Page page = new Page(edition, entity, ordinals, one, form, names, Out.utf8(sound.trailer()));
            String etag = tags.of(edition, question(inquiry));
            // Not `*`: who names no tag was not given this answer before, and would learn the total unrecorded.
            boolean known = inquiry.ifNoneMatch().contains(etag);
            return new Answer.Found(page, total, etag, known, persons, () -> listed(telling && !known));
        }

        private void listed(boolean all) {
            if (all) {
                matchesListed.set(true);
            }
        }

        /// Positions when the listing can be made again from a numbered edition alone, else the records themselves. The
        /// order of ids passed through takes rows to make again, and those are not kept as long as the ledger.
        private Entry.Persons persons(int[] ordinals, boolean base, long from) {
            if (!entity.personal() || ordinals.length == 0) {
                return new Entry.Persons.None();
            }
            if (base && edition.numbered() && !edition.lens().passThroughIds()) {
                return new Entry.Persons.Span(entity, from, from + ordinals.length);
            }
            int[] ascending = ordinals.clone();
            Arrays.sort(ascending);
            return new Entry.Persons.Listed(entity, ascending);
        }
    }

    /// Finds the records of a nested path, each in view, each inside the one before. Unknown and hidden look the same.
    private Optional<Place> place(Inquiry inquiry, Edition edition) {
        List<Place.Step> steps = new ArrayList<>();
        for (Inquiry.Parent parent : inquiry.parents()) {
            int ordinal = names(edition).find(census, parent.collection().entity(), parent.id());
            Place at = new Place(inquiry.wire(), parent.collection(), steps);
            if (ordinal == Relations.NONE
                    || !listings.members(edition, at).contains(ordinal)
                    || !edition.given(parent.collection().entity()).contains(ordinal)) {
                return Optional.empty();
            }
            steps.add(new Place.Step(parent.collection(), ordinal));
        }
        return Optional.of(new Place(inquiry.wire(), inquiry.collection(), steps));
    }

    /// A whole collection in its default order, those who left among it.
    int[] listing(Edition edition, Wire wire, Collection collection, String base) {
        Place place = new Place(wire, collection, List.of());
        return listings.of(edition, new Listings.Wanted(place, base, Optional.empty(), Optional.empty()))
                .ordinals();
    }

    Names names(Edition edition) {
        return outward.names(edition);
    }

    /// A run is a client and a question without offset and limit.
    private static String runKey(Inquiry inquiry) {
        return String.join(
                "\n",
                inquiry.recipient().toString(),
                inquiry.wire().name(),
                inquiry.parents().toString(),
                inquiry.collection().name(),
                inquiry.filter().toString(),
                inquiry.selection().toString(),
                inquiry.sort().toString(),
                Boolean.toString(inquiry.descending()),
                inquiry.base());
    }

    /// Everything an answer's bytes depend on, beside the edition.
    private static List<String> question(Inquiry inquiry) {
        return List.of(
                inquiry.wire().name(),
                inquiry.parents().toString(),
                inquiry.collection().name(),
                inquiry.id().toString(),
                inquiry.filter().toString(),
                inquiry.selection().toString(),
                inquiry.sort().toString(),
                Boolean.toString(inquiry.descending()),
                Long.toString(inquiry.offset()),
                Long.toString(inquiry.limit()),
                inquiry.base());
    }

    void idle(Instant now) {
        pulls.sweep(now);
    }

    void forgetIds() {
        cache.clear();
    }
}
