package org.rosterkeep.entitlement;

import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
    private final EditionSettings settings;
    private final Optional<Guard> guard;
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
    /// @param guard holds a view whose next edition changes too much; none when every view goes with the roster
    public Editions(
            Census census, Shelf shelf, Looks looks, Floors floors, EditionSettings settings, Optional<Guard> guard) {
        this.census = census;
        this.shelf = shelf;
        this.settings = settings;
        this.guard = guard;
        withholding = new Withholding(floors, census);
        succession = new Succession(census, looks, settings);
        shelf.all(KIND).forEach((id, document) -> streams.put(id, new Stream(KeptForm.read(document))));
    }

    /// The records an edition shows or once showed, and what their outward ids are made with.
    public record Members(Lens lens, long batch, String digest, Map<Entity, RoaringBitmap> sets) {
        public Members {
            sets = Map.copyOf(sets);
        }

        public RoaringBitmap of(Entity entity) {
            return sets.getOrDefault(entity, new RoaringBitmap());
        }
    }

    /// The edition of now: the one there is, or its successor when the roster or the rule has moved since.
    public Edition current(Rule rule, Instant now) {
        Succession.Asked asked = new Succession.Asked(rule, withholding.of(rule, now), now);
        return streams.computeIfAbsent(rule.id(), _ -> new Stream()).current(asked);
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

    /// The last one is kept, so that a preview's pages and collections are of one edition.
    private synchronized Edition throwaway(Succession.Asked asked) {
        String stream = "preview " + asked.rule().hash() + " of "
                + census.relations().batch() + " under " + asked.withheld().stamp();
        Optional<Edition> known = previewed.filter(edition -> edition.stream().equals(stream));
        Edition edition = known.orElseGet(() -> succession.first(stream, asked).throwaway());
        previewed = Optional.of(edition);
        return edition;
    }

    /// What would come to and go from a vendor's view if one version of its rule took the place of another today.
    ///
    /// @param within whether that is little enough to need nobody's look. Never while the view stands still:
    /// the new
    ///     version would take along what waits
    public record Measure(Map<Entity, Hold.Count> counts, boolean within) {
        public Measure {
            counts = Map.copyOf(counts);
        }
    }

    /// Measures a change of a rule; nothing is numbered, kept or moved by it.
    public Measure measure(Rule running, Rule proposed, Instant now) {
        Edition from = preview(running, now);
        Map<Entity, Hold.Count> counts = Standstill.counts(from, preview(proposed, now));
        boolean within = guard.map(one -> one.hold(running.id()).isEmpty()
                        && !one.of(proposed.vendor()).trips(counts, true))
                .orElseGet(counts::isEmpty);
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
        shelf.all(KIND).values().forEach(document -> domains.add(KeptForm.read(document).lens().domain()));
        shelf.all(KIND_PAST).values().forEach(document -> domains.add(KeptForm.readPast(document).lens().domain()));
        return domains;
    }

    /// What a stream showed at an instant.
    ///
    /// @param ruleVersion of the rule when the number began; a version that changed nothing visible moved no number
    /// @param batch when the number began; imports that changed nothing visible moved no number
    /// @param since when the number began
    /// @param live by entity, without tombstones
    public record Stood(long number, int ruleVersion, long batch, Instant since, Map<Entity, RoaringBitmap> live) {
        public Stood {
            live = Map.copyOf(live);
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

    /// Under what a view was found to have to stand still: while nothing of it changes, it need not be found out again.
    private record Waits(String rule, long batch, long stamp, long turn) {
        static Waits of(Succession.Asked ask, Census census, Optional<Guard> guard) {
            return new Waits(
                    ask.rule().hash(),
                    census.relations().batch(),
                    ask.withheld().stamp(),
                    guard.map(Guard::turn).orElse(0L));
        }
    }

    private final class Stream {
        private Optional<Edition.Kept> kept;
        private Optional<Edition> edition = Optional.empty();
        private Optional<Census.Pin> pin = Optional.empty();
        private Optional<LocalDate> asked = Optional.empty();
        private Optional<Waits> waits = Optional.empty();

        Stream() {
            kept = Optional.empty();
        }

        Stream(Edition.Kept kept) {
            this.kept = Optional.of(kept);
            hold();
            asked = shelf.get(KIND_ASKED, kept.stream())
                    .map(day -> LocalDate.parse(new String(day, StandardCharsets.US_ASCII)));
        }

        /// Rows that can no longer be held are rows that can no longer be read.
        private void hold() {
            if (pin.isEmpty() && kept.isPresent()) {
                try {
                    pin = Optional.of(census.pin(kept.get().batch()));
                } catch (RuntimeException tooLate) {
                    pin = Optional.empty();
                }
            }
        }

        synchronized void idle(boolean inForce, Instant now) {
            if (pin.isEmpty()) {
                return;
            }
            LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            if (asked.isEmpty()) {
                asked(today);
            }
            boolean waits = held().isPresent();
            boolean silent = asked.filter(
                            day -> day.plusDays(settings.rowsHeld().toDays()).isBefore(today))
                    .isPresent();
            if (silent || !inForce && !waits) {
                pin.ifPresent(Census.Pin::close);
                pin = Optional.empty();
                // Without its rows a view cannot stay what it was.
                shelf.apply(ending());
                ended();
            }
        }

        private void asked(LocalDate today) {
            kept.filter(_ -> !asked.equals(Optional.of(today))).ifPresent(known -> {
                shelf.put(KIND_ASKED, known.stream(), today.toString().getBytes(StandardCharsets.US_ASCII));
                asked = Optional.of(today);
            });
        }

        synchronized Edition current(Succession.Asked ask) {
            hold();
            Edition found = found(ask);
            asked(LocalDate.ofInstant(ask.now(), ZoneOffset.UTC));
            return found;
        }

        private Edition found(Succession.Asked ask) {
            Optional<Edition> known = ifOf(ask);
            if (known.isPresent() && !succession.aged(known.get().kept(), ask.now())) {
                return known.get();
            }
            if (waits.filter(same -> same.equals(Waits.of(ask, census, guard))).isPresent() && edition.isPresent()) {
                return edition.get();
            }
            Edition next = kept.isPresent() ? follow(kept.get(), ask) : begin(ask);
            Census.Pin held = census.pin(next.batch());
            pin.ifPresent(Census.Pin::close);
            pin = Optional.of(held);
            kept = Optional.of(next.kept());
            edition = Optional.of(next);
            return next;
        }

        synchronized Optional<Edition> ifOf(Succession.Asked ask) {
            Rule rule = ask.rule();
            Relations relations = census.relations();
            Optional<Edition.Kept> same = kept.filter(old -> old.batch() == relations.batch()
                    && old.hidden().stamp() == ask.withheld().stamp()
                    && old.ruleVersion() == rule.version()
                    && old.ruleHash().equals(rule.hash()));
            if (same.isPresent() && edition.isEmpty()) {
                edition = Optional.of(new Edition(same.get(), relations));
            }
            return same.isPresent() ? edition : Optional.empty();
        }

        private Edition begin(Succession.Asked ask) {
            Edition first = succession.first(ask.rule().id(), ask);
            Map<Entity, RoaringBitmap> came = new EnumMap<>(Entity.class);
            for (Entity entity : Entity.values()) {
                came.put(entity, first.live(entity));
            }
            keep(first, came, Map.of(), new Past.Living(came, Map.of()));
            return first;
        }

        private Edition follow(Edition.Kept before, Succession.Asked ask) {
            Optional<Relations> then = edition.map(Edition::relations);
            if (then.isEmpty() && before.batch() == census.relations().batch()) {
                then = Optional.of(census.relations());
            }
            Waits under = Waits.of(ask, census, guard);
            Succession.Made made = succession.next(new Succession.Before(before, then, pin.isPresent()), ask);
            if (!made.moved()) {
                List<Shelf.Change> changes = new ArrayList<>(ending());
                changes.add(new Shelf.Change.Put(
                        KIND, before.stream(), KeptForm.write(made.edition().kept())));
                shelf.apply(changes);
                ended();
                return made.edition();
            }
            if (stays(before, made, ask)) {
                Edition same = edition.orElseGet(() -> new Edition(before, shape(before.batch())));
                waits = Optional.of(under);
                return same;
            }
            Map<Entity, RoaringBitmap> came = new EnumMap<>(Entity.class);
            Map<Entity, RoaringBitmap> dropped = new EnumMap<>(Entity.class);
            Map<Entity, RoaringBitmap> arrived = new EnumMap<>(Entity.class);
            Map<Entity, RoaringBitmap> left = new EnumMap<>(Entity.class);
            made.steps().forEach((entity, step) -> {
                came.put(
                        entity,
                        RoaringBitmap.andNot(
                                step.came(), before.track(entity).gone().all()));
                dropped.put(entity, step.dropped());
                arrived.put(entity, step.came());
                left.put(entity, step.left());
            });
            keep(made.edition(), came, dropped, new Past.Living(arrived, left));
            return made.edition();
        }

        /// Whether the guard keeps the view where it is. A view whose rows are gone cannot stay.
        private boolean stays(Edition.Kept before, Succession.Made made, Succession.Asked ask) {
            if (guard.isEmpty() || pin.isEmpty()) {
                return false;
            }
            Optional<Hold> hold =
                    new Standstill(guard.get(), succession, census).of(before, Editions.this::shape, made, ask);
            hold.ifPresent(guard.get()::keep);
            return hold.isPresent();
        }

        private Optional<Hold> held() {
            return guard.flatMap(one -> kept.flatMap(known -> one.hold(known.stream())));
        }

        private List<Shelf.Change> ending() {
            return held().map(hold -> guard.orElseThrow().ending(hold.stream())).orElse(List.of());
        }

        private void ended() {
            waits = Optional.empty();
            held().ifPresent(hold -> guard.orElseThrow().ended(hold.stream()));
        }

        private void keep(
                Edition made, Map<Entity, RoaringBitmap> came, Map<Entity, RoaringBitmap> dropped, Past.Living living) {
            Edition.Kept next = made.kept();
            byte[] document = KeptForm.write(next);
            Past past = new Past(
                    next.number(),
                    next.batch(),
                    next.at(),
                    next.ruleVersion(),
                    next.lens(),
                    KeptForm.sha256(document),
                    came,
                    dropped,
                    Optional.of(living));
            List<Shelf.Change> changes = new ArrayList<>(ending());
            changes.add(new Shelf.Change.Put(KIND, next.stream(), document));
            changes.add(new Shelf.Change.Put(KIND_PAST, place(next.stream(), next.number()), KeptForm.write(past)));
            shelf.apply(changes);
            ended();
        }

        /// Walks back from the newest edition: what came later was not there, what was dropped later was.
        synchronized Optional<Members> at(long number) {
            Optional<Past> wanted = past(number);
            if (kept.isEmpty() || wanted.isEmpty()) {
                return Optional.empty();
            }
            Edition.Kept newest = kept.get();
            Map<Entity, RoaringBitmap> sets = new EnumMap<>(Entity.class);
            for (Entity entity : Entity.values()) {
                sets.put(entity, newest.track(entity).members());
            }
            for (long later = newest.number(); later > number; later--) {
                Optional<Past> step = past(later);
                if (step.isEmpty()) {
                    return Optional.empty();
                }
                step.get()
                        .came()
                        .forEach((entity, came) ->
                                sets.merge(entity, came, (all, newer) -> RoaringBitmap.andNot(all, newer)));
                step.get()
                        .dropped()
                        .forEach((entity, dropped) ->
                                sets.merge(entity, dropped, (all, past) -> RoaringBitmap.or(all, past)));
            }
            Past found = wanted.get();
            return Optional.of(new Members(found.lens(), found.batch(), found.digest(), sets));
        }

        /// Walks back as [#at] does, but with those who were live.
        synchronized Optional<Stood> liveAt(Instant when) {
            Map<Entity, RoaringBitmap> live = new EnumMap<>(Entity.class);
            for (Entity entity : Entity.values()) {
                live.put(
                        entity,
                        kept.map(newest -> newest.track(entity).live().all()).orElseGet(RoaringBitmap::new));
            }
            for (long number = kept.map(Edition.Kept::number).orElse(0L); number > 0; number--) {
                Optional<Past> step = past(number);
                if (step.filter(found -> !found.at().isAfter(when)).isPresent()) {
                    Past found = step.get();
                    return Optional.of(new Stood(number, found.ruleVersion(), found.batch(), found.at(), live));
                }
                Optional<Past.Living> living = step.flatMap(Past::living);
                if (living.isEmpty()) {
                    return Optional.empty();
                }
                living.get()
                        .arrived()
                        .forEach((entity, came) ->
                                live.computeIfPresent(entity, (_, all) -> RoaringBitmap.andNot(all, came)));
                living.get()
                        .left()
                        .forEach((entity, left) ->
                                live.computeIfPresent(entity, (_, all) -> RoaringBitmap.or(all, left)));
            }
            return Optional.empty();
        }

        private final Map<Long, String> digests = new ConcurrentHashMap<>();

        String digest(Edition of) {
            return digests.computeIfAbsent(
                    of.number(), number -> past(number).map(Past::digest).orElse(""));
        }

        private Optional<Past> past(long number) {
            String stream = kept.map(Edition.Kept::stream).orElse("");
            return shelf.get(KIND_PAST, place(stream, number)).map(KeptForm::readPast);
        }
    }

    private static String place(String stream, long number) {
        return String.format(Locale.ROOT, "%s/%012d", stream, number);
    }
}
