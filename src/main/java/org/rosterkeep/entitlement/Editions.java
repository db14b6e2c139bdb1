package org.rosterkeep.entitlement;

import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Rule;

/// The editions of a district, one stream of numbers per rule id. A new version of a rule goes on with the stream.
public final class Editions {
    /// The newest edition of each stream.
    public static final String KIND = "edition";
    /// The day (UTC) on which somebody last asked for a stream, `2026-10-05`.
    public static final String KIND_ASKED = "edition-asked";
    /// What each number changed, `rule/000000000042`.
    public static final String KIND_PAST = "edition-past";

    /// Editions under later floors that are remembered: a few paging runs are under way when a floor comes.
    private static final int LAPSED_MAX = 16;

    private final Census census;
    private final Shelf shelf;
    private final Withholding withholding;
    private final Succession succession;
    private final Optional<Guard> guard;
    private final Stream.Desk desk;
    private final Map<String, Stream> streams = new ConcurrentHashMap<>();
    private final Map<Then, Edition> lapsed = new LinkedHashMap<>(16, 0.75f, true);
    private Optional<Edition> previewed = Optional.empty();
    private WeakReference<Relations> older = new WeakReference<>(null);

    /// Editions without a guard: every view goes with the roster.
    public Editions(Census census, Shelf shelf, Looks looks, Floors floors, EditionSettings settings) {
        this(census, shelf, looks, floors, settings, Optional.empty());
    }

    /// Takes up the streams on the shelf, and holds on to the rows their newest editions speak of until they have been
    /// compared with those of the next.
    ///
    /// @param guard holds what changes too much at once; none when every view goes with the roster
    public Editions(
            Census census, Shelf shelf, Looks looks, Floors floors, EditionSettings settings, Optional<Guard> guard) {
        this.census = census;
        this.shelf = shelf;
        this.guard = guard;
        withholding = new Withholding(floors, census);
        succession = new Succession(census, looks, settings);
        desk = new Stream.Desk(census, shelf, succession, settings, guard, this::shape);
        shelf.all(KIND).forEach((id, document) -> streams.put(id, new Stream(desk, KeptForm.read(document))));
    }

    /// The records an edition shows or once showed, and what their outward ids are made with.
    ///
    /// @param waiting enrolments that were shown as of an older batch, by that batch
    public record Members(
            Lens lens, long batch, Map<Long, RoaringBitmap> waiting, String digest, Map<Entity, RoaringBitmap> sets) {
        public Members {
            waiting = Map.copyOf(waiting);
            sets = Map.copyOf(sets);
        }

        /// The batch whose roster says whose an enrolment was.
        public long batchOf(int enrollment) {
            return Past.batchOf(enrollment, waiting, batch);
        }

        public RoaringBitmap of(Entity entity) {
            return sets.getOrDefault(entity, new RoaringBitmap());
        }
    }

    /// The edition of now: the one there is, or its successor when the roster or the rule has moved since.
    public Edition current(Rule rule, Instant now) {
        Succession.Asked asked = new Succession.Asked(rule, withholding.of(rule, now), now);
        return streams.computeIfAbsent(rule.id(), _ -> new Stream(desk)).current(asked);
    }

    /// An edition under floors of a later moment.
    private record Then(String stream, long number, long batch, long stamp) {}

    /// An edition as the floors leave it now: the same number, the same records in the same order, but whoever is
    /// withheld by now is not given any more, and nothing points at them. The very same edition when nothing in
    /// it is
    /// concerned.
    ///
    /// @param rule the edition's
    public Edition now(Edition edition, Rule rule, Instant now) {
        Floors.Withheld withheld = withholding.of(rule, now);
        if (withheld.stamp() == edition.kept().hidden().stamp()) {
            return edition;
        }
        Then key = new Then(edition.stream(), edition.number(), edition.batch(), withheld.stamp());
        synchronized (lapsed) {
            Edition known = lapsed.get(key);
            if (known != null) {
                return known;
            }
            Edition made = edition.within(succession.views(rule, edition.relations(), withheld), withheld);
            lapsed.put(key, made);
            if (lapsed.size() > LAPSED_MAX) {
                lapsed.remove(lapsed.keySet().iterator().next());
            }
            return made;
        }
    }

    /// Lets go of the rows of streams that nobody can or does ask for: else whoever left the roster would stay in the
    /// store for as long as such a stream exists. Called now and then.
    ///
    /// @param inForce whether a rule of this id may decide anything now
    public void idle(Predicate<String> inForce, Instant now) {
        streams.forEach((rule, stream) -> stream.idle(inForce.test(rule), now));
    }

    /// What a rule would show if it were in force, outside every stream: nothing is numbered, kept or moved by it.
    /// When the stream's current edition is of exactly this rule and roster, that one.
    public Edition preview(Rule rule, Instant now) {
        Stream stream = streams.get(rule.id());
        Succession.Asked asked = new Succession.Asked(rule, withholding.of(rule, now), now);
        Optional<Edition> current = stream == null ? Optional.empty() : stream.ifOf(asked);
        return current.orElseGet(() -> throwaway(asked));
    }

    /// What a rule gives, as sets of ordinals.
    ///
    /// @param relations the roster's shape they are ordinals of
    public record Given(Relations relations, Views views) {}

    /// The same by ordinals alone, which takes less: no edition is made of it.
    public Given given(Rule rule, Instant now) {
        Succession.Laid laid = succession.present(new Succession.Asked(rule, withholding.of(rule, now), now));
        return new Given(laid.relations(), laid.views());
    }

    /// What the rule's client would be given if it asked now: with what would wait, and without moving anything.
    public Edition expected(Rule rule, Instant now) {
        Stream stream = streams.get(rule.id());
        return stream == null || guard.isEmpty()
                ? preview(rule, now)
                : stream.expected(new Succession.Asked(rule, withholding.of(rule, now), now))
                        .orElseGet(() -> preview(rule, now));
    }

    /// The last one is kept, so that a preview's pages and collections are of one edition.
    private synchronized Edition throwaway(Succession.Asked asked) {
        String stream = "preview " + asked.rule().hash() + " of "
                + census.relations().batch() + " under " + asked.withheld().stamp();
        Optional<Edition> known = previewed.filter(edition -> edition.stream().equals(stream));
        Edition edition = known.orElseGet(() -> succession.first(stream, asked).throwaway());
        previewed = Optional.of(edition);
        return edition;
    }

    /// Finds out, for a rule in force, whether its view would change too much, before its vendor asks: nothing is
    /// numbered or moved by it.
    public void foresee(Rule rule, Instant now) {
        Stream stream = streams.get(rule.id());
        if (stream != null && guard.isPresent()) {
            stream.foresee(new Succession.Asked(rule, withholding.of(rule, now), now));
        }
    }

    /// What would come to and go from a vendor's view if one version of its rule took the place of another today.
    ///
    /// @param within whether that is little enough to need nobody's look
    public record Measure(Map<Entity, Hold.Count> counts, boolean within) {
        public Measure {
            counts = Map.copyOf(counts);
        }
    }

    /// Measures a change of a rule; nothing is numbered, kept or moved by it. While something of the view waits, it is
    /// measured on the roster that the vendor sees: what waits goes on waiting, whatever the version.
    public Measure measure(Rule running, Rule proposed, Instant now) {
        Edition from = preview(running, now);
        Succession.Asked asked = new Succession.Asked(proposed, withholding.of(proposed, now), now);
        Edition to = from.kept().held().isEmpty() ? preview(proposed, now) : succession.first("measure", asked, from);
        Map<Entity, Hold.Count> counts = Holding.counts(from, to);
        boolean within =
                guard.map(one -> !one.of(proposed.vendor()).trips(counts)).orElseGet(counts::isEmpty);
        return new Measure(counts, within);
    }

    /// The roster's shape as of a pinned batch. The streams that stood still when the program ended mostly stood at
    /// one batch, so one shape serves them all.
    private synchronized Relations shape(long batch) {
        Relations now = census.relations();
        Relations known = older.get();
        if (now.batch() == batch) {
            return now;
        }
        if (known != null && known.batch() == batch) {
            return known;
        }
        Relations read = census.relations(batch);
        older = new WeakReference<>(read);
        return read;
    }

    /// An earlier edition of a stream, for reading the ledger's spans.
    public Optional<Members> at(String stream, long number) {
        Stream found = streams.get(stream);
        return found == null ? Optional.empty() : found.at(number);
    }

    /// The pseudonym domains of every edition that is still known.
    public Set<String> domains() {
        Set<String> domains = new TreeSet<>();
        shelf.all(KIND)
                .values()
                .forEach(document -> domains.add(KeptForm.read(document).lens().domain()));
        shelf.all(KIND_PAST)
                .values()
                .forEach(document -> domains.add(PastForm.read(document).lens().domain()));
        return domains;
    }

    /// What a stream showed at an instant.
    ///
    /// @param ruleVersion of the rule when the number began; a version that changed nothing visible moved no number
    /// @param batch when the number began; imports that changed nothing visible moved no number
    /// @param waiting enrolments that were shown as of an older batch, by that batch
    /// @param since when the number began
    /// @param live by entity, without tombstones
    public record Stood(
            long number,
            int ruleVersion,
            long batch,
            Map<Long, RoaringBitmap> waiting,
            Instant since,
            Map<Entity, RoaringBitmap> live) {
        public Stood {
            waiting = Map.copyOf(waiting);
            live = Map.copyOf(live);
        }

        /// The batch whose roster says whose an enrolment was.
        public long batchOf(int enrollment) {
            return Past.batchOf(enrollment, waiting, batch);
        }

        public boolean shows(Entity entity, int ordinal) {
            return ordinal >= 0
                    && live.getOrDefault(entity, new RoaringBitmap()).contains(ordinal);
        }
    }

    /// Who was live in the edition that was the stream's newest at an instant; empty when there was none, or it is not
    /// known any more. An edition is made when its client asks: between a change and the next question the
    /// older stood.
    public Optional<Stood> liveAt(String stream, Instant when) {
        Stream found = streams.get(stream);
        return found == null ? Optional.empty() : found.liveAt(when);
    }

    /// The digest of an edition's content, as the ledger cites it; empty for a preview.
    public String digest(Edition edition) {
        Stream stream = streams.get(edition.stream());
        return stream == null ? "" : stream.digest(edition);
    }
}
