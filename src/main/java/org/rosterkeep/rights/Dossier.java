package org.rosterkeep.rights;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.rosterkeep.roster.SourcedId;

/// Everything that was decided about one subject, in the order in which it was.
///
/// @param named the sourcedId by which somebody first named the subject, for people who read lists
public record Dossier(Subject subject, SourcedId named, List<Entry> entries) {
    public Dossier {
        entries = List.copyOf(entries);
    }

    static Dossier of(Subject subject, SourcedId named) {
        return new Dossier(subject, named, List.of());
    }

    /// The name in plain letters, for an operator to whom the dossier may be shown and whose looking is recorded
    /// ([Rights#list]).
    public String shown() {
        return named.value().reveal();
    }

    /// The number the next entry gets.
    int next() {
        return entries.size() + 1;
    }

    <E extends Entry> Stream<E> all(Class<E> type) {
        return entries.stream().filter(type::isInstance).map(type::cast);
    }

    /// An entry of this sort that is not over.
    ///
    /// @throws RightsFault `ENTRY_UNKNOWN`
    <E extends Entry> E open(Class<E> type, int number) {
        return all(type)
                .filter(entry -> entry.made().number() == number && entry.open())
                .findFirst()
                .orElseThrow(() -> new RightsFault(RightsFault.Code.ENTRY_UNKNOWN));
    }

    <E extends Entry> Optional<E> open(Class<E> type) {
        return all(type).filter(Entry::open).findFirst();
    }

    Dossier plus(Entry entry) {
        List<Entry> more = new ArrayList<>(entries);
        more.add(entry);
        return new Dossier(subject, named, more);
    }

    /// The same with this entry in place of the one that has its number.
    Dossier with(Entry changed) {
        List<Entry> next = new ArrayList<>(entries);
        next.set(changed.made().number() - 1, changed);
        return new Dossier(subject, named, next);
    }

    /// The same with every open entry of a sort over.
    Dossier ending(Predicate<Entry> which, Entry.End end) {
        return new Dossier(
                subject,
                named,
                entries.stream()
                        .map(entry -> entry.open() && which.test(entry) ? entry.ended(end) : entry)
                        .toList());
    }

    boolean protectedAt(Instant now) {
        return all(Entry.Protection.class).anyMatch(one -> one.lasts(now));
    }

    /// Whether an operator may be shown that there is such a person: always, unless they are protected and the operator
    /// is not named.
    public boolean visibleTo(String operator, Instant now) {
        return all(Entry.Protection.class)
                .filter(one -> one.lasts(now))
                .allMatch(one -> one.named().contains(operator));
    }

    /// Whether the opt-out is in force: in its year, and ever after when the person left in it.
    boolean optedOut(Instant now) {
        return all(Entry.OptOut.class).anyMatch(one -> one.inForce(now) || leftIn(one, now));
    }

    private boolean leftIn(Entry.OptOut one, Instant now) {
        return one.lasts(now)
                && all(Entry.Departure.class)
                        .anyMatch(gone -> gone.lasts(now)
                                && !gone.leaves().isBefore(one.made().at())
                                && gone.leaves().isBefore(one.until())
                                && !now.isBefore(gone.leaves()));
    }
}
