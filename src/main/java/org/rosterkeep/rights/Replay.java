package org.rosterkeep.rights;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.roster.Field;

/// Takes away again what was taken away before a restore. It never gives: what a dossier says already is left as it is,
/// and what cannot be understood suppresses the whole person.
public final class Replay {
    private static final String REASON = "Taken from the erasure ledger after a restore.";

    private final Rights rights;

    Replay(Rights rights) {
        this.rights = rights;
    }

    /// In force at once, whether the roster has the person already or an import brings them later.
    ///
    /// @param at when it was decided
    /// @return false when the dossier said so already
    public boolean take(Mark mark, Instant at) {
        Subject subject = new Subject(mark.entity(), mark.key());
        synchronized (rights) {
            if (rights.withheld(subject)) {
                return false;
            }
            Dossier before = rights.known(subject)
                    .orElseGet(() -> Dossier.of(subject, Stripping.nameless(subject, "restored-")));
            Dossier after = changed(before, mark, new Act("appliance", at));
            if (after.equals(before)) {
                return false;
            }
            rights.takeAway("person.replayed", "appliance", List.of(after), Map.of("kind", mark.kind()));
            return true;
        }
    }

    private static Dossier changed(Dossier dossier, Mark mark, Act act) {
        Optional<Entry> there = mark.entry() <= dossier.entries().size() && mark.entry() > 0
                ? Optional.of(dossier.entries().get(mark.entry() - 1))
                : Optional.empty();
        try {
            return switch (mark.kind()) {
                case "uphold" ->
                    ended(
                            dossier,
                            there,
                            Entry.Objection.class,
                            one -> one.upheld().isPresent() ? one : one.upheld(act.end("upheld", REASON)));
                case "statement" ->
                    ended(dossier, there, Entry.Contest.class, one -> one.statement() ? one : one.stated());
                case "withdraw" ->
                    ended(
                            dossier,
                            there,
                            Entry.Consent.class,
                            one -> one.open() ? one.ended(act.end("withdrawn", "")) : one);
                case "end-exception" ->
                    ended(
                            dossier,
                            there,
                            Entry.Exposure.class,
                            one -> one.open() ? one.ended(act.end("ended", "")) : one);
                default -> {
                    Entry entry = entry(mark, act.made(dossier));
                    if (entry instanceof Entry.OptOut more
                            && more.stays()
                            && there.orElse(entry) instanceof Entry.OptOut known) {
                        yield there.isPresent() ? dossier.with(known.staying()) : dossier.plus(entry);
                    }
                    yield there.filter(one -> one.getClass().equals(entry.getClass()))
                                    .isPresent()
                            ? dossier
                            : dossier.plus(entry);
                }
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            return dossier.plus(new Entry.Suppression(act.made(dossier), Optional.empty(), REASON, Optional.empty()));
        }
    }

    /// What is ended has to be there; what the backup does not know gives nothing.
    private static <E extends Entry> Dossier ended(
            Dossier dossier, Optional<Entry> there, Class<E> type, java.util.function.UnaryOperator<E> how) {
        return there.filter(type::isInstance)
                .map(type::cast)
                .<Dossier>map(one -> dossier.with(how.apply(one)))
                .orElse(dossier);
    }

    private static Entry entry(Mark mark, Entry.Made made) {
        return switch (mark.kind()) {
            case "optout" -> optOut(mark.scope().split(" ", -1), made);
            case "object" ->
                new Entry.Objection(made, against(mark.scope()), REASON, Optional.empty(), Optional.empty());
            case "restrict" -> new Entry.Restriction(made, REASON, Optional.empty());
            case "protect" -> new Entry.Protection(made, REASON, java.util.Set.of(), List.of(), Optional.empty());
            case "suppress" ->
                new Entry.Suppression(
                        made,
                        mark.scope().isEmpty() ? Optional.empty() : Optional.of(field(mark.scope())),
                        REASON,
                        Optional.empty());
            case "contest" -> new Entry.Contest(made, field(mark.scope()), REASON, false, Optional.empty());
            case "leave" -> departure(mark.scope().split(" ", -1), made);
            case "reveal" -> new Entry.Revealing(made, mark.scope(), REASON, Optional.empty());
            default -> throw new IllegalArgumentException("a mark of a later version of the program");
        };
    }

    private static Entry optOut(String[] scope, Entry.Made made) {
        return new Entry.OptOut(made, Instant.parse(scope[0]), scope.length > 1, Optional.empty());
    }

    private static Entry departure(String[] scope, Entry.Made made) {
        return new Entry.Departure(made, Instant.parse(scope[0]), Integer.parseInt(scope[1]), Optional.empty());
    }

    private static Entry.Objection.Against against(String scope) {
        if (scope.startsWith("vendor ")) {
            return new Entry.Objection.Against.OneVendor(scope.substring("vendor ".length()));
        }
        return scope.startsWith("element ")
                ? new Entry.Objection.Against.OneElement(scope.substring("element ".length()))
                : new Entry.Objection.Against.Everybody();
    }

    private static Field field(String path) {
        return Optional.ofNullable(Field.given().get(path))
                .orElseThrow(() -> new IllegalArgumentException("no such field"));
    }
}
