package org.rosterkeep.appliance;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.rosterkeep.access.Clients;
import org.rosterkeep.access.Operators;
import org.rosterkeep.access.Session;
import org.rosterkeep.access.Tokens;
import org.rosterkeep.backup.Safe;
import org.rosterkeep.breach.Incidents;
import org.rosterkeep.custody.Custody;
import org.rosterkeep.disclosure.Ceilings;
import org.rosterkeep.disclosure.Gate;
import org.rosterkeep.disclosure.Rolls;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.entitlement.Guard;
import org.rosterkeep.intake.Intake;
import org.rosterkeep.keys.DomainAliases;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.ledger.Disclosures;
import org.rosterkeep.ledger.Holders;
import org.rosterkeep.ledger.Ledger;
import org.rosterkeep.ledger.Spans;
import org.rosterkeep.notices.Channels;
import org.rosterkeep.notices.Postbox;
import org.rosterkeep.outbound.Outbox;
import org.rosterkeep.outbound.PushSecrets;
import org.rosterkeep.retention.Holds;
import org.rosterkeep.retention.Orders;
import org.rosterkeep.rights.Rights;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Decider;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Life;
import org.rosterkeep.rules.RuleBook;
import org.rosterkeep.sources.Sources;
import org.rosterkeep.vault.Vault;
import org.rosterkeep.vendors.House;

/// The open rooms of one district.
///
/// @param safe what outlives every backup
/// @param guard which vendors' views stand still
/// @param behind what stands behind the gate
/// @param outbox what is sent without being asked for
/// @param sources what is fetched
/// @param channels by which people are told what got worse
/// @param refusals since the start, by reason
/// @param house the district as vendors meet it
/// @param floors what stands against single people now
/// @param aliases what makes outward ids
/// @param timeMachine opens the rooms that decide as they stood
/// @param orders whose erasure is asked for, decided or done
/// @param holds whose erasure is forbidden
/// @param checkup whether the ledger was whole when it was opened
record Rooms(
        DistrictName name,
        KeyRing keys,
        Vault vault,
        Ledger ledger,
        Safe safe,
        Operators operators,
        RuleBook book,
        Clients clients,
        Tokens tokens,
        Editions editions,
        Guard guard,
        Intake intake,
        Gate.Rooms behind,
        Gate gate,
        Ceilings ceilings,
        Outbox outbox,
        PushSecrets pushSecrets,
        Sources sources,
        PushSecrets sourceSecrets,
        Channels channels,
        Postbox postbox,
        Refusals refusals,
        Rolls rolls,
        Custody custody,
        Incidents incidents,
        Withholdings withholdings,
        Rights rights,
        House.Open house,
        Floors floors,
        DomainAliases aliases,
        TimeMachine timeMachine,
        Orders orders,
        Holds holds,
        Checkup checkup,
        Clock clock)
        implements AutoCloseable {
    /// What the erasure ledger calls the end of a pseudonym domain.
    static final String FORGET_IDS = "forget-ids";

    private static final int RESEALED_AT_ONCE = 200;

    /// The same rooms behind a gate that another decider guards: for a rehearsal.
    Gate.Rooms behindGate(Decider decider) {
        return new Gate.Rooms(
                decider,
                behind.editions(),
                behind.records(),
                behind.census(),
                behind.aliases(),
                behind.account(),
                ceilings);
    }

    /// Who a call says it is, proved by the password it brings.
    Session signIn(Call call) {
        var typed = call.secret("password");
        try {
            return operators
                    .signIn(call.text("operator"), typed, clock.instant())
                    .orElseThrow(() -> refused(call));
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    private Trouble refused(Call call) {
        var held = operators.heldUntil(call.text("operator"), clock.instant());
        return new Trouble(
                Exit.REFUSED,
                "The sign-in was refused.",
                held.isPresent()
                        ? "There were too many wrong passwords; nobody is let in under this name until " + held.get()
                                + "."
                        : "There is no such operator, or the password is wrong.",
                "See who there is: rosterkeep operator list");
    }

    /// Puts the reason somebody gave beside an act that is already done. That it cannot be recorded now is no reason to
    /// take the act back.
    void because(Call call, String kind, String id) {
        call.optional("reason").ifPresent(reason -> {
            try {
                ledger.record(
                        kind + ".reason",
                        call.caller().actor(),
                        Map.of(kind, id, "reason", reason.substring(0, Math.min(reason.length(), 200))));
            } catch (RuntimeException e) {
                return;
            }
        });
    }

    /// The vendor a rule names.
    ///
    /// @throws org.rosterkeep.rules.RulesFault when there is no such rule
    String vendorOf(String rule) {
        return book.newest(rule, clock.instant()).rule().vendor();
    }

    /// A person the district has or had, with all enrolments that name them or once did: answers of that time told of
    /// them.
    Optional<Disclosures.Person> person(SourcedId id) {
        int user = vault.find(Entity.USER, id);
        if (user == Relations.NONE) {
            return Optional.empty();
        }
        var relations = vault.relations();
        var enrollments = IntStream.range(0, relations.size(Entity.ENROLLMENT))
                .filter(one -> vault.everEnrolled(one, user))
                .toArray();
        var handedOn = IntStream.of(enrollments)
                .filter(one -> vault.formerUsers(one).findAny().isPresent())
                .toArray();
        return Optional.of(new Disclosures.Person(user, enrollments, handedOn));
    }

    /// Whose an enrolment was in an old edition.
    Holders holders() {
        return (rule, edition, enrollment) -> {
            var batch = rolls.batch(rule, edition, enrollment);
            return batch.isEmpty()
                    ? OptionalInt.empty()
                    : OptionalInt.of(vault.enrollmentUserAsOf(enrollment, batch.getAsLong()));
        };
    }

    /// Lets new versions take over that change little.
    Clearance clearance() {
        return new Clearance(book, editions);
    }

    /// Finds out after an import which views would change too much, so that it is known before a vendor asks.
    void foresee(Instant now) {
        book.versions(now).stream()
                .filter(version -> version.life() == Life.ACTIVE)
                .forEach(version -> editions.foresee(version.rule(), now));
    }

    /// Who stood where in an old edition's list.
    Spans spans() {
        return new Spans() {
            @Override
            public Optional<long[]> positions(String rule, long edition, Entity entity, int[] ordinals) {
                return rolls.positions(rule, edition, entity, ordinals);
            }

            @Override
            public boolean mayHold(String rule, long edition, Entity entity, int[] ordinals) {
                return rolls.members(rule, edition, entity)
                        .map(members -> IntStream.of(ordinals).anyMatch(members::contains))
                        .orElse(true);
            }
        };
    }

    /// Destroys the key of a pseudonym domain, and lets go of every id that was made with it and is remembered.
    void forgetIds(String domain) {
        // While it is still known who stood where in the answers of the domain's vendors.
        custody.keep();
        aliases.forget(domain);
        safe.add(clock.instant(), FORGET_IDS, domain, "");
        gate.forgetIds();
        rolls.forgetIds();
    }

    /// What has to be done now and then; called about once a minute.
    void tidy(Instant now) {
        rights.settle(now);
        new Erasing(this).goOn(now);
        book.settle();
        clearance().look(now);
        guard.settle();
        operators.settle();
        clients.settle();
        channels.settle();
        tokens.sweep(now);
        gate.idle(now);
        ceilings.idle(now);
        vault.idle(now);
        if (keys.epochs().size() > 1) {
            vault.reseal(RESEALED_AT_ONCE);
        }
        custody.idle();
    }

    /// The reverse of opening: what is on its way is finished, then signed, then forgotten.
    @Override
    public void close() {
        sources.close();
        checkup.close();
        try {
            ledger.close();
        } finally {
            try {
                vault.close();
            } finally {
                keys.close();
            }
        }
    }
}
