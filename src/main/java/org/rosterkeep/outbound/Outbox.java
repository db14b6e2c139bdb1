package org.rosterkeep.outbound;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.rosterkeep.courier.wire.Papers;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.PushTarget;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.RuleBook;

/// What a district sends without being asked: one cursor for each push target, and at most one delivery on its way to
/// it. It keeps no record and no list of records; what is due is the difference of two editions, read when it is sent.
public final class Outbox {
    static final String SENDER = "courier";
    /// After a refusal of our own that time may mend.
    private static final Duration SOON = Duration.ofMinutes(1);

    /// After we broke off what was under way.
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final String district;
    private final Rooms rooms;
    private final OutboxSettings settings;
    private final Clock clock;
    private final Waits waits;
    private final Book book;
    private final Standings standings;
    private final Packing packing;
    private final Set<String> busy = new HashSet<>();
    private final Map<String, Instant> notBefore = new TreeMap<>();

    /// What the outbox works with.
    ///
    /// @param base absolute URL of the district's service in the given version, for links in what is sent
    public record Rooms(Shelf shelf, Journal journal, RuleBook rules, Door door, PushSecrets secrets, Base base) {}

    /// Where the vendor's view of this district would be asked for.
    @FunctionalInterface
    public interface Base {
        String of(Wire wire);
    }

    public Outbox(String district, Rooms rooms, OutboxSettings settings, Clock clock, SecureRandom random) {
        this.district = district;
        this.rooms = rooms;
        this.settings = settings;
        this.clock = clock;
        waits = new Waits(settings, random);
        book = new Book(rooms.journal());
        standings = new Standings(rooms.shelf());
        packing = new Packing(district, rooms, settings, random, standings);
        afterRestart();
    }

    OutboxSettings settings() {
        return settings;
    }

    /// What was under way when the program ended may have arrived. It is said, and sent again under the same id.
    private void afterRestart() {
        Instant now = clock.instant();
        for (Standing one : standings.all()) {
            one.delivery()
                    .filter(delivery -> delivery.sending().isPresent())
                    .ifPresent(delivery -> interrupted(one, delivery, now));
        }
    }

    private void interrupted(Standing standing, Standing.Delivery delivery, Instant now) {
        try {
            book.interrupted(standing, delivery);
            standings.keep(standing.delivering(Optional.of(delivery.failed("interrupted", now))));
        } catch (RuntimeException unwritten) {
            // It stays as it is; the entries that were made before it left say so as well.
            later(standing.rule(), now.plus(SOON));
        }
    }

    /// The rules in force that name a push target.
    private List<Rule> pushing(Instant now) {
        return rooms.rules().snapshot().pushing(now);
    }

    /// What every target was told and what is on its way, of rules in force and of those that are not any more.
    public List<Standing> standings() {
        return standings.all();
    }

    public Optional<Standing> standing(String rule) {
        return standings.get(rule);
    }

    /// The papers of every rule in force that names a push target, by rule.
    public Map<String, Papers> papers() {
        Map<String, Papers> papers = new TreeMap<>();
        Instant now = clock.instant();
        pushing(now)
                .forEach(rule -> rooms.rules()
                        .grant(rule.id(), now)
                        .ifPresent(grant ->
                                papers.put(rule.id(), SignedPapers.of(district, grant.text(), grant.endorsements()))));
        return papers;
    }

    /// An errand that is due, if there is one. Whoever gets it ends it with one of [#refused], [#stopped] and [#ended].
    Optional<Errand> next() {
        Instant now = clock.instant();
        List<Rule> due = pushing(now).stream()
                .filter(rule -> due(rule, now))
                .sorted(Comparator.comparing(rule -> looked(rule.id())))
                .toList();
        for (Rule rule : due) {
            Optional<Errand> errand = take(rule, now);
            if (errand.isPresent()) {
                return errand;
            }
        }
        return Optional.empty();
    }

    private Instant looked(String rule) {
        return standings.get(rule).map(Standing::looked).orElse(Instant.EPOCH);
    }

    private synchronized boolean due(Rule rule, Instant now) {
        if (busy.contains(rule.id())
                || now.isBefore(notBefore.getOrDefault(rule.id(), Instant.EPOCH))
                || rooms.rules().pushStops().paused(rule)) {
            return false;
        }
        Standing standing = standings.of(rule);
        return standing.delivery()
                .map(delivery -> !now.isBefore(delivery.notBefore()))
                .orElseGet(
                        () -> !now.isBefore(target(rule).delivery().schedule().after(standing.looked())));
    }

    private static PushTarget target(Rule rule) {
        return rule.push().orElseThrow();
    }

    private Optional<Errand> take(Rule rule, Instant now) {
        synchronized (this) {
            if (!due(rule, now)) {
                return Optional.empty();
            }
            busy.add(rule.id());
        }
        Optional<Errand> errand = Optional.empty();
        try {
            errand = packing.pack(this, rule, now, () -> later(rule.id(), now.plus(SOON)));
        } finally {
            if (errand.isEmpty()) {
                free(rule.id());
            }
        }
        return errand;
    }

    private synchronized void free(String rule) {
        busy.remove(rule);
    }

    private synchronized void later(String rule, Instant when) {
        notBefore.put(rule, when);
    }

    /// Why an errand must not go on; empty while it may.
    Optional<String> objection(Errand errand) {
        if (rooms.rules().pushStops().paused(errand.rule())) {
            return Optional.of("paused");
        }
        return errand.parcel().objection().map(Outbox::word);
    }

    static String lower(Enum<?> one) {
        return one.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static String word(Reason reason) {
        return lower(reason);
    }

    /// The courier stands ready: from here on bytes may leave. Empty when they may; else why not.
    Optional<String> begin(Errand errand) {
        Optional<String> objection = objection(errand);
        if (objection.isPresent()) {
            return objection;
        }
        standings.keep(
                of(errand).delivering(Optional.of(errand.delivery().sendingSince(Optional.of(clock.instant())))));
        return errand.parcel().release().map(Outbox::word);
    }

    private Standing of(Errand errand) {
        return standings.of(errand.rule());
    }

    /// The courier would not, and nothing left.
    void refused(Errand errand, Ending ending) {
        end(errand, () -> {
            book.ended("push.refused", errand, ending);
            if (ending.lasting()) {
                giveUp(errand, errand.delivery(), ending);
            } else {
                again(errand, ending);
            }
        });
    }

    /// Stopped by us, on the way or before. What is due now is found out anew.
    void stopped(Errand errand, String why) {
        Instant now = clock.instant();
        end(errand, () -> {
            book.ended("push.stopped", errand, Ending.of(why));
            Standing standing = of(errand);
            standings.keep(new Standing(
                    standing.rule(),
                    standing.place(),
                    standing.told(),
                    Instant.EPOCH,
                    Optional.empty(),
                    standing.dead()));
            boolean full = why.equals(lower(Reason.PERSONS_PER_DAY));
            later(errand.rule().id(), now.plus(full ? SOON.multipliedBy(60) : AT_ONCE));
        });
    }

    /// The other side was heard of, or not.
    void ended(Errand errand, Ending ending) {
        end(errand, () -> {
            switch (ending.kind()) {
                case DELIVERED -> {
                    // On record first: should the machine stop in between, it is sent twice under one id.
                    book.ended("push.delivered", errand, ending);
                    standings.keep(of(errand).reached(errand.parcel().to(), clock.instant()));
                }
                case REFUSED -> {
                    book.ended("push.refused", errand, ending);
                    giveUp(errand, errand.delivery(), ending);
                }
                case FAILED -> {
                    book.ended("push.failed", errand, ending);
                    again(errand, ending);
                }
                case UNKNOWN -> {
                    book.ended("push.unknown", errand, ending);
                    again(errand, ending);
                }
            }
        });
    }

    /// When the outcome cannot be written down, the delivery stays as it is: it may have been sent, and is sent again.
    private void end(Errand errand, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException unwritten) {
            later(errand.rule().id(), clock.instant().plus(SOON));
        } finally {
            errand.parcel().close();
            free(errand.rule().id());
        }
    }

    private void again(Errand errand, Ending ending) {
        Instant now = clock.instant();
        int attempts = errand.delivery().attempts() + 1;
        Instant next = now.plus(waits.after(attempts, ending.retryAfter()));
        Standing.Delivery failed = errand.delivery().failed(ending.words(), next);
        if (attempts >= settings.attemptsMax()) {
            giveUp(errand, failed, ending);
        } else {
            standings.keep(of(errand).delivering(Optional.of(failed)));
        }
    }

    private void giveUp(Errand errand, Standing.Delivery lost, Ending ending) {
        book.ended("push.given-up", errand, ending);
        standings.keep(of(errand).givingUp(lost, ending.words(), clock.instant(), settings.deadLettersMax()));
    }

    /// Tries what failed again, now: a delivery that waits, or what its dead letters should have brought.
    ///
    /// @return false when nothing of the kind is there
    public synchronized boolean retry(String rule, String actor) {
        Optional<Standing> found = standings
                .get(rule)
                .filter(one -> one.delivery().isPresent() || !one.dead().isEmpty());
        if (found.isEmpty()) {
            return false;
        }
        Standing standing = found.get();
        rooms.journal().record("push.retry", actor, Map.of("rule", rule));
        notBefore.remove(rule);
        standings.keep(
                standing.withoutDead().delivering(standing.delivery().map(one -> one.asSoonAs(clock.instant()))));
        return true;
    }

    /// Looks now whether something is due.
    public synchronized void now(String rule, String actor) {
        rooms.journal().record("push.now", actor, Map.of("rule", rule));
        notBefore.remove(rule);
        standings
                .get(rule)
                .ifPresent(one -> standings.keep(one.lookedAt(Instant.EPOCH)
                        .delivering(one.delivery().map(waiting -> waiting.asSoonAs(clock.instant())))));
    }
}
