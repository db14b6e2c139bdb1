package org.rosterkeep.rights;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Lookup;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Signers;

/// The floors that follow from the dossiers. An answer is kept by rule until the roster, a decision, the vendor's
/// standing, the law or time alone can change it.
public final class PersonFloors implements Floors {
    private final Supplier<Book> books;
    private final Terms terms;
    private final Charter charter;
    private final Roll roll;
    private final Function<Rule, Lookup> lookups;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /// An answer, and how long it is one.
    private record Known(
            Rule rule, long batch, long count, Lookup lookup, Instant from, Instant until, Withheld withheld) {}

    PersonFloors(Supplier<Book> books, Terms terms, Charter charter, Roll roll, Function<Rule, Lookup> lookups) {
        this.books = books;
        this.terms = terms;
        this.charter = charter;
        this.roll = roll;
        this.lookups = lookups;
    }

    /// The floors as the dossiers on a shelf have them, for looking back: `shelf` is not read again.
    public static Floors of(
            Shelf shelf, Terms terms, Charter charter, Roll roll, Signers signers, Function<Rule, Lookup> lookups) {
        Book book = Book.read(shelf, new Signing(signers, terms.protectionSigners()));
        return new PersonFloors(() -> book, terms, charter, roll, lookups);
    }

    @Override
    public Withheld withheld(Rule rule, Relations relations, Instant now) {
        Book book = books.get();
        Lookup lookup = lookups.apply(rule);
        Known found = known.get(rule.id());
        if (found != null
                && (found.rule() == rule || found.rule().equals(rule))
                && found.batch() == relations.batch()
                && found.count() == book.count()
                && found.lookup().equals(lookup)
                && !now.isBefore(found.from())
                && now.isBefore(found.until())) {
            return found.withheld();
        }
        Weighing weighing = weighing(book, rule, lookup, relations, now);
        Sets all = new Sets();
        weighing.weigh().values().forEach(all::add);
        Withheld withheld = all.withheld();
        known.put(rule.id(), new Known(rule, relations.batch(), book.count(), lookup, now, weighing.next(), withheld));
        return withheld;
    }

    @Override
    public List<Cause> causes(Rule rule, Relations relations, Instant now) {
        List<Cause> causes = new ArrayList<>();
        weighing(books.get(), rule, lookups.apply(rule), relations, now).weigh().forEach((ground, sets) -> {
            Withheld withheld = sets.withheld();
            if (!withheld.nothing()) {
                causes.add(new Cause(ground.floor(), ground.words(), withheld));
            }
        });
        return causes;
    }

    private Weighing weighing(Book book, Rule rule, Lookup lookup, Relations relations, Instant now) {
        Bearing bearing = Bearing.of(rule, charter, lookup);
        return new Weighing(book, terms, charter, roll, rule, bearing, relations, now);
    }
}
