package org.rosterkeep.retention;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.Endorsement;
import org.rosterkeep.rules.Signer;
import org.rosterkeep.rules.Signers;

/// The erasures of a district: asked for, decided, done. The document that says *decided* is the point from which there
/// is no way back: before it nothing is erased, and after it the rest is done again until it is done.
public final class Orders {
    static final String KIND = "erasure";
    private static final Endorsement.Act ACT = Endorsement.Act.FORGET;
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,39}");

    private final Shelf shelf;
    private final Journal journal;
    private final Signing signing;
    private final Holds holds;
    private final TreeMap<Integer, Order> all = new TreeMap<>();
    private volatile Collection<RecordKey> barred = List.of();

    /// @param needed how many people it takes
    public Orders(Shelf shelf, Journal journal, Signers signers, int needed, Holds holds) {
        this.shelf = shelf;
        this.journal = journal;
        this.holds = holds;
        signing = new Signing(signers, needed);
        shelf.all(KIND).values().stream().map(OrderForm::order).forEach(one -> all.put(one.number(), one));
        bar();
    }

    private void bar() {
        barred = all.values().stream()
                .filter(Order::bars)
                .map(Order::key)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    /// The number of a request or a matter: it is kept for years, and so it names nobody.
    static void reference(String text) {
        if (!REFERENCE.matcher(text).matches()) {
            throw new RetentionFault(RetentionFault.Code.REFERENCE_WRONG);
        }
    }

    /// Whether anybody is not to come back at all: most districts have erased nobody.
    public boolean barsAnybody() {
        return !barred.isEmpty();
    }

    /// Whether a roster that names this person is not to bring them back.
    public boolean bars(RecordKey key) {
        return barred.contains(key);
    }

    public synchronized List<Order> list() {
        return List.copyOf(all.values());
    }

    public synchronized Optional<Order> find(int number) {
        return Optional.ofNullable(all.get(number));
    }

    /// What is asked for or was done about somebody, and was not lifted since.
    public synchronized Optional<Order> about(RecordKey key) {
        return all.values().stream()
                .filter(one -> one.key().equals(key) && one.state() != Order.State.LIFTED)
                .findFirst();
    }

    /// What is decided and not done yet.
    public synchronized List<Order> open() {
        return all.values().stream()
                .filter(one -> one.state() == Order.State.DECIDED)
                .toList();
    }

    public int missing(Order order) {
        return order.state() == Order.State.ASKED ? signing.missing(ACT, order.text(), order.signatures()) : 0;
    }

    /// One more person signs that somebody is erased. With the last signature it is decided.
    ///
    /// @throws RetentionFault `HELD`, `ERASED_ALREADY`, `SAME_PERSON`, `ROLE_MISSING`, `REFERENCE_WRONG`
    public synchronized Order sign(RecordKey key, Ground ground, String request, Signer signer, Instant now) {
        reference(request);
        free(key);
        Order asked = about(key).orElseGet(() -> fresh(key, ground, request, now));
        if (asked.state() == Order.State.DECIDED) {
            return asked;
        }
        if (asked.state() == Order.State.DONE) {
            throw new RetentionFault(RetentionFault.Code.ERASED_ALREADY);
        }
        Order signed = asked.signed(Signing.sign(ACT, signer, asked.text(), asked.signatures(), now));
        boolean decided = missing(signed) == 0;
        Order next = decided ? signed.decided(now) : signed;
        journal.record(decided ? "erasure.decided" : "erasure.signed", signer.operator(), facts(next));
        keep(next);
        return next;
    }

    private void free(RecordKey key) {
        if (holds.on(key)) {
            throw new RetentionFault(RetentionFault.Code.HELD);
        }
    }

    private Order fresh(RecordKey key, Ground ground, String request, Instant now) {
        return new Order(
                all.isEmpty() ? 1 : all.lastKey() + 1,
                key,
                ground,
                request,
                now,
                List.of(),
                Order.State.ASKED,
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /// Takes up again, after a restore, what was decided before it: nobody is asked a second time.
    ///
    /// @param decided when that was
    public synchronized Order again(RecordKey key, Instant decided) {
        Optional<Order> known = about(key).filter(one -> one.state() != Order.State.ASKED);
        if (known.isPresent()) {
            return known.get();
        }
        Order made = fresh(key, Ground.LAW, "restored", decided).decided(decided);
        journal.record("erasure.replayed", "appliance", facts(made));
        keep(made);
        return made;
    }

    /// Nothing is left.
    ///
    /// @param counts what went, in numbers
    public synchronized Order done(Order order, Map<String, Long> counts, Instant now) {
        Order done = order.done(now, counts);
        Map<String, String> facts = new TreeMap<>(facts(done));
        done.counts().forEach((name, count) -> facts.put(name, Long.toString(count)));
        journal.record("erasure.done", "appliance", facts);
        keep(done);
        return done;
    }

    /// Takes an erasure back that nobody has decided, or lets somebody come back who was erased.
    public synchronized Order lift(RecordKey key, String actor, String why) {
        reference(why);
        Order order = about(key).orElseThrow(() -> new RetentionFault(RetentionFault.Code.NOTHING_ASKED));
        if (order.state() == Order.State.DECIDED) {
            throw new RetentionFault(RetentionFault.Code.UNDER_WAY);
        }
        Map<String, String> facts = new TreeMap<>(facts(order));
        facts.put("why", why);
        journal.record("erasure.lifted", actor, facts);
        Order lifted = order.lifted();
        keep(lifted);
        return lifted;
    }

    private void keep(Order order) {
        shelf.put(KIND, Integer.toString(order.number()), OrderForm.write(order));
        all.put(order.number(), order);
        bar();
    }

    private static Map<String, String> facts(Order order) {
        return Map.of(
                "erasure",
                Integer.toString(order.number()),
                "ground",
                order.ground().word(),
                "request",
                order.request());
    }
}
