package org.rosterkeep.retention;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.Endorsement;
import org.rosterkeep.rules.Signer;
import org.rosterkeep.rules.Signers;

/// The legal holds of a district. A hold that cannot be read holds everybody.
public final class Holds {
    static final String KIND = "hold";
    private static final Endorsement.Act ACT = Endorsement.Act.RESUME;

    private final Shelf shelf;
    private final Journal journal;
    private final Signing signing;
    private final Map<RecordKey, Hold> all = new HashMap<>();
    private final boolean damaged;

    /// @param needed how many people it takes to lift one
    public Holds(Shelf shelf, Journal journal, Signers signers, int needed) {
        this.shelf = shelf;
        this.journal = journal;
        signing = new Signing(signers, needed);
        boolean unreadable = false;
        for (byte[] document : shelf.all(KIND).values()) {
            try {
                Hold one = OrderForm.hold(document);
                all.put(one.key(), one);
            } catch (RetentionFault e) {
                unreadable = true;
            }
        }
        damaged = unreadable;
    }

    /// Whether nothing of this person may be erased.
    public synchronized boolean on(RecordKey key) {
        return damaged || all.containsKey(key);
    }

    public synchronized Optional<Hold> find(RecordKey key) {
        return Optional.ofNullable(all.get(key));
    }

    /// Oldest first.
    public synchronized List<Hold> list() {
        return all.values().stream().sorted(Comparator.comparing(Hold::since)).toList();
    }

    /// In force at once; one that is there stays as it is.
    ///
    /// @param matter the number under which the matter is filed
    public synchronized Hold put(RecordKey key, String matter, String actor, Instant now) {
        Orders.reference(matter);
        Hold made = all.computeIfAbsent(key, any -> new Hold(key, matter, now, actor, List.of()));
        shelf.put(KIND, OrderForm.hex(key), OrderForm.write(made));
        journal.record("hold.put", actor, Map.of("matter", made.matter()));
        return made;
    }

    /// One more person signs that a hold is over. Returns how many more it takes.
    public synchronized int lift(RecordKey key, Signer signer, Instant now) {
        Hold hold = find(key).orElseThrow(() -> new RetentionFault(RetentionFault.Code.NOT_HELD));
        Hold signed = hold.signed(Signing.sign(ACT, signer, hold.text(), hold.signatures(), now));
        int missing = signing.missing(ACT, signed.text(), signed.signatures());
        journal.record(
                missing > 0 ? "hold.lifting-signed" : "hold.lifted",
                signer.operator(),
                Map.of("matter", hold.matter()));
        if (missing > 0) {
            shelf.put(KIND, OrderForm.hex(key), OrderForm.write(signed));
            all.put(key, signed);
        } else {
            shelf.remove(KIND, OrderForm.hex(key));
            all.remove(key);
        }
        return missing;
    }
}
