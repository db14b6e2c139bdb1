package org.rosterkeep.appliance;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;
import org.rosterkeep.log.Log;
import org.rosterkeep.notices.Letter;
import org.rosterkeep.notices.Matter;
import org.rosterkeep.notices.Memory;
import org.rosterkeep.notices.Sighting;

/// Looks every hour how everything stands, and has people told what got worse since. What it sees is what the doctor
/// sees, and what the ledger has since the last look.
final class NoticeRound {
    private static final Duration EACH = Duration.ofMinutes(60);

    /// The doctor's checks by what they are about; the others are [Matter#CHECK].
    private static final Map<String, Matter> MATTERS = Map.ofEntries(
            Map.entry("backup", Matter.BACKUP),
            Map.entry("safe", Matter.BACKUP),
            Map.entry("restore-drill", Matter.DRILL),
            Map.entry("disk-space", Matter.DISK),
            Map.entry("certificate", Matter.CERTIFICATE),
            Map.entry("recovery-kit", Matter.KEY),
            Map.entry("unsealing", Matter.KEY),
            Map.entry("district-open", Matter.KEY),
            Map.entry("guard", Matter.APPROVAL),
            Map.entry("approvals", Matter.APPROVAL),
            Map.entry("rules-ending", Matter.RULE),
            Map.entry("rules-giving", Matter.RULE),
            Map.entry("ledger-chain", Matter.LEDGER),
            Map.entry("ledger-writes", Matter.LEDGER),
            Map.entry("courier", Matter.CONFINEMENT),
            Map.entry("unit-hardening", Matter.CONFINEMENT),
            Map.entry("disposal", Matter.DISPOSAL));

    private final Home home;
    private final Districts districts;
    private final DistrictDoctor doctor;
    private final Nightly nightly;
    private final DoctorBounds bounds;
    private final String appliance;
    private final Log log;
    private final Memory memory;
    private final Digests digests;
    private final String version = Build.number();
    private Instant looked = Instant.EPOCH;

    NoticeRound(
            Home home,
            Districts districts,
            DistrictDoctor doctor,
            Nightly nightly,
            DoctorBounds bounds,
            String appliance,
            Log log) {
        this.home = home;
        this.nightly = nightly;
        this.districts = districts;
        this.doctor = doctor;
        this.bounds = bounds;
        this.appliance = appliance;
        this.log = log;
        this.memory = Memory.at(home.notices());
        this.digests = new Digests(bounds);
    }

    /// What letters say they come from.
    String appliance() {
        return appliance;
    }

    List<String> digest(Rooms rooms, Instant now) {
        return digests.lines(rooms, now);
    }

    /// Called about once a minute.
    void look(Instant now) {
        if (now.isBefore(looked.plus(EACH))) {
            return;
        }
        looked = now;
        try {
            tell(now);
            for (var rooms : open()) {
                digests.due(rooms, now)
                        .ifPresent(lines -> rooms.postbox()
                                .post(new Letter("Rosterkeep: the week's digest", lines, "notice.digest", now), true));
            }
        } catch (IOException | RuntimeException e) {
            log.say(Event.NOTICE_FAILED, e);
        }
    }

    private List<Sighting> seen(List<Rooms> open, Instant now) {
        var seen = new ArrayList<Sighting>();
        var found = new ArrayList<>(new HomeDoctor(home, bounds).look(false));
        found.addAll(doctor.look(false));
        // Where a check says more than one thing, the worst of it counts.
        Map<List<String>, Diagnosis> worst = new TreeMap<>(Comparator.comparing(Object::toString));
        for (var one : found) {
            worst.merge(List.of(one.id(), one.about()), one, (a, b) -> a.state().compareTo(b.state()) >= 0 ? a : b);
        }
        worst.values()
                .forEach(one -> level(one.state())
                        .ifPresent(level -> seen.add(new Sighting(
                                MATTERS.getOrDefault(one.id(), Matter.CHECK), one.about(), one.id(), level))));
        var failing = nightly.failing();
        for (var rooms : open) {
            var district = rooms.name().text();
            seen.add(new Sighting(
                    Matter.BACKUP,
                    district,
                    "nightly",
                    failing.contains(rooms.name()) ? Sighting.Level.FAILED : Sighting.Level.WELL));
            seen.addAll(Happened.of(rooms, memory.looked(district).orElse(now.minus(EACH)), now, bounds));
        }
        boolean other = !memory.version().isEmpty() && !memory.version().equals(version);
        seen.add(new Sighting(Matter.UPGRADE, "", "version", other ? Sighting.Level.WARNING : Sighting.Level.WELL));
        return seen;
    }

    private static Optional<Sighting.Level> level(Diagnosis.State state) {
        return switch (state) {
            case OK -> Optional.of(Sighting.Level.WELL);
            case WARNING -> Optional.of(Sighting.Level.WARNING);
            case FAILED -> Optional.of(Sighting.Level.FAILED);
            // What cannot be told now is as it was.
            case CANNOT_TELL -> Optional.empty();
        };
    }

    /// To the journal always; by every channel of the district it is about, or of all when it is about the appliance.
    private void tell(Instant now) throws IOException {
        var open = open();
        var names = open.stream().map(rooms -> rooms.name().text()).collect(Collectors.toSet());
        var changes = memory.take(seen(open, now), names, version, now);
        changes.worse().forEach(one -> log.say(Event.NOTICE, facts(one)));
        changes.over().forEach(one -> log.say(Event.NOTICE_OVER, facts(one)));
        for (var rooms : open) {
            var theirs = changes.worse().stream()
                    .filter(one -> one.district().isEmpty()
                            || one.district().equals(rooms.name().text()))
                    .collect(Collectors.toList());
            if (!theirs.isEmpty()) {
                post(rooms, Letter.of(theirs, appliance, now));
            }
        }
    }

    /// One district whose letters cannot be kept takes nobody else's away; the journal has it.
    private void post(Rooms rooms, Letter letter) {
        try {
            rooms.postbox().post(letter, false);
        } catch (RuntimeException e) {
            log.say(Event.NOTICE_FAILED, e, new Fact.In(rooms.name().text()));
        }
    }

    private static Fact[] facts(Sighting one) {
        var about = new Fact.Code("what", one.matter());
        var level = new Fact.Code("now", one.level());
        return one.district().isEmpty()
                ? new Fact[] {about, level}
                : new Fact[] {about, level, new Fact.In(one.district())};
    }

    private List<Rooms> open() {
        return districts.list().stream()
                .map(District::state)
                .filter(District.State.Open.class::isInstance)
                .map(state -> ((District.State.Open) state).rooms())
                .toList();
    }
}
