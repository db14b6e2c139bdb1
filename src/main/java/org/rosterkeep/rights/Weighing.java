package org.rosterkeep.rights;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.rules.Charter.Basis.Person;
import org.rosterkeep.rules.Rule;

/// Weighs every dossier against one rule at one moment. Costs as much as there are decisions, not as there are people;
/// only a rule that rests on consent begins with everybody, and one that needs it of children looks for those once.
final class Weighing {
    private final Book book;
    private final Terms terms;
    private final Charter charter;
    private final Roll roll;
    private final Rule rule;
    private final Bearing bearing;
    private final Relations relations;
    private final Instant now;
    private final Map<Ground, Sets> grounds = new EnumMap<>(Ground.class);
    private final RoaringBitmap consenting = new RoaringBitmap();
    private Instant next = Instant.MAX;

    Weighing(
            Book book,
            Terms terms,
            Charter charter,
            Roll roll,
            Rule rule,
            Bearing bearing,
            Relations relations,
            Instant now) {
        this.book = book;
        this.terms = terms;
        this.charter = charter;
        this.roll = roll;
        this.rule = rule;
        this.bearing = bearing;
        this.relations = relations;
        this.now = now;
    }

    /// What is withheld, by ground.
    Map<Ground, Sets> weigh() {
        book.dossiers().values().forEach(dossier -> {
            int ordinal = ordinal(dossier.subject());
            if (ordinal == Relations.NONE) {
                return;
            }
            if (dossier.subject().entity() == Entity.USER) {
                person(dossier, ordinal);
            } else {
                place(dossier, ordinal);
            }
        });
        book.damaged().forEach(this::unreadable);
        if (!book.lost().isEmpty()) {
            Book.ABOUT.forEach(entity -> everything(Ground.UNREADABLE, entity));
        }
        if (bearing.lookup().asks(Person.CONSENT)) {
            everything(Ground.NO_CONSENT, Entity.USER);
            of(Ground.NO_CONSENT).of(Entity.USER).andNot(consenting);
        } else if (bearing.lookup().asks(Person.CHILD_CONSENT)) {
            RoaringBitmap children = Childhood.in(relations, bearing.lookup().adultRoles());
            children.andNot(consenting);
            of(Ground.NO_CHILD_CONSENT).of(Entity.USER).or(children);
        }
        return grounds;
    }

    /// The next instant at which time alone may change the answer; `Instant.MAX` when none is known.
    Instant next() {
        return next;
    }

    private void person(Dossier dossier, int user) {
        if (dossier.optedOut(now)) {
            if (bearing.lookup().asks(Person.DIRECTORY)) {
                withhold(Ground.OPT_OUT, Entity.USER, user);
            }
            if (book.strict() && !bearing.lookup().essential()) {
                withhold(Ground.STRICT_OPT_OUT, Entity.USER, user);
            }
        }
        if (dossier.protectedAt(now) && revealsPlace() && !excepted(dossier)) {
            withhold(Ground.PROTECTED, Entity.USER, user);
        }
        dossier.entries().forEach(entry -> {
            turns(entry);
            weigh(entry, user);
        });
    }

    private void weigh(Entry entry, int user) {
        switch (entry) {
            case Entry.Objection one -> objection(one, user);
            case Entry.Restriction one -> {
                if (one.lasts(now)) {
                    withhold(Ground.RESTRICTION, Entity.USER, user);
                }
            }
            case Entry.Consent one -> {
                if (one.inForce(now) && covers(one.to())) {
                    consenting.add(user);
                }
            }
            case Entry.Suppression one -> {
                if (one.lasts(now)) {
                    one.field()
                            .ifPresentOrElse(
                                    field -> withhold(Ground.SUPPRESSED, field, user),
                                    () -> withhold(Ground.SUPPRESSED, Entity.USER, user));
                }
            }
            case Entry.Contest one -> {
                if (one.lasts(now)) {
                    withhold(Ground.CONTESTED, one.field(), user);
                }
            }
            case Entry.Departure one -> {
                if (one.lasts(now) && !now.isBefore(one.graceEnds())) {
                    withhold(Ground.LEFT, Entity.USER, user);
                }
            }
            // Weighed with the whole dossier, or nothing about a person.
            case Entry.OptOut one -> {}
            case Entry.Protection one -> {}
            case Entry.Exposure one -> {}
            case Entry.Revealing one -> {}
        }
    }

    private void objection(Entry.Objection one, int user) {
        if (!one.lasts(now) || one.upheld().isEmpty() && !terms.pendingBlocks()) {
            return;
        }
        switch (one.against()) {
            case Entry.Objection.Against.Everybody all -> withhold(Ground.OBJECTION, Entity.USER, user);
            case Entry.Objection.Against.OneVendor(String vendor) -> {
                if (vendor.equals(rule.vendor())) {
                    withhold(Ground.OBJECTION, Entity.USER, user);
                }
            }
            case Entry.Objection.Against.OneElement(String element) ->
                bearing.fields().stream()
                        .filter(field -> charter.elements(field, rule.scope()).contains(element))
                        .forEach(field -> withhold(Ground.OBJECTION, field, user));
        }
    }

    private boolean covers(Entry.Consent.To to) {
        return switch (to) {
            case Entry.Consent.To.OneRule(String id) -> id.equals(rule.id());
            case Entry.Consent.To.VendorFor(String vendor, String purpose) ->
                vendor.equals(rule.vendor()) && purpose.equals(rule.purpose());
        };
    }

    private boolean revealsPlace() {
        return bearing.elements().stream().anyMatch(terms.place()::contains);
    }

    private boolean excepted(Dossier dossier) {
        return dossier.all(Entry.Exposure.class)
                .anyMatch(one -> one.vendor().equals(rule.vendor()) && one.inForce(now));
    }

    private void place(Dossier dossier, int ordinal) {
        dossier.all(Entry.Revealing.class).forEach(one -> {
            turns(one);
            if (one.lasts(now) && !bearing.elements().contains(one.element())) {
                withhold(Ground.REVEALING, dossier.subject().entity(), ordinal);
                if (dossier.subject().entity() == Entity.ORG) {
                    withholdBelow(ordinal);
                }
            }
        });
    }

    /// Who is in a part of a place is in the place: what being there tells is told by every organisation below.
    private void withholdBelow(int place) {
        for (int org = 0; org < relations.size(Entity.ORG); org++) {
            if (isBelow(org, place)) {
                withhold(Ground.REVEALING, Entity.ORG, org);
            }
        }
    }

    /// As many steps as there are organisations: parents may go in circles.
    private boolean isBelow(int org, int place) {
        int above = relations.orgParent(org);
        for (int steps = relations.size(Entity.ORG); above != Relations.NONE && steps > 0; steps--) {
            if (above == place) {
                return true;
            }
            above = relations.orgParent(above);
        }
        return false;
    }

    private void unreadable(Subject subject) {
        int ordinal = ordinal(subject);
        if (ordinal != Relations.NONE) {
            withhold(Ground.UNREADABLE, subject.entity(), ordinal);
        }
    }

    private void everything(Ground ground, Entity entity) {
        of(ground).of(entity).add(0L, relations.size(entity));
    }

    private int ordinal(Subject subject) {
        int ordinal = roll.find(subject.entity(), subject.key());
        // The shape asked about may be older than the store.
        return ordinal < relations.size(subject.entity()) ? ordinal : Relations.NONE;
    }

    private void withhold(Ground ground, Entity entity, int ordinal) {
        of(ground).of(entity).add(ordinal);
    }

    /// A field the rule does not read is withheld from it anyway.
    private void withhold(Ground ground, Field field, int user) {
        if (bearing.fields().contains(field)) {
            of(ground).of(field).add(user);
        }
    }

    private Sets of(Ground ground) {
        return grounds.computeIfAbsent(ground, _ -> new Sets());
    }

    /// Notes when an entry changes by time alone.
    private void turns(Entry entry) {
        entry.end().ifPresent(end -> turn(end.at()));
        switch (entry) {
            case Entry.OptOut one -> turn(one.until());
            case Entry.Exposure one -> {
                one.granted().ifPresent(this::turn);
                one.until().ifPresent(this::turn);
            }
            case Entry.Consent one -> {
                turn(one.given());
                turn(one.expires());
            }
            case Entry.Departure one -> {
                turn(one.leaves());
                turn(one.graceEnds());
            }
            case Entry.Objection one -> {}
            case Entry.Restriction one -> {}
            case Entry.Protection one -> {}
            case Entry.Suppression one -> {}
            case Entry.Contest one -> {}
            case Entry.Revealing one -> {}
        }
    }

    private void turn(Instant at) {
        if (at.isAfter(now) && at.isBefore(next)) {
            next = at;
        }
    }
}
