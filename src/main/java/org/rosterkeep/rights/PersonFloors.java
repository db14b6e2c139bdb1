package org.rosterkeep.rights;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Signers;

/// The floors that follow from the dossiers. An answer is kept by rule until the roster, a decision, the vendor's
/// standing or time alone can change it.
public final class PersonFloors implements Floors {
    private final Supplier<Book> books;
    private final Terms terms;
    private final Charter charter;
    private final Roll roll;
    private final Predicate<String> essential;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /// An answer, and how long it is one.
    private record Known(
            Rule rule, long batch, long count, boolean essential, Instant from, Instant until, Withheld withheld) {}

    PersonFloors(Supplier<Book> books, Terms terms, Charter charter, Roll roll, Predicate<String> essential) {
        this.books = books;
        this.terms = terms;
        this.charter = charter;
        this.roll = roll;
        this.essential = essential;
    }

    /// The floors as the dossiers on a shelf have them, for looking back: `shelf` is not read again.
    public static Floors of(
            Shelf shelf, Terms terms, Charter charter, Roll roll, Signers signers, Predicate<String> essential) {
        Book book = Book.read(shelf, new Signing(signers, terms.protectionSigners()));
        return new PersonFloors(() -> book, terms, charter, roll, essential);
    }

    @Override
    public Withheld withheld(Rule rule, Relations relations, Instant now) {
        Book book = books.get();
        boolean kind = essential.test(rule.vendor());
        Known found = known.get(rule.id());
        if (found != null
                && (found.rule() == rule || found.rule().equals(rule))
                && found.batch() == relations.batch()
                && found.count() == book.count()
                && found.essential() == kind
                && !now.isBefore(found.from())
                && now.isBefore(found.until())) {
            return found.withheld();
        }
        Weighing weighing = weighing(book, rule, kind, relations, now);
        Sets all = new Sets();
        weighing.weigh().values().forEach(all::add);
        Withheld withheld = all.withheld();
        known.put(rule.id(), new Known(rule, relations.batch(), book.count(), kind, now, weighing.next(), withheld));
        return withheld;
    }

    @Override
    public List<Cause> causes(Rule rule, Relations relations, Instant now) {
        List<Cause> causes = new ArrayList<>();
        weighing(books.get(), rule, essential.test(rule.vendor()), relations, now)
                .weigh()
                .forEach((ground, sets) -> {
                    Withheld withheld = sets.withheld();
                    if (!withheld.nothing()) {
                        causes.add(new Cause(ground.floor(), ground.words(), withheld));
                    }
                });
        return causes;
    }

    private Weighing weighing(Book book, Rule rule, boolean kind, Relations relations, Instant now) {
        Bearing bearing = Bearing.of(rule, charter, kind);
        return new Weighing(book, terms, charter, roll, rule, bearing, relations, now);
    }
}
