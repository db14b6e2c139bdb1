package org.rosterkeep.outbound;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.rosterkeep.courier.wire.Papers;
import org.rosterkeep.disclosure.Consignment;
import org.rosterkeep.disclosure.Consignment.Format;
import org.rosterkeep.disclosure.Cursor;
import org.rosterkeep.disclosure.Dispatch;
import org.rosterkeep.disclosure.Parcel;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.Grant;
import org.rosterkeep.rules.PushTarget;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.RuleBook;
import org.rosterkeep.rules.Snapshot;

/// What a district sends without being asked: one cursor for each push target, and at most one delivery on its way to
/// it. It keeps no record and no list of records; what is due is the difference of two editions, read when it is sent.
public final class Outbox {
    static final String SENDER = "courier";
    private static final int ID_BYTES = 16;
    /// After a refusal of our own that time may mend.
    private static final Duration SOON = Duration.ofMinutes(1);

    private final String district;
    private final Rooms rooms;
    private final OutboxSettings settings;
    private final Clock clock;
    private final SecureRandom random;
    private final Waits waits;
    private final Book book;
    private final Map<String, Standing> standings = new TreeMap<>();
    private final Set<String> busy = new HashSet<>();
    private final Map<String, Instant> notBefore = new TreeMap<>();

    /// What the outbox works with.
    ///
    /// @param base absolute URL of the district's service in the given version, for links in what is sent
    public record Rooms(
            Shelf shelf, Journal journal, RuleBook rules, Door door, PushSecrets secrets, Base base) {}

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
        this.random = random;
        waits = new Waits(settings, random);
        book = new Book(rooms.journal());
        rooms.shelf().all(Standing.KIND).forEach((rule, document) -> StandingForm.read(document)
                .filter(one -> one.rule().equals(rule))
                .ifPresent(one -> standings.put(rule, one)));
        afterRestart();
    }

    OutboxSettings settings() {
        return settings;
    }

    /// What was under way when the program ended may have arrived. It is said, and sent again under the same id.
    private void afterRestart() {
        Instant now = clock.instant();
        for (Standing one : List.copyOf(standings.values())) {
            one.delivery().filter(delivery -> delivery.sending().isPresent()).ifPresent(delivery -> {
                book.interrupted(one, delivery);
                keep(one.delivering(Optional.of(delivery.failed("interrupted", now))));
            });
        }
    }

    /// The rules in force that name a push target.
    private List<Rule> pushing(Instant now) {
        Snapshot snapshot = rooms.rules().snapshot();
        return snapshot.pushing(now);
    }

    /// What every target was told and what is on its way, of rules in force and of those that are not any more.
    public synchronized List<Standing> standings() {
        return List.copyOf(standings.values());
    }

    public synchronized Optional<Standing> standing(String rule) {
        return Optional.ofNullable(standings.get(rule));
    }

    /// Whether anything could be sent now or later.
    public boolean needed() {
        return !pushing(clock.instant()).isEmpty();
    }

    /// The papers of every rule in force that names a push target, by rule.
    public Map<String, Papers> papers() {
        Map<String, Papers> papers = new TreeMap<>();
        Instant now = clock.instant();
        pushing(now).forEach(rule -> rooms.rules()
                .grant(rule.id(), now)
                .ifPresent(grant -> papers.put(rule.id(), Errand.papers(district, grant))));
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

    private synchronized Instant looked(String rule) {
        return Optional.ofNullable(standings.get(rule)).map(Standing::looked).orElse(Instant.EPOCH);
    }

    private synchronized boolean due(Rule rule, Instant now) {
        if (busy.contains(rule.id())
                || now.isBefore(notBefore.getOrDefault(rule.id(), Instant.EPOCH))
                || rooms.rules().pushStops().paused(rule)) {
            return false;
        }
        Standing standing = standing(rule);
        return standing.delivery()
                .map(delivery -> !now.isBefore(delivery.notBefore()))
                .orElseGet(() -> !now.isBefore(
                        target(rule).delivery().schedule().after(standing.looked())));
    }

    private Standing standing(Rule rule) {
        String place = place(rule);
        return Optional.ofNullable(standings.get(rule.id()))
                .filter(one -> one.place().equals(place))
                .orElseGet(() -> Standing.fresh(rule.id(), place));
    }

    private static PushTarget target(Rule rule) {
        return rule.push().orElseThrow();
    }

    /// What of a target makes it another one.
    private static String place(Rule rule) {
        PushTarget target = target(rule);
        PushTarget.Place place = target.place();
        return String.join(
                " ",
                target.way().word(),
                place.text(),
                place.path(),
                place.user().orElse("-"),
                target.delivery().oneRoster());
    }

    private Optional<Errand> take(Rule rule, Instant now) {
        Standing standing;
        synchronized (this) {
            if (!due(rule, now)) {
                return Optional.empty();
            }
            busy.add(rule.id());
            standing = standing(rule);
        }
        Optional<Errand> errand = Optional.empty();
        try {
            errand = packed(rule, standing, now);
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

    private Optional<Errand> packed(Rule rule, Standing standing, Instant now) {
        Optional<Grant> grant =
                rooms.rules().grant(rule.id(), now).filter(one -> one.rule().hash().equals(rule.hash()));
        if (grant.isEmpty()) {
            return Optional.empty();
        }
        return switch (rooms.door().push(consignment(rule, standing, now))) {
            case Dispatch.Nothing(Cursor reached) -> {
                keep(standing.reached(reached, now));
                yield Optional.empty();
            }
            case Dispatch.Refused(Reason reason) -> {
                later(rule.id(), now.plus(SOON));
                yield Optional.empty();
            }
            case Dispatch.Ready(Parcel parcel) -> errand(grant.get(), standing, parcel, now);
        };
    }

    private Consignment consignment(Rule rule, Standing standing, Instant now) {
        PushTarget target = target(rule);
        Wire wire = target.delivery().legacy() ? Wire.V1P1 : Wire.V1P2;
        Format format = !target.carries() ? Format.NOTICE : target.way().zip() ? Format.CSV : Format.JSON;
        return new Consignment(
                new Recipient.Target(rule.client()),
                wire,
                format,
                standing.told().filter(cursor -> cursor.at().plus(settings.deltaOldest()).isAfter(now)),
                target.delivery().bulk(),
                rooms.base().of(wire),
                target.place().text());
    }

    private Optional<Errand> errand(Grant grant, Standing standing, Parcel parcel, Instant now) {
        Rule rule = grant.rule();
        Standing.Delivery delivery = standing.delivery()
                .filter(one -> one.edition() == parcel.to().edition()
                        && one.bulk() == parcel.bulk()
                        && one.ruleHash().equals(rule.hash()))
                .orElseGet(() -> new Standing.Delivery(
                        id(), rule.hash(), parcel.to().edition(), parcel.bulk(), 0, Optional.empty(), now, ""));
        if (standing.gaveUp(delivery)) {
            parcel.close();
            keep(standing.lookedAt(now));
            return Optional.empty();
        }
        keep(standing.lookedAt(now).delivering(Optional.of(delivery)));
        return Optional.of(new Errand(
                this,
                district,
                grant,
                target(rule),
                delivery,
                parcel,
                rooms.secrets().of(rule.id())));
    }

    private String id() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private synchronized void later(String rule, Instant when) {
        notBefore.put(rule, when);
    }

    private synchronized void keep(Standing standing) {
        rooms.shelf().put(Standing.KIND, standing.rule(), StandingForm.write(standing));
        standings.put(standing.rule(), standing);
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
        keep(of(errand).delivering(Optional.of(errand.delivery().sendingSince(Optional.of(clock.instant())))));
        return errand.parcel().release().map(Outbox::word);
    }

    private synchronized Standing of(Errand errand) {
        return standing(errand.rule());
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
        end(errand, () -> {
            book.ended("push.stopped", errand, Ending.of(why));
            Standing standing = of(errand);
            keep(new Standing(
                    standing.rule(),
                    standing.place(),
                    standing.told(),
                    Instant.EPOCH,
                    Optional.empty(),
                    standing.dead()));
            if (why.equals("persons-per-day")) {
                later(errand.rule().id(), clock.instant().plus(SOON.multipliedBy(60)));
            } else {
                later(errand.rule().id(), clock.instant().plusSeconds(1));
            }
        });
    }

    /// The other side was heard of, or not.
    void ended(Errand errand, Ending ending) {
        end(errand, () -> {
            switch (ending.kind()) {
                case DELIVERED -> {
                    // On record first: should the machine stop in between, it is sent twice under one id.
                    book.ended("push.delivered", errand, ending);
                    keep(of(errand).reached(errand.parcel().to(), clock.instant()));
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
            keep(of(errand).delivering(Optional.of(failed)));
        }
    }

    private void giveUp(Errand errand, Standing.Delivery lost, Ending ending) {
        book.ended("push.given-up", errand, ending);
        keep(of(errand).givingUp(lost, ending.words(), clock.instant(), settings.deadLettersMax()));
    }

    /// Tries what failed again, now: a delivery that waits, or what its dead letters should have brought.
    ///
    /// @return false when nothing of the kind is there
    public synchronized boolean retry(String rule, String actor) {
        Standing standing = standings.get(rule);
        if (standing == null || standing.delivery().isEmpty() && standing.dead().isEmpty()) {
            return false;
        }
        rooms.journal().record("push.retry", actor, Map.of("rule", rule));
        notBefore.remove(rule);
        keep(standing.withoutDead()
                .delivering(standing.delivery().map(one -> one.asSoonAs(clock.instant()))));
        return true;
    }

    /// Looks now whether something is due.
    public synchronized void now(String rule, String actor) {
        rooms.journal().record("push.now", actor, Map.of("rule", rule));
        notBefore.remove(rule);
        Optional.ofNullable(standings.get(rule))
                .ifPresent(one -> keep(one.lookedAt(Instant.EPOCH)
                        .delivering(one.delivery().map(waiting -> waiting.asSoonAs(clock.instant())))));
    }
}
