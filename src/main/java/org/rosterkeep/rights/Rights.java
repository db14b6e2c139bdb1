package org.rosterkeep.rights;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Lookup;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Signers;
import org.rosterkeep.rules.Stopped;
import org.rosterkeep.rules.Stops;

/// The dossiers of a district: who is asked about them, and the two ways in which they change. What takes away is in
/// force first, kept and recorded as soon as that is possible; what gives back is recorded first, kept second, and in
/// force last.
public final class Rights {
    private final Shelf shelf;
    private final Journal journal;
    private final Terms terms;
    private final Charter charter;
    private final Roll roll;
    private final Signing signing;
    private final PersonFloors floors;
    private final Stops stops = new Stops();
    private volatile Book book;
    private long acts;

    /// Takes up the dossiers on the shelf.
    ///
    /// @param lookups what a rule asks of each person, as law and papers stand
    public Rights(
            Shelf shelf,
            Journal journal,
            Terms terms,
            Charter charter,
            Roll roll,
            Signers signers,
            Function<Rule, Lookup> lookups) {
        this.shelf = shelf;
        this.journal = journal;
        this.terms = terms;
        this.charter = charter;
        this.roll = roll;
        signing = new Signing(signers, terms.protectionSigners());
        book = Book.read(shelf, signing);
        floors = new PersonFloors(() -> book, terms, charter, roll, lookups);
    }

    /// What stands against single people and places now.
    public Floors floors() {
        return floors;
    }

    /// The acts that take away.
    public Taking taking() {
        return new Taking(this);
    }

    /// The acts that give, or give back.
    public Giving giving() {
        return new Giving(this);
    }

    /// Takes away again what was taken away before a restore.
    public Replay replay() {
        return new Replay(this);
    }

    /// What there is about a subject.
    Optional<Dossier> known(Subject subject) {
        return Optional.ofNullable(book.dossiers().get(subject));
    }

    /// Whether a subject's dossier cannot be read: then nothing of them leaves.
    boolean withheld(Subject subject) {
        return book.damaged().contains(subject);
    }

    public Terms terms() {
        return terms;
    }

    /// Dossiers that say nothing understandable any more, as `rights-user 8c1f...`; their subjects are withheld.
    public List<String> damaged() {
        List<String> damaged = new ArrayList<>(book.lost());
        book.damaged().forEach(subject -> damaged.add(subject.kind() + " " + subject.tag()));
        damaged.sort(Comparator.naturalOrder());
        return damaged;
    }

    /// Whether a directory opt-out counts against every vendor that is not essential.
    public boolean strict() {
        return book.strict();
    }

    /// What was decided about somebody or something; empty entries when nothing was.
    ///
    /// @throws RightsFault when the roster has never had them
    public Dossier dossier(Entity entity, SourcedId id) {
        return book.dossier(subject(entity, id), id);
    }

    /// Everybody of whom something was decided and whom this operator may be shown, in the order of their sourcedIds;
    /// the looking is recorded before anything is told.
    public List<Dossier> list(Predicate<Entry> which, String operator, Instant now) {
        List<Dossier> shown = book.dossiers().values().stream()
                .filter(dossier -> dossier.subject().entity() == Entity.USER)
                .filter(dossier -> dossier.entries().stream().anyMatch(which))
                .filter(dossier -> dossier.visibleTo(operator, now))
                .sorted(Comparator.comparing(dossier -> dossier.named().value().reveal()))
                .toList();
        journal.record("person.listed", operator, Map.of("count", String.valueOf(shown.size())));
        return shown;
    }

    /// What was decided about one person, for an operator who may be shown it; recorded before it is told.
    ///
    /// @throws RightsFault `NOT_NAMED`, `PERSON_UNKNOWN`
    public Dossier show(Entity entity, SourcedId id, String operator, Instant now) {
        Dossier dossier = dossier(entity, id);
        if (!dossier.visibleTo(operator, now)) {
            throw new RightsFault(RightsFault.Code.NOT_NAMED);
        }
        journal.record(
                "dossier.viewed", operator, Map.of("subject", dossier.subject().tag()));
        return dossier;
    }

    /// Tries again what could not be written, and notes who left the roster while an opt-out of theirs was in force: it
    /// stays in force. Called about once a minute. True when nothing is left to write.
    public synchronized boolean settle(Instant now) {
        Relations relations = roll.relations();
        List<Dossier> gone = new ArrayList<>();
        for (Dossier dossier : book.dossiers().values()) {
            if (dossier.all(Entry.OptOut.class).anyMatch(one -> one.inForce(now) && !one.stays())
                    && !live(dossier.subject(), relations)) {
                Dossier[] next = {dossier};
                dossier.all(Entry.OptOut.class)
                        .filter(one -> one.inForce(now) && !one.stays())
                        .forEach(one -> next[0] = next[0].with(one.staying()));
                gone.add(next[0]);
            }
        }
        if (!gone.isEmpty()) {
            takeAway("person.optout-stays", "appliance", gone, Map.of());
        }
        return stops.settle();
    }

    private boolean live(Subject subject, Relations relations) {
        int ordinal = roll.find(subject.entity(), subject.key());
        return ordinal != Relations.NONE && relations.live(subject.entity()).contains(ordinal);
    }

    Charter charter() {
        return charter;
    }

    Signing signing() {
        return signing;
    }

    Subject subject(Entity entity, SourcedId id) {
        return find(entity, id)
                .orElseThrow(() -> new RightsFault(
                        switch (entity) {
                            case CLASS -> RightsFault.Code.CLASS_UNKNOWN;
                            case ORG -> RightsFault.Code.ORG_UNKNOWN;
                            case USER, ACADEMIC_SESSION, COURSE, ENROLLMENT, DEMOGRAPHICS ->
                                RightsFault.Code.PERSON_UNKNOWN;
                        }));
    }

    /// Under which id a person's dossier lies on the shelf.
    public String shelved(RecordKey person) {
        return new Subject(Entity.USER, person).id();
    }

    /// Whether the roster has, or once had, such a record.
    public boolean knows(Entity entity, SourcedId id) {
        return find(entity, id).isPresent();
    }

    private Optional<Subject> find(Entity entity, SourcedId id) {
        int ordinal = roll.find(entity, id);
        Relations relations = roll.relations();
        return ordinal == Relations.NONE || ordinal >= relations.size(entity)
                ? Optional.empty()
                : Optional.of(new Subject(entity, relations.key(entity, ordinal)));
    }

    /// In force at once, written as soon as it can be.
    synchronized Stopped takeAway(String act, String actor, Collection<Dossier> changed, Map<String, String> facts) {
        book = book.with(changed);
        List<Subject> subjects = changed.stream().map(Dossier::subject).toList();
        Map<String, String> told = told(changed, facts);
        return stops.write(
                act + " " + ++acts, () -> shelf.apply(puts(subjects, book)), () -> journal.record(act, actor, told));
    }

    /// Recorded, kept, and then in force.
    synchronized void giveBack(String act, String actor, Dossier changed, Map<String, String> facts) {
        giveBack(act, actor, List.of(changed), facts);
    }

    synchronized void giveBack(String act, String actor, List<Dossier> changed, Map<String, String> facts) {
        Book next = book.with(changed);
        journal.record(act, actor, told(changed, facts));
        shelf.apply(puts(changed.stream().map(Dossier::subject).toList(), next));
        book = next;
    }

    synchronized Stopped beStrict(String actor) {
        book = book.strict(true);
        return stops.write(
                "strict " + ++acts,
                () -> shelf.put(Book.POLICY, Book.THIS, ascii(book.strict() ? Book.STRICT : Book.LOOSE)),
                () -> journal.record("person.strict-optout", actor, Map.of("strict", "true")));
    }

    synchronized void beLoose(String actor) {
        journal.record("person.strict-optout", actor, Map.of("strict", "false"));
        shelf.put(Book.POLICY, Book.THIS, ascii(Book.LOOSE));
        book = book.strict(false);
    }

    private static byte[] ascii(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }

    private static Map<String, String> told(Collection<Dossier> changed, Map<String, String> facts) {
        Map<String, String> told = new TreeMap<>(facts);
        if (changed.size() == 1) {
            changed.forEach(one -> told.put("subject", one.subject().tag()));
        } else {
            told.put("count", String.valueOf(changed.size()));
        }
        return told;
    }

    private static List<Shelf.Change> puts(List<Subject> subjects, Book from) {
        List<Shelf.Change> puts = new ArrayList<>();
        for (Subject subject : subjects) {
            Dossier dossier = from.dossiers().get(subject);
            if (dossier != null) {
                byte[] text = DossierWriter.write(dossier).toString().getBytes(StandardCharsets.UTF_8);
                puts.add(new Shelf.Change.Put(subject.kind(), subject.id(), text));
            }
        }
        return puts;
    }
}
