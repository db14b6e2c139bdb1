package org.rosterkeep.custody;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;

/// What the vendors of a district hold, what they were asked to delete, and what they attested: the exposure meter.
///
/// A holding is the ledger less the attestations, exactly, as long as the ledger is the one that was begun with the
/// district. It goes on from a checkpoint; only an attestation about a time after which the vendor was told
/// more takes a
/// reading of the whole ledger, because what came later is still held.
public final class Custody {
    static final String DIRECTIVE = "directive";
    static final String ATTESTATION = "attestation";

    private final Shelf shelf;
    private final Journal journal;
    private final Holding.Meaning meaning;
    private final Disposal disposal;
    private final Holdings holdings;
    private final Map<Integer, Directive> directives = new TreeMap<>();
    private final Map<Integer, Attestation> attestations = new TreeMap<>();

    /// @param elements which data elements a field is, as the rule's version gives it
    public Custody(
            Shelf shelf,
            Journal journal,
            Register register,
            BiFunction<Slot, Field, Set<String>> elements,
            Disposal disposal) {
        this.shelf = shelf;
        this.journal = journal;
        this.disposal = disposal;
        meaning = new Holding.Meaning(register, elements);
        shelf.all(DIRECTIVE)
                .forEach((id, document) ->
                        PaperForm.directive(document).ifPresent(one -> directives.put(one.id(), one)));
        shelf.all(ATTESTATION)
                .forEach((id, document) ->
                        PaperForm.attestation(document).ifPresent(one -> attestations.put(one.id(), one)));
        holdings = new Holdings(shelf, meaning);
    }

    /// Asks a vendor to delete. One that says the same and was not met yet is not said twice.
    ///
    /// @param agreement whose disposal clause it rests on
    /// @param days by when, counted from now, as the agreement says
    public synchronized Directive direct(
            String vendor, String agreement, String why, What what, int days, String actor, Instant now) {
        holdings.catchUp();
        Optional<Directive> same = directives.values().stream()
                .filter(one -> one.vendor().equals(vendor)
                        && one.agreement().equals(agreement)
                        && one.why().equals(why)
                        && one.what().equals(what)
                        && told(one, now).state() != Directive.State.MET)
                .findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        int id = directives.keySet().stream().max(Comparator.naturalOrder()).orElse(0) + 1;
        Directive made = new Directive(id, vendor, agreement, why, now, now.plus(Duration.ofDays(days)), what);
        journal.record(
                "vendor.directive-issued",
                actor,
                Map.of(
                        "vendor",
                        vendor,
                        "agreement",
                        agreement,
                        "directive",
                        Integer.toString(id),
                        "due",
                        made.due().toString()));
        shelf.put(DIRECTIVE, Integer.toString(id), PaperForm.write(made));
        directives.put(id, made);
        return made;
    }

    /// Of whom a vendor was told what between two moments, whatever it has deleted since. Reads the whole ledger.
    ///
    /// @param from the first moment
    /// @param until the first moment after it
    /// @param elements only these; empty means all
    public Reach reach(String vendor, Instant from, Instant until, Set<String> elements) {
        Reach.Sum sum = new Reach.Sum(elements, meaning);
        meaning.register().read(Register.Mark.BEGINNING, handed -> {
            if (handed.vendor().equals(vendor)
                    && !handed.at().isBefore(from)
                    && handed.at().isBefore(until)) {
                sum.add(handed);
            }
        });
        return sum.reach(vendor);
    }

    /// What a vendor's certificate says, before it has a number.
    ///
    /// @param certificate SHA-256 of it, hex; empty when there is none
    public record Word(
            Optional<Integer> directive, Instant deletedAt, String by, String method, String certificate, What what) {}

    /// Puts on record that a vendor says it has deleted something, and takes it from what the vendor holds.
    public synchronized Attestation attest(String vendor, Word word, String actor, Instant now) {
        check(vendor, word, now);
        holdings.catchUp();
        int id = attestations.keySet().stream().max(Comparator.naturalOrder()).orElse(0) + 1;
        Attestation made = new Attestation(
                id,
                vendor,
                word.directive(),
                word.deletedAt(),
                now,
                word.by(),
                word.method(),
                word.certificate(),
                word.what());
        Map<String, String> facts = new TreeMap<>();
        facts.put("vendor", vendor);
        facts.put("attestation", Integer.toString(id));
        facts.put("deletedAt", word.deletedAt().toString());
        facts.put("certificate", word.certificate().isEmpty() ? "none" : word.certificate());
        word.directive().ifPresent(directive -> facts.put("directive", Integer.toString(directive)));
        journal.record("vendor.deletion-attested", actor, facts);
        List<Attestation> all = of(vendor);
        all.add(made);
        holdings.attested(made, all, new Shelf.Change.Put(ATTESTATION, Integer.toString(id), PaperForm.write(made)));
        attestations.put(id, made);
        return made;
    }

    private void check(String vendor, Word word, Instant now) {
        if (word.deletedAt().isAfter(now)) {
            throw new CustodyFault(CustodyFault.Code.DELETED_LATER);
        }
        boolean nothing = word.what().elements().filter(Set::isEmpty).isPresent()
                || word.what().users().filter(RoaringBitmap::isEmpty).isPresent();
        if (nothing) {
            throw new CustodyFault(CustodyFault.Code.SCOPE_EMPTY);
        }
        boolean known = word.directive()
                .map(id -> directives.containsKey(id)
                        && directives.get(id).vendor().equals(vendor))
                .orElse(true);
        if (!known) {
            throw new CustodyFault(CustodyFault.Code.DIRECTIVE_UNKNOWN);
        }
    }

    private List<Attestation> of(String vendor) {
        return new ArrayList<>(attestations.values().stream()
                .filter(one -> one.vendor().equals(vendor))
                .toList());
    }

    /// What one vendor holds now.
    public synchronized Exposure exposure(String vendor, Instant now) {
        holdings.catchUp();
        List<Exposure.Due> due = directives.values().stream()
                .filter(one -> one.vendor().equals(vendor))
                .map(one -> told(one, now))
                .toList();
        return holdings.of(vendor).exposure(vendor, due, meaning);
    }

    /// Every vendor that was ever told anything or asked to delete.
    public synchronized Set<String> vendors() {
        holdings.catchUp();
        Set<String> vendors = new TreeSet<>(holdings.vendors());
        directives.values().forEach(one -> vendors.add(one.vendor()));
        return vendors;
    }

    public synchronized List<Directive> directives(String vendor) {
        return directives.values().stream()
                .filter(one -> one.vendor().equals(vendor))
                .toList();
    }

    public synchronized List<Attestation> attestations(String vendor) {
        return List.copyOf(of(vendor));
    }

    /// The directives that are late, of all vendors, by what was read of the ledger so far: it is asked where an answer
    /// must come whatever state the ledger is in.
    public synchronized List<Directive> overdue(Instant now) {
        return directives.values().stream()
                .filter(one -> told(one, now).state() == Directive.State.OVERDUE)
                .toList();
    }

    /// Records a vendor holds, field by field: for tests and for those who count affected persons.
    ///
    /// @return ordinals of the field's entity
    public synchronized Map<Field, RoaringBitmap> held(String vendor) {
        holdings.catchUp();
        Map<Field, RoaringBitmap> held = new TreeMap<>();
        holdings.of(vendor)
                .slots()
                .forEach((slot, kept) -> slot.fields()
                        .forEach(field -> held.computeIfAbsent(field, any -> new RoaringBitmap())
                                .or(kept.records())));
        return held;
    }

    /// Users of whom a vendor holds anything.
    public synchronized RoaringBitmap users(String vendor) {
        holdings.catchUp();
        RoaringBitmap users = new RoaringBitmap();
        holdings.of(vendor).slots().forEach((slot, kept) -> users.or(meaning.users(slot, kept.records())));
        return users;
    }

    /// Reads on, so that the next question need not. Called now and then.
    public synchronized void idle() {
        holdings.catchUp();
    }

    /// Reads on and writes down what vendors hold: from then on it does not depend on whether the order of the editions
    /// before is still known.
    public synchronized void keep() {
        holdings.keep();
    }

    private Exposure.Due told(Directive one, Instant now) {
        RoaringBitmap users = holdings.of(one.vendor()).users(one, meaning);
        return new Exposure.Due(
                one, one.state(!users.isEmpty(), disposal.remindPercent(), now), users.getCardinality());
    }

    /// Vendors that hold something, for those that may hold nothing any more.
    public synchronized Set<String> holding() {
        Set<String> holding = new HashSet<>(vendors());
        holding.removeIf(vendor -> holdings.of(vendor).slots().isEmpty());
        return holding;
    }
}
