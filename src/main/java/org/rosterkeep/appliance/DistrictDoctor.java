package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rosterkeep.access.Role;
import org.rosterkeep.entitlement.Hold;
import org.rosterkeep.ledger.Ledger;
import org.rosterkeep.ledger.Verdict;
import org.rosterkeep.rules.Life;
import org.rosterkeep.rules.Version;
import org.rosterkeep.sources.Hitch;

/// What the running appliance finds out about itself and its districts.
final class DistrictDoctor {
    private final Optional<Front> front;
    private final Optional<Outgoing> outgoing;
    private final Districts districts;
    private final DoctorBounds bounds;
    private final Clock clock;
    private final boolean approved;

    /// @param front none while nobody is let in
    /// @param outgoing none while nothing is sent
    /// @param approved whether only approved algorithms are permitted
    DistrictDoctor(
            Optional<Front> front,
            Optional<Outgoing> outgoing,
            Districts districts,
            DoctorBounds bounds,
            Clock clock,
            boolean approved) {
        this.front = front;
        this.outgoing = outgoing;
        this.districts = districts;
        this.bounds = bounds;
        this.clock = clock;
        this.approved = approved;
    }

    void into(Verbs verbs) {
        verbs.with("doctor", (call, meanwhile) -> {
            var array = Json.createArrayBuilder();
            look(call.flag("full")).forEach(one -> array.add(one.json()));
            return new Answer(Json.createObjectBuilder().add("checks", array).build(), List.of());
        });
    }

    /// @param full whether databases and ledgers are read from end to end
    List<Diagnosis> look(boolean full) {
        var found = new ArrayList<Diagnosis>();
        front.ifPresent(street -> found.add(certificate(street.certificateUntil())));
        outgoing.ifPresent(hatch -> found.add(ServiceDoctor.courier(hatch, sends())));
        for (var district : districts.list()) {
            switch (district.state()) {
                case District.State.Open(Rooms rooms) -> found.addAll(open(district, rooms, full));
                case District.State.Sealed sealed ->
                    found.add(Diagnosis.warning(
                                    "district-open",
                                    sealed.why()
                                            .map(why -> "It is sealed and did not open by itself: " + why + ".")
                                            .orElse("It is sealed: nothing is released until somebody opens it."),
                                    "rosterkeep key unseal --district " + district.name())
                            .about(district.name()));
                case District.State.Blocked blocked ->
                    found.add(Diagnosis.failed(
                                    "district-open",
                                    "It is blocked (" + blocked.code() + "): " + blocked.sentence() + ".",
                                    "Nothing is released until this is repaired.")
                            .about(district.name()));
            }
        }
        return found;
    }

    private boolean sends() {
        var now = clock.instant();
        return districts.list().stream()
                .anyMatch(district -> district.state() instanceof District.State.Open(Rooms rooms)
                        && ServiceDoctor.sends(rooms, now));
    }

    private Diagnosis certificate(Instant until) {
        var left = Duration.between(clock.instant(), until);
        var sentence = "The certificate is good until " + until + ".";
        if (left.isNegative()) {
            return Diagnosis.failed("certificate", sentence, "No vendor can connect: put a new one in its place.");
        }
        return left.compareTo(bounds.certificate()) < 0
                ? Diagnosis.warning("certificate", sentence, "Put a new one in its place; ours is renewed by itself.")
                : Diagnosis.ok("certificate", sentence);
    }

    private List<Diagnosis> open(District district, Rooms rooms, boolean full) {
        var now = clock.instant();
        var found = new ArrayList<Diagnosis>();
        found.add(Diagnosis.ok("district-open", "It is open."));
        found.add(unsealing(district));
        found.add(kit(rooms, now));
        if (approved) {
            found.add(Approved.look(rooms));
        }
        found.addAll(BackupDoctor.look(district, rooms, bounds, now));
        found.add(database(rooms, full));
        found.add(chain(rooms, full));
        found.add(ledgerWrites(rooms));
        found.add(approvers(rooms));
        found.add(ending(rooms, now));
        found.add(stopped(rooms, now));
        found.add(waiting(rooms));
        found.add(sources(rooms));
        found.addAll(ServiceDoctor.look(rooms, bounds, now, full));
        found.add(EraseDoctor.look(rooms));
        found.add(overdue(rooms, now));
        found.add(decisions(rooms));
        return found.stream().map(one -> one.about(district.name())).toList();
    }

    private static Diagnosis unsealing(District district) {
        return KeyVerbs.methods(district).contains("file")
                ? Diagnosis.warning(
                        "unsealing",
                        "Its key lies in a file beside it: whoever takes the disk has both.",
                        "Use another way where the machine itself is not safe: rosterkeep key way add -h, then key way"
                                + " remove")
                : Diagnosis.ok("unsealing", "It is unsealed by: " + district.method() + ".");
    }

    private Diagnosis kit(Rooms rooms, Instant now) {
        return rooms.keys()
                .kit()
                .map(kit -> {
                    var sentence = "The recovery kit " + kit.id() + " was confirmed on " + kit.confirmed() + ".";
                    return kit.confirmed().plus(bounds.kit()).isBefore(now)
                            ? Diagnosis.warning(
                                    "recovery-kit",
                                    sentence,
                                    "Make sure that it can still be found, or make another: rosterkeep key kit")
                            : Diagnosis.ok("recovery-kit", sentence);
                })
                .orElseGet(() -> Diagnosis.warning(
                        "recovery-kit",
                        "There is no confirmed recovery kit: no backup can be made, and a lost passphrase or machine is"
                                + " the end of the data.",
                        "rosterkeep key kit, then: rosterkeep key kit --confirm"));
    }

    private static Diagnosis database(Rooms rooms, boolean full) {
        if (!full) {
            return Diagnosis.ok("database", "It was opened and is read; whole or not: rosterkeep doctor --full");
        }
        return rooms.vault().sound()
                ? Diagnosis.ok("database", "Every page of both databases is sound.")
                : Diagnosis.failed("database", "A database is damaged.", "Stop the appliance and restore a backup.");
    }

    private static Diagnosis chain(Rooms rooms, boolean full) {
        if (full) {
            return switch (rooms.checkup().again()) {
                case Verdict.Sound sound ->
                    Diagnosis.ok(
                            "ledger-chain",
                            String.format(
                                    Locale.ROOT, "The chain of %,d entries is unbroken and signed.", sound.records()));
                case Verdict.Broken broken ->
                    Diagnosis.failed(
                            "ledger-chain",
                            broken.segment() + ": " + broken.sentence() + ".",
                            "rosterkeep ledger verify");
            };
        }
        var state = rooms.checkup().state();
        return state.trouble()
                .map(why -> Diagnosis.failed("ledger-chain", why + ".", "See: rosterkeep ledger verify"))
                .orElseGet(() -> state.word().equals("whole")
                        ? Diagnosis.ok("ledger-chain", "The chain was whole when the appliance started.")
                        : Diagnosis.cannotTell("ledger-chain", "The chain is still being checked."));
    }

    private static Diagnosis ledgerWrites(Rooms rooms) {
        var stats = rooms.ledger().stats();
        if (!stats.clockTrusted()) {
            return Diagnosis.failed(
                    "ledger-writes",
                    "The clock moved back behind the ledger's last entry; nothing is released.",
                    "Set the clock, or say that it is right: rosterkeep ledger trust-clock");
        }
        return stats.state() == Ledger.State.OPEN
                ? Diagnosis.ok("ledger-writes", "Entries can be written.")
                : Diagnosis.failed(
                        "ledger-writes",
                        "The ledger is " + stats.state().name().toLowerCase(Locale.ROOT) + "; nothing is released.",
                        "Make room on the disk, then see: rosterkeep status");
    }

    private Diagnosis approvers(Rooms rooms) {
        long approvers = rooms.operators().list().stream()
                .filter(one -> !one.retired())
                .filter(one ->
                        one.roles().contains(Role.APPROVER) || one.roles().contains(Role.STUDENT_DATA_MANAGER))
                .count();
        return approvers >= bounds.approvers()
                ? Diagnosis.ok("approvers", approvers + " people can approve rules.")
                : Diagnosis.warning(
                        "approvers",
                        approvers + " people can approve rules; some rules need " + bounds.approvers()
                                + " besides their author.",
                        "rosterkeep operator make -h");
    }

    private Diagnosis ending(Rooms rooms, Instant now) {
        var soon = now.plus(bounds.rule());
        var rules = active(rooms, now).stream()
                .map(Version::rule)
                .filter(rule -> rule.until().isBefore(soon))
                .map(rule ->
                        rule.id() + " (" + rule.until().atZone(ZoneOffset.UTC).toLocalDate() + ")")
                .toList();
        return rules.isEmpty()
                ? Diagnosis.ok(
                        "rules-ending",
                        "No rule in force ends within " + bounds.rule().toDays() + " days.")
                : Diagnosis.warning(
                        "rules-ending",
                        "Rules that end soon: " + String.join(", ", rules) + ".",
                        "Draft the next version in time: announcing it takes days. rosterkeep rule draft -h");
    }

    private static List<Version> active(Rooms rooms, Instant now) {
        return rooms.book().versions(now).stream()
                .filter(version -> version.life() == Life.ACTIVE)
                .toList();
    }

    /// Rules that are approved and running, and give nothing all the same.
    private static Diagnosis stopped(Rooms rooms, Instant now) {
        var rules = active(rooms, now).stream()
                .filter(version -> version.hindrance() instanceof Version.Hindrance.Because)
                .map(version -> version.rule().id())
                .distinct()
                .toList();
        return rules.isEmpty()
                ? Diagnosis.ok("rules-giving", "Every rule in force gives what it says.")
                : Diagnosis.warning(
                        "rules-giving",
                        "Rules in force that give nothing: " + String.join(", ", rules) + ".",
                        "See why: rosterkeep rule list");
    }

    private static Diagnosis waiting(Rooms rooms) {
        long holds = rooms.guard().holds().stream().filter(Hold::open).count();
        return holds == 0
                ? Diagnosis.ok("guard", "No change waits for a person.")
                : Diagnosis.warning(
                        "guard", "The views of " + holds + " rules wait for a person.", "rosterkeep guard list");
    }

    private static Diagnosis sources(Rooms rooms) {
        var failing = rooms.sources().failing();
        return failing.isEmpty()
                ? Diagnosis.ok("sources", "No source failed when it was asked last.")
                : Diagnosis.warning(
                        "sources",
                        failing.stream()
                                .map(one -> one.source() + " failed " + one.failures()
                                        + (one.failures() == 1 ? " time, " : " times, ")
                                        + Hitch.sentence(one.last()))
                                .collect(java.util.stream.Collectors.joining("; ", "", ".")),
                        "rosterkeep source show " + failing.getFirst().source());
    }

    private static Diagnosis overdue(Rooms rooms, Instant now) {
        var late = rooms.custody().overdue(now).stream()
                .map(directive -> directive.vendor())
                .distinct()
                .toList();
        return late.isEmpty()
                ? Diagnosis.ok("disposal", "No vendor is late with deleting.")
                : Diagnosis.warning(
                        "disposal",
                        "Late with deleting: " + String.join(", ", late) + ".",
                        "rosterkeep vendor exposure " + late.getFirst());
    }

    private static Diagnosis decisions(Rooms rooms) {
        int damaged = rooms.rights().damaged().size();
        return damaged == 0
                ? Diagnosis.ok("decisions", "Every decision about a person can be read.")
                : Diagnosis.failed(
                        "decisions",
                        damaged + " documents with decisions about people are damaged; nothing of these people leaves.",
                        "Restore them from a backup.");
    }
}
