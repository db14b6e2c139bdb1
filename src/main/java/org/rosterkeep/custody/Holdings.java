package org.rosterkeep.custody;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.roster.Shelf;

/// The holdings of all vendors, and how far the ledger was read for them. Taken up from the shelf when they are first
/// asked for. Not safe for threads: [Custody] holds the lock.
final class Holdings {
    /// A vendor's holding, by the vendor's id.
    static final String KIND = "holding";
    /// How far the ledger was read: `segment offset hash`, and whether an earlier ledger was read before it.
    static final String MARK = "holding-mark";

    private static final String THIS = "this";
    /// Answers after which the checkpoint is written anew.
    private static final int ANSWERS_UNKEPT_MAX = 5_000;

    private final Shelf shelf;
    private final Holding.Meaning meaning;
    private final Map<String, Holding> byVendor = new HashMap<>();
    private final Set<String> touched = new HashSet<>();
    private Optional<Register.Mark> mark = Optional.empty();
    private boolean severed;
    private int unkept;

    Holdings(Shelf shelf, Holding.Meaning meaning) {
        this.shelf = shelf;
        this.meaning = meaning;
    }

    Holding of(String vendor) {
        return byVendor.getOrDefault(vendor, new Holding());
    }

    Set<String> vendors() {
        return byVendor.keySet();
    }

    /// Reads what the ledger has more.
    void catchUp() {
        Register.Mark from = mark.orElseGet(this::load);
        if (!meaning.register().has(from)) {
            // The ledger was set aside. What it said stays said; from here on the new one is read.
            severed = true;
            from = Register.Mark.BEGINNING;
        }
        Register.Mark end = meaning.register().read(from, this::add);
        mark = Optional.of(end);
        if (unkept >= ANSWERS_UNKEPT_MAX) {
            shelf.apply(changes());
            kept();
        }
    }

    void keep() {
        catchUp();
        shelf.apply(changes());
        kept();
    }

    private void add(Handed handed) {
        byVendor.computeIfAbsent(handed.vendor(), any -> new Holding()).add(handed);
        touched.add(handed.vendor());
        unkept++;
    }

    /// Takes away what was attested last; writes it down with the attestation, or not at all.
    ///
    /// @param all the vendor's attestations, this one included
    void attested(Attestation last, List<Attestation> all, Shelf.Change document) {
        String vendor = last.vendor();
        boolean toldSince =
                of(vendor).newest().filter(at -> at.isAfter(last.deletedAt())).isPresent();
        Holding before = of(vendor);
        Holding after = toldSince && !severed ? replayed(vendor, all) : copy(before);
        if (!toldSince || severed) {
            after.subtract(last.what(), last.deletedAt(), meaning);
        }
        byVendor.put(vendor, after);
        touched.add(vendor);
        List<Shelf.Change> changes = changes();
        changes.add(document);
        try {
            shelf.apply(changes);
        } catch (RuntimeException full) {
            byVendor.put(vendor, before);
            throw full;
        }
        kept();
    }

    private static Holding copy(Holding of) {
        return HoldingForm.read(HoldingForm.write(of)).orElseThrow();
    }

    /// What a vendor holds, from the ledger's beginning, each deletion in its place.
    private Holding replayed(String vendor, List<Attestation> all) {
        Holding made = new Holding();
        List<Attestation> open = new ArrayList<>(all);
        open.sort(Comparator.comparing(Attestation::deletedAt).thenComparing(Attestation::id));
        meaning.register().read(Register.Mark.BEGINNING, handed -> {
            if (handed.vendor().equals(vendor)) {
                while (!open.isEmpty() && handed.at().isAfter(open.getFirst().deletedAt())) {
                    subtract(made, open.removeFirst());
                }
                made.add(handed);
            }
        });
        open.forEach(one -> subtract(made, one));
        return made;
    }

    private void subtract(Holding from, Attestation one) {
        from.subtract(one.what(), one.deletedAt(), meaning);
    }

    private List<Shelf.Change> changes() {
        List<Shelf.Change> changes = new ArrayList<>();
        touched.forEach(vendor -> changes.add(new Shelf.Change.Put(KIND, vendor, HoldingForm.write(of(vendor)))));
        Register.Mark at = mark.orElse(Register.Mark.BEGINNING);
        String text = at.segment() + " " + at.offset() + " " + (at.hash().isEmpty() ? "-" : at.hash()) + " " + severed;
        changes.add(new Shelf.Change.Put(MARK, THIS, text.getBytes(StandardCharsets.US_ASCII)));
        return changes;
    }

    private void kept() {
        touched.clear();
        unkept = 0;
    }

    /// Takes up the checkpoint. When any part of it cannot be read, all is read anew.
    private Register.Mark load() {
        Map<String, Holding> known = new HashMap<>();
        Map<String, byte[]> documents = shelf.all(KIND);
        documents.forEach(
                (vendor, document) -> HoldingForm.read(document).ifPresent(holding -> known.put(vendor, holding)));
        Optional<String[]> words = shelf.get(MARK, THIS)
                .map(text -> new String(text, StandardCharsets.US_ASCII).split(" "))
                .filter(parts -> parts.length == 4);
        if (words.isEmpty() || known.size() < documents.size()) {
            replayAll();
            return mark.orElse(Register.Mark.BEGINNING);
        }
        byVendor.putAll(known);
        String[] parts = words.get();
        severed = Boolean.parseBoolean(parts[3]);
        return new Register.Mark(
                Integer.parseInt(parts[0]), Long.parseLong(parts[1]), parts[2].equals("-") ? "" : parts[2]);
    }

    /// From the beginning, with every attestation there is.
    private void replayAll() {
        Map<String, List<Attestation>> all = new HashMap<>();
        shelf.all(Custody.ATTESTATION)
                .forEach((id, document) -> PaperForm.attestation(document)
                        .ifPresent(one -> all.computeIfAbsent(one.vendor(), any -> new ArrayList<>())
                                .add(one)));
        mark = Optional.of(meaning.register().read(Register.Mark.BEGINNING, this::add));
        all.forEach((vendor, attested) -> byVendor.put(vendor, replayed(vendor, attested)));
        touched.addAll(all.keySet());
    }
}
