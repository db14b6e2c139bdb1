package org.rosterkeep.vendors;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.disclosure.DoorSettings;
import org.rosterkeep.disclosure.Gate;
import org.rosterkeep.disclosure.Inquiry;
import org.rosterkeep.disclosure.Mirror;
import org.rosterkeep.disclosure.Outcome;
import org.rosterkeep.disclosure.Records;
import org.rosterkeep.entitlement.EditionSettings;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.fixture.FakeAccount;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Decider;
import org.rosterkeep.rules.Decision;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Treatment;

/// The real gate over a made-up world and one rule.
final class RealDoor implements Door {
    final FakeAccount account = new FakeAccount();
    private final Gate gate;
    private Optional<Reason> withdrawing = Optional.empty();
    private Optional<Reason> withdrawn = Optional.empty();

    RealDoor(World world, Rule rule) {
        this(world, rule, world);
    }

    /// @param records the world, or something that fails like a damaged disk
    RealDoor(World world, Rule rule, Records records) {
        Decider decider = (ask, now) -> {
            if (withdrawn.isPresent()) {
                return new Decision.Deny(withdrawn.get());
            }
            Map<Field, Treatment> fields = rule.grantsOf(ask.entity());
            if (fields.isEmpty()
                    || ask.by().stream().anyMatch(each -> rule.grantsOf(each).isEmpty())) {
                return new Decision.Deny(Reason.ENTITY_NOT_GIVEN);
            }
            return rule.grants().keySet().containsAll(ask.consulted())
                    ? new Decision.Allow(rule, fields)
                    : new Decision.Deny(Reason.FIELD_NOT_GIVEN);
        };
        Editions editions =
                new Editions(world, new FakeShelf(), new Mirror(world, world), Floors.NONE, EditionSettings.standard());
        gate = new Gate(
                new Gate.Rooms(decider, editions, records, world, world, account),
                Clock.fixed(Instant.parse("2026-10-05T06:30:00Z"), ZoneOffset.UTC),
                DoorSettings.standard());
    }

    @Override
    public synchronized Outcome ask(Inquiry inquiry) {
        withdrawn = Optional.empty();
        Outcome outcome = gate.ask(inquiry);
        withdrawn = withdrawing;
        return outcome;
    }

    /// Every leave given from now on ends for this reason before a byte is written.
    synchronized void withdrawing(Reason reason) {
        withdrawing = Optional.of(reason);
    }
}
