package org.rosterkeep.rights;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Scope;
import org.rosterkeep.rules.Stopped;

/// What takes away: any one person does it, and it waits for nothing (decision 19).
public final class Taking {
    private final Rights rights;
    private final Terms terms;

    Taking(Rights rights) {
        this.rights = rights;
        this.terms = rights.terms();
    }

    /// Directory opt-outs, of all these people or of none. Who is opted out for at least as long stays as they are.
    ///
    /// @param until first instant after it; empty for the usual length
    public Stopped optOut(List<SourcedId> people, Optional<Instant> until, Act act) {
        Instant end = until.orElse(act.now().plus(terms.optOut()));
        Texts.within(act.now(), end, terms.optOutMax());
        synchronized (rights) {
            Map<Subject, Dossier> changed = new LinkedHashMap<>();
            for (SourcedId id : people) {
                Dossier dossier = rights.dossier(Entity.USER, id);
                boolean already = dossier.all(Entry.OptOut.class)
                        .anyMatch(one ->
                                one.open() && (one.stays() || !one.until().isBefore(end)));
                if (!already) {
                    changed.put(
                            dossier.subject(),
                            dossier.plus(new Entry.OptOut(act.made(dossier), end, false, Optional.empty())));
                }
            }
            return rights.takeAway("person.optout", act.actor(), changed.values(), Map.of("until", end.toString()));
        }
    }

    /// An objection, which blocks while nobody has decided it if the data file says so.
    public Stopped object(SourcedId person, Entry.Objection.Against against, String grounds, Act act) {
        Texts.plain("grounds", grounds, terms);
        if (against instanceof Entry.Objection.Against.OneElement(String element) && !ofPersons(element)) {
            throw new RightsFault(RightsFault.Code.ELEMENT_UNKNOWN);
        }
        Map<String, String> facts = switch (against) {
            case Entry.Objection.Against.Everybody all -> Map.of("against", "everybody");
            case Entry.Objection.Against.OneVendor(String vendor) -> Map.of("vendor", vendor);
            case Entry.Objection.Against.OneElement(String element) -> Map.of("element", element);
        };
        return change(
                "person.objection",
                Entity.USER,
                person,
                act,
                facts,
                dossier -> dossier.plus(
                        new Entry.Objection(act.made(dossier), against, grounds, Optional.empty(), Optional.empty())));
    }

    /// Whether some field of a person's own record belongs to the element, whoever the person is.
    private boolean ofPersons(String element) {
        Scope anybody =
                new Scope(Set.of(SourcedId.of("any")), true, rights.charter().roles(), Set.of(), Set.of());
        return Field.given().values().stream()
                .filter(Bearing::personal)
                .anyMatch(field -> rights.charter().elements(field, anybody).contains(element));
    }

    public Stopped uphold(SourcedId person, int number, String reason, Act act) {
        Texts.plain("the reason", reason, terms);
        return change(
                "person.objection-upheld",
                Entity.USER,
                person,
                act,
                entry(number),
                dossier ->
                        dossier.with(dossier.open(Entry.Objection.class, number).upheld(act.end("upheld", reason))));
    }

    public Stopped restrict(SourcedId person, String reason, Act act) {
        Texts.plain("the reason", reason, terms);
        return change(
                "person.restriction",
                Entity.USER,
                person,
                act,
                Map.of(),
                dossier -> dossier.plus(new Entry.Restriction(act.made(dossier), reason, Optional.empty())));
    }

    /// @param named the operators who may see the person in lists
    public Stopped protect(SourcedId person, String reason, Set<String> named, Act act) {
        Texts.plain("the reason", reason, terms);
        return change(
                "person.protection",
                Entity.USER,
                person,
                act,
                Map.of(),
                dossier -> dossier.plus(
                        new Entry.Protection(act.made(dossier), reason, named, List.of(), Optional.empty())));
    }

    /// Ends an exception to a protection before its time.
    public Stopped endException(SourcedId person, int number, Act act) {
        return change(
                "person.exception-ended",
                Entity.USER,
                person,
                act,
                entry(number),
                dossier ->
                        dossier.with(dossier.open(Entry.Exposure.class, number).ended(act.end("ended", ""))));
    }

    /// Takes back all consents of these people that the test picks, in one step as they were given; no reason is asked.
    /// Who has none stays as they are.
    ///
    /// @param which by what it was given to
    /// @return how many people had one, and how it went
    public Withdrawn withdrawConsents(List<SourcedId> people, Predicate<Entry.Consent.To> which, Act act) {
        synchronized (rights) {
            Map<Subject, Dossier> changed = new LinkedHashMap<>();
            for (SourcedId id : people) {
                Dossier dossier = rights.dossier(Entity.USER, id);
                Dossier after = dossier.ending(
                        entry -> entry instanceof Entry.Consent one && which.test(one.to()), act.end("withdrawn", ""));
                if (!after.equals(dossier)) {
                    changed.put(dossier.subject(), after);
                }
            }
            Map<String, String> facts = Map.of();
            return new Withdrawn(
                    changed.size(), rights.takeAway("person.consent-withdrawn", act.actor(), changed.values(), facts));
        }
    }

    /// @param people how many had something to take back
    public record Withdrawn(int people, Stopped stopped) {}

    /// Takes one consent back.
    public Stopped withdrawConsent(SourcedId person, int number, Act act) {
        return change(
                "person.consent-withdrawn",
                Entity.USER,
                person,
                act,
                entry(number),
                dossier ->
                        dossier.with(dossier.open(Entry.Consent.class, number).ended(act.end("withdrawn", ""))));
    }

    /// Keeps a person whom somebody wants to erase away from everybody; who is suppressed already stays so.
    public Stopped suppress(RecordKey person, String reason, Act act) {
        synchronized (rights) {
            Subject subject = new Subject(Entity.USER, person);
            Dossier dossier =
                    rights.known(subject).orElseGet(() -> Dossier.of(subject, Stripping.nameless(subject, "erasing-")));
            if (rights.withheld(subject) || dossier.entries().stream().anyMatch(Stripping::suppresses)) {
                return new Stopped(true, true);
            }
            Entry entry = new Entry.Suppression(act.made(dossier), Optional.empty(), reason, Optional.empty());
            return rights.takeAway("person.suppression", act.actor(), List.of(dossier.plus(entry)), Map.of());
        }
    }

    /// Leaves of an erased person's dossier only what keeps them away, without a word about them. Doing it again
    /// changes nothing.
    public Stopped strip(RecordKey person, Act act) {
        synchronized (rights) {
            Subject subject = new Subject(Entity.USER, person);
            Dossier dossier =
                    rights.known(subject).orElseGet(() -> Dossier.of(subject, Stripping.nameless(subject, "erasing-")));
            return rights.takeAway("person.stripped", act.actor(), List.of(Stripping.strip(dossier, act)), Map.of());
        }
    }

    /// @param field empty for the whole person
    public Stopped suppress(SourcedId person, Optional<Field> field, String reason, Act act) {
        Texts.plain("the reason", reason, terms);
        return change(
                "person.suppression",
                Entity.USER,
                person,
                act,
                Map.of(),
                dossier -> dossier.plus(new Entry.Suppression(act.made(dossier), field, reason, Optional.empty())));
    }

    public Stopped contest(SourcedId person, Field field, String grounds, Act act) {
        Texts.plain("grounds", grounds, terms);
        return change(
                "person.contest",
                Entity.USER,
                person,
                act,
                Map.of("field", field.path()),
                dossier -> dossier.plus(new Entry.Contest(act.made(dossier), field, grounds, false, Optional.empty())));
    }

    /// That a correction was refused and the person has made a statement: as no answer can carry it, the field stays
    /// away.
    public Stopped keepStatement(SourcedId person, int number, Act act) {
        return change(
                "person.contest-statement",
                Entity.USER,
                person,
                act,
                entry(number),
                dossier ->
                        dossier.with(dossier.open(Entry.Contest.class, number).stated()));
    }

    /// @param grace how many days after leaving the person is still given; empty for the usual
    public Stopped leave(SourcedId person, Instant leaves, Optional<Integer> grace, Act act) {
        int days = grace.orElse((int) terms.grace().toDays());
        if (days < 0 || days > terms.graceMax().toDays()) {
            throw new RightsFault(
                    RightsFault.Code.TOO_LONG, String.valueOf(terms.graceMax().toDays()));
        }
        return change(
                "person.departure",
                Entity.USER,
                person,
                act,
                Map.of(),
                dossier -> dossier.plus(new Entry.Departure(act.made(dossier), leaves, days, Optional.empty())));
    }

    /// That a class or school reveals something of everybody in it.
    public Stopped reveal(Entity place, SourcedId id, String element, String reason, Act act) {
        Texts.plain("the reason", reason, terms);
        return change(
                "place.revealing",
                place,
                id,
                act,
                Map.of("element", element),
                dossier -> dossier.plus(new Entry.Revealing(act.made(dossier), element, reason, Optional.empty())));
    }

    /// Makes a directory opt-out count against every vendor that is not essential.
    public Stopped beStrict(Act act) {
        return rights.beStrict(act.actor());
    }

    private static Map<String, String> entry(int number) {
        return Map.of("entry", String.valueOf(number));
    }

    private Stopped change(
            String kind, Entity of, SourcedId id, Act act, Map<String, String> facts, Function<Dossier, Dossier> how) {
        synchronized (rights) {
            Dossier changed = how.apply(rights.dossier(of, id));
            return rights.takeAway(kind, act.actor(), List.of(changed), facts);
        }
    }
}
