package org.rosterkeep.appliance;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rosterkeep.ledger.Verdict;
import org.rosterkeep.log.Log;
import org.rosterkeep.vault.Snapshot;

/// What this version, which is not in use yet, makes of the data of the one that is. The data themselves are
/// only read: each
/// district is copied into a scratch directory, as it is at one moment, and opened there, which is where a
/// store would be
/// brought to this version's format.
///
/// @param blocked districts that the version in use cannot open either: that is no reason to stay with it
public record BeforeUpgrade(Home home, DoctorBounds bounds, Set<String> blocked, Clock clock) {
    /// The copy, and what an opening writes into it.
    private static final int ROOM = 2;

    /// Copied by its own means, or of no use to a copy.
    private static final Set<String> APART =
            Set.of("house.db", "roster.db", "backup-making", "backup-proving", "locks");

    public List<Diagnosis> look() {
        var found = new ArrayList<>(new HomeDoctor(home, bounds).look(false));
        for (var name : home.names()) {
            found.add(rehearsed(name).about(name));
        }
        return found;
    }

    private Diagnosis rehearsed(DistrictName name) {
        var live = home.district(name);
        try {
            long bytes = Scratch.bytes(live);
            if (Scratch.free(live) < bytes * ROOM) {
                return Diagnosis.failed(
                        "upgrade-room",
                        "There is no room to try the upgrade on a copy.",
                        "Make " + HomeDoctor.megabytes(bytes * ROOM) + " free.");
            }
            try (var scratch = Scratch.make(home.directory().resolve("upgrade-trial"))) {
                return opened(name, copied(live, scratch.directory()));
            }
        } catch (IOException | RuntimeException e) {
            var why = Faults.told(e).map(Trouble::why).orElse(e.getClass().getSimpleName());
            return cannot("Its data could not be copied or read: " + why, name);
        }
    }

    private static Path copied(Path live, Path scratch) throws IOException {
        try (var snapshot = Snapshot.of(live)) {
            snapshot.copy(scratch);
        }
        // The ledger after what it speaks of, as a power cut would leave it.
        try (var all = Files.walk(live)) {
            for (var one : all.toList()) {
                var way = live.relativize(one);
                var first = way.getName(0).toString();
                if (way.toString().isEmpty() || APART.contains(first) || first.matches(".*\\.db-(wal|shm|journal)")) {
                    continue;
                }
                copy(one, scratch.resolve(way.toString()));
            }
        }
        return scratch;
    }

    private static void copy(Path from, Path to) throws IOException {
        try {
            if (Files.isDirectory(from)) {
                Home.makePrivate(to);
            } else if (Files.isRegularFile(from)) {
                Files.copy(from, to);
            }
        } catch (NoSuchFileException gone) {
            // The running appliance removes files of its own while we look.
        }
    }

    private Diagnosis opened(DistrictName name, Path copy) {
        var log = new Log(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), clock);
        try (var district = District.find(name, copy, new Wiring(clock, new SecureRandom(), log))) {
            return switch (district.state()) {
                case District.State.Open(Rooms rooms) -> sound(name, rooms);
                case District.State.Sealed sealed -> {
                    Snapshot.inspect(copy);
                    yield Diagnosis.warning(
                            "upgrade-trial",
                            "It opens by a " + sealed.method()
                                    + ", which nobody is asked for here: its stores are sound,"
                                    + " and what is in them was not tried.",
                            "");
                }
                case District.State.Blocked because ->
                    cannot(
                            "This version cannot open a copy of it (" + because.code() + "): " + because.sentence(),
                            name);
            };
        }
    }

    private Diagnosis sound(DistrictName name, Rooms rooms) {
        if (!rooms.vault().sound()) {
            return cannot("In a copy of it that this version opened a database is damaged", name);
        }
        return switch (rooms.checkup().again()) {
            case Verdict.Sound chain ->
                Diagnosis.ok(
                        "upgrade-trial",
                        String.format(
                                Locale.ROOT,
                                "This version opened a copy of it; every page is sound, and so are %,d ledger entries.",
                                chain.records()));
            case Verdict.Broken broken -> cannot("In a copy of it the ledger is broken: " + broken.sentence(), name);
        };
    }

    private Diagnosis cannot(String why, DistrictName name) {
        return blocked.contains(name.text())
                ? Diagnosis.warning("upgrade-trial", why + "; the version in use cannot open it either.", "")
                : Diagnosis.failed("upgrade-trial", why + ".", "Stay with the version in use, and ask its makers.");
    }
}
