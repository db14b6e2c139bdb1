package org.rosterkeep.rules;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;

/// Pauses of what is pushed: of one rule's target, of one vendor's, or of all. One person pauses, at once; two
/// let it go
/// on, with signatures. A pause takes nothing else away: whoever may ask still may.
public final class PushStops {
    public static final String KIND = "push-stop";
    public static final String ALL = "all";

    private final Shelf shelf;
    private final Journal journal;
    private final Signing signing;
    private final int resumers;
    private final Stops stops = new Stops();
    private volatile Map<String, Halt> halts = Map.of();

    PushStops(Shelf shelf, Journal journal, Signing signing, int resumers) {
        this.shelf = shelf;
        this.journal = journal;
        this.signing = signing;
        this.resumers = resumers;
        Map<String, Halt> read = new TreeMap<>();
        shelf.all(KIND).forEach((what, document) -> read.put(what, Halt.read(subject(what), document)));
        halts = Map.copyOf(read);
    }

    public static String rule(String rule) {
        return "rule/" + rule;
    }

    public static String vendor(String vendor) {
        return "vendor/" + vendor;
    }

    private static String subject(String what) {
        return "pushes of " + what;
    }

    public boolean paused(Rule rule) {
        return paused(ALL) || paused(vendor(rule.vendor())) || paused(rule(rule.id()));
    }

    /// @param what [#ALL], or one of [#rule] and [#vendor]
    public boolean paused(String what) {
        Halt halt = halts.get(what);
        return halt != null && halt.suspended();
    }

    /// What is paused now.
    public List<String> paused() {
        return halts.keySet().stream().filter(this::paused).sorted().toList();
    }

    public synchronized Stopped pause(String what, String actor, Instant now) {
        put(what, halts.getOrDefault(what, Halt.none(subject(what))).suspended(now));
        Shelf from = shelf.dated();
        return stops.write(
                what,
                () -> from.put(
                        KIND,
                        what,
                        halts.getOrDefault(what, Halt.none(subject(what))).document()),
                () -> journal.record("push.paused", actor, Map.of("of", what)));
    }

    /// One more person lets it go on. Returns how many more signatures it takes; at 0 it goes on.
    public synchronized int resume(String what, Signer signer, Instant now) {
        Halt halt = halts.get(what);
        if (halt == null || !halt.suspended()) {
            throw new RulesFault(RulesFault.Code.NOT_PAUSED);
        }
        if (halt.resumes().stream().anyMatch(one -> one.operator().equals(signer.operator()))) {
            throw new RulesFault(RulesFault.Code.SAME_PERSON);
        }
        Halt signed = halt.with(signing.endorse(Endorsement.Act.RESUME, halt.hash(), signer, now));
        int missing = resumers - signed.resumed(signing);
        Halt next = missing <= 0 ? signed.resumed() : signed;
        journal.record(missing <= 0 ? "push.resumed" : "push.resume-signed", signer.operator(), Map.of("of", what));
        shelf.put(KIND, what, next.document());
        put(what, next);
        return Math.max(0, missing);
    }

    private void put(String what, Halt halt) {
        Map<String, Halt> next = new TreeMap<>(halts);
        next.put(what, halt);
        halts = Map.copyOf(next);
    }

    /// Tries again to write down what could not be. True when nothing is left.
    boolean settle() {
        return stops.settle();
    }
}
