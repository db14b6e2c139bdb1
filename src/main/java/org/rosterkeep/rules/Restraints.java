package org.rosterkeep.rules;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;

/// The restraints of a district's vendors. Not safe for threads: [Papers] holds the lock.
final class Restraints {
    private final Shelf shelf;
    private final Journal journal;
    private final Stops stops;
    private final Map<String, Restraint> byId = new TreeMap<>();

    Restraints(Shelf shelf, Journal journal, Stops stops) {
        this.shelf = shelf;
        this.journal = journal;
        this.stops = stops;
        shelf.all(Restraint.KIND).forEach((id, document) -> byId.put(id, Restraint.read(id, document)));
    }

    /// All there are, for a decider to hold on to.
    List<Restraint> all() {
        return List.copyOf(byId.values());
    }

    /// What keeps a vendor from everything now, the most pressing first.
    static List<Restraint> of(List<Restraint> all, String vendor, Instant now) {
        return all.stream()
                .filter(one -> one.vendor().equals(vendor) && one.inForce(now))
                .sorted(Comparator.comparing(Restraint::kind))
                .toList();
    }

    Optional<Restraint> find(String vendor, Restraint.Kind kind) {
        return Optional.ofNullable(
                byId.get(Restraint.of(vendor, kind, Instant.EPOCH, Instant.MAX).id()));
    }

    /// In force in memory; [#written] comes after everybody decides by it.
    void put(Restraint one) {
        byId.put(one.id(), one);
    }

    Stopped written(Restraint one, String actor) {
        Shelf from = shelf.dated();
        return stops.write(
                "vendor " + one.id(),
                () -> keep(from, one.id()),
                () -> journal.record("vendor." + one.kind().word(), actor, facts(one)));
    }

    /// As it stands when the disk has room again, which may be lifted.
    private void keep(Shelf from, String id) {
        Restraint now = byId.get(id);
        if (now == null) {
            from.remove(Restraint.KIND, id);
        } else {
            from.put(Restraint.KIND, id, now.document());
        }
    }

    /// One more signature, recorded first; with enough of them the restraint is gone.
    void signed(Restraint signed, boolean enough, String actor) {
        String kind = "vendor." + signed.kind().word() + (enough ? "-lifted" : "-lifting-signed");
        journal.record(kind, actor, facts(signed));
        if (enough) {
            shelf.remove(Restraint.KIND, signed.id());
            byId.remove(signed.id());
        } else {
            shelf.put(Restraint.KIND, signed.id(), signed.document());
            byId.put(signed.id(), signed);
        }
    }

    private static Map<String, String> facts(Restraint one) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("vendor", one.vendor());
        facts.put("since", one.since().toString());
        if (!one.until().equals(Instant.MAX)) {
            facts.put("until", one.until().toString());
        }
        return facts;
    }
}
