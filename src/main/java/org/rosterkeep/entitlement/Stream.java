package org.rosterkeep.entitlement;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.Rule;

/// The editions of one rule, one after another: the newest, and the rows it speaks of.
final class Stream {
    private final Desk desk;
    private final Annals annals;
    private Optional<Edition.Kept> kept;
    private Optional<Edition> edition = Optional.empty();
    /// What the edition was asked under; in memory only.
    private Optional<Succession.Asked> under = Optional.empty();

    private Optional<Census.Pin> pin = Optional.empty();
    private Optional<LocalDate> asked = Optional.empty();
    private long turn = -1;

    /// What every stream of a district works with.
    ///
    /// @param guard holds what changes too much at once; none when every view goes with the roster
    /// @param shape the roster's shape as of a batch that is still readable
    record Desk(
            Census census,
            Shelf shelf,
            Succession succession,
            EditionSettings settings,
            Optional<Guard> guard,
            LongFunction<Relations> shape) {}

    Stream(Desk desk) {
        this.desk = desk;
        annals = new Annals(desk.shelf());
        kept = Optional.empty();
    }

    Stream(Desk desk, Edition.Kept kept) {
        this.desk = desk;
        annals = new Annals(desk.shelf());
        this.kept = Optional.of(kept);
        hold();
        asked = desk.shelf()
                .get(Editions.KIND_ASKED, kept.stream())
                .map(day -> LocalDate.parse(new String(day, StandardCharsets.US_ASCII)));
    }

    /// Rows that can no longer be held are rows that can no longer be read.
    private void hold() {
        if (pin.isEmpty() && kept.isPresent()) {
            try {
                pin = Optional.of(desk.census().pin(kept.get().oldest()));
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
        boolean waits = held().isPresent()
                || kept.filter(known -> !known.held().isEmpty()).isPresent();
        boolean silent = asked.filter(
                        day -> day.plusDays(desk.settings().rowsHeld().toDays()).isBefore(today))
                .isPresent();
        if (silent || !inForce && !waits) {
            pin.ifPresent(Census.Pin::close);
            pin = Optional.empty();
            // Without its rows a view cannot stay what it was.
            desk.shelf().apply(ending());
            ended();
        }
    }

    private void asked(LocalDate today) {
        kept.filter(_ -> !asked.equals(Optional.of(today))).ifPresent(known -> {
            desk.shelf()
                    .put(Editions.KIND_ASKED, known.stream(), today.toString().getBytes(StandardCharsets.US_ASCII));
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
        if (known.isPresent()
                && !desk.succession().aged(known.get().kept(), ask.now())
                && !toBeJudged(known.get().kept())) {
            under = Optional.of(ask);
            return known.get();
        }
        long at = turn();
        Optional<Edition> next = kept.isPresent() ? follow(kept.get(), ask) : Optional.of(begin(ask));
        if (next.isEmpty()) {
            return standing();
        }
        Edition made = next.get();
        Census.Pin held = desk.census().pin(made.oldest());
        pin.ifPresent(Census.Pin::close);
        pin = Optional.of(held);
        kept = Optional.of(made.kept());
        edition = next;
        under = Optional.of(ask);
        turn = at;
        return made;
    }

    private long turn() {
        return desk.guard().map(Guard::turn).orElse(0L);
    }

    /// Whether something waits by what the guard was told earlier.
    private boolean toBeJudged(Edition.Kept known) {
        return (!known.held().isEmpty() || held().isPresent()) && turn != turn();
    }

    /// The edition there is, as it was when it was made.
    private Edition standing() {
        Edition.Kept known = kept.orElseThrow();
        Edition same = edition.orElseGet(() -> new Edition(known, then(known)));
        edition = Optional.of(same);
        return same;
    }

    private Relations then(Edition.Kept known) {
        return edition.map(Edition::relations)
                .orElseGet(() ->
                        desk.shape().apply(known.batch()).over(known.held().entries()));
    }

    synchronized Optional<Edition> ifOf(Succession.Asked ask) {
        Rule rule = ask.rule();
        Relations relations = desk.census().relations();
        Optional<Edition.Kept> same = kept.filter(old -> old.batch() == relations.batch()
                && old.hidden().stamp() == ask.withheld().stamp()
                && old.ruleVersion() == rule.version()
                && old.ruleHash().equals(rule.hash()));
        if (same.isPresent() && edition.isEmpty()) {
            Edition.Kept known = same.get();
            edition = Optional.of(new Edition(known, relations.over(known.held().entries())));
        }
        return same.isPresent() ? edition : Optional.empty();
    }

    private Edition begin(Succession.Asked ask) {
        Edition first = desk.succession().first(ask.rule().id(), ask);
        Map<Entity, RoaringBitmap> came = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            came.put(entity, first.live(entity));
        }
        desk.shelf().apply(written(first, came, Map.of(), new Past.Living(came, Map.of())));
        return first;
    }

    /// The next edition. Empty when something of it has to wait and that cannot be written down: then all of it does.
    private Optional<Edition> follow(Edition.Kept before, Succession.Asked ask) {
        Succession.Before from = before(before);
        Holding.Found found = judged(from, ask);
        Succession.Made made = desk.succession().next(from, ask, found.laid().get());
        Optional<Hold> hold = found.hold().map(one -> passed(one, made.edition().kept()));
        hold.ifPresent(one -> desk.guard().orElseThrow().keep(one));
        List<Shelf.Change> changes = new ArrayList<>(hold.isPresent() ? List.of() : ending());
        changes.addAll(made.moved() ? moves(before, made) : List.of(put(made.edition())));
        try {
            desk.shelf().apply(changes);
        } catch (RuntimeException full) {
            if (!found.stays()) {
                throw full;
            }
            return Optional.empty();
        }
        if (hold.isEmpty()) {
            ended();
        }
        return Optional.of(made.edition());
    }

    private Succession.Before before(Edition.Kept before) {
        Optional<Relations> then = edition.map(Edition::relations);
        Relations now = desk.census().relations();
        if (then.isEmpty() && before.batch() == now.batch()) {
            then = Optional.of(now.over(before.held().entries()));
        }
        return new Succession.Before(before, then, pin.isPresent());
    }

    /// A view whose rows are gone cannot stay.
    private Holding.Found judged(Succession.Before from, Succession.Asked ask) {
        if (desk.guard().isEmpty() || pin.isEmpty()) {
            return Holding.Found.nothing(desk.succession().present(ask));
        }
        return new Holding(desk.guard().get(), desk.succession(), desk.census())
                .of(from, () -> then(from.kept()), under, ask);
    }

    /// What was let pass and is still not where it goes: something that waits needs it.
    private static Hold passed(Hold hold, Edition.Kept made) {
        Map<Entity, Hold.Rows> left = new EnumMap<>(Entity.class);
        hold.let().forEach((entity, rows) -> {
            RoaringBitmap away = made.held().entries().away().getOrDefault(entity, new RoaringBitmap());
            Hold.Rows still = rows.and(made.held().of(entity), away);
            if (!still.isEmpty()) {
                left.put(entity, still);
            }
        });
        return hold.letting(left);
    }

    /// Finds out whether the roster's change would have to wait, and says so; makes no edition.
    synchronized void foresee(Succession.Asked ask) {
        hold();
        if (kept.isEmpty() || ifOf(ask).isPresent()) {
            return;
        }
        Guard guard = desk.guard().orElseThrow();
        Optional<Hold> found = judged(before(kept.get()), ask).hold();
        found.ifPresent(guard::keep);
        // What was let pass and has not yet is remembered until it has.
        if (found.isEmpty() && held().filter(hold -> hold.let().isEmpty()).isPresent()) {
            desk.shelf().apply(ending());
            ended();
        }
    }

    /// What the client would be given now, when anything of it would wait.
    synchronized Optional<Edition> expected(Succession.Asked ask) {
        hold();
        Optional<Edition> known = ifOf(ask);
        if (known.isPresent() || kept.isEmpty()) {
            return known;
        }
        Succession.Before from = before(kept.get());
        Holding.Found found = judged(from, ask);
        return found.stays()
                ? Optional.of(
                        desk.succession().next(from, ask, found.laid().get()).edition())
                : Optional.empty();
    }

    private Optional<Hold> held() {
        return desk.guard().flatMap(one -> kept.flatMap(known -> one.hold(known.stream())));
    }

    private List<Shelf.Change> ending() {
        return held().map(hold -> desk.guard().orElseThrow().ending(hold.stream()))
                .orElse(List.of());
    }

    private void ended() {
        held().ifPresent(hold -> desk.guard().orElseThrow().ended(hold.stream()));
    }

    private static Shelf.Change put(Edition made) {
        return new Shelf.Change.Put(Editions.KIND, made.stream(), KeptForm.write(made.kept()));
    }

    private static List<Shelf.Change> moves(Edition.Kept before, Succession.Made made) {
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
        return written(made.edition(), came, dropped, new Past.Living(arrived, left));
    }

    private static List<Shelf.Change> written(
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
                next.held().layers(Entity.ENROLLMENT),
                Optional.of(living));
        return List.of(
                new Shelf.Change.Put(Editions.KIND, next.stream(), document),
                new Shelf.Change.Put(
                        Editions.KIND_PAST, Annals.place(next.stream(), next.number()), PastForm.write(past)));
    }

    synchronized Optional<Editions.Members> at(long number) {
        return kept.flatMap(newest -> annals.at(newest, number));
    }

    synchronized Optional<Editions.Stood> liveAt(Instant when) {
        return kept.flatMap(newest -> annals.liveAt(newest, when));
    }

    String digest(Edition of) {
        return annals.digest(of);
    }
}
