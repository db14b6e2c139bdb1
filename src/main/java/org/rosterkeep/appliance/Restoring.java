package org.rosterkeep.appliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.backup.BackupFault;
import org.rosterkeep.backup.BackupFile;
import org.rosterkeep.backup.Erasures;
import org.rosterkeep.backup.Header;
import org.rosterkeep.backup.Safe;
import org.rosterkeep.backup.Witness;
import org.rosterkeep.keys.BackupKey;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.keys.KitCode;
import org.rosterkeep.keys.UnsealingFile;

/// Makes a district out of a backup, beside what is there: everything is proved, and what was taken away since is taken
/// away again, before the district has its name. Whatever fails leaves the home as it was.
public final class Restoring {
    private static final int ROOM = 2;

    private final Home home;
    private final Wiring wiring;
    private final BackupFile file;
    private final Header header;
    private final DistrictName name;
    private final Optional<Path> given;
    private final List<Witness> witnesses = new ArrayList<>();
    private final boolean unproved;

    /// @param given the safe somebody named: a copy of it, or the directory of all copies
    /// @param told the witness somebody typed
    /// @param unproved whether it may be done without the newest erasure ledger: then two people have to say,
    /// with a
    ///     reason, that vendors are answered all the same
    public Restoring(
            Home home, Wiring wiring, BackupFile file, Optional<Path> given, Optional<Witness> told, boolean unproved) {
        this.unproved = unproved;
        this.home = home;
        this.wiring = wiring;
        this.file = file;
        this.header = file.header();
        this.name = new DistrictName(header.district());
        this.given = given;
        told.ifPresent(witnesses::add);
        Witness.read(Safe.witnessBeside(file.path(), header.district())).ifPresent(witnesses::add);
        Witness.read(home.district(name).resolve("erasures.witness")).ifPresent(witnesses::add);
    }

    /// What is known before anything is changed.
    ///
    /// @param safe where the share and the erasure ledger are
    /// @param proved whether that ledger is the newest one, for all anybody knows
    public record Outlook(Path safe, Erasures.Read erasures, boolean proved) {}

    /// Proves what can be proved without the kit.
    ///
    /// @throws BackupFault for whatever would stop the restore
    public Outlook look() {
        file.whole();
        var safe = safe();
        Safe.share(safe, header);
        try {
            return new Outlook(safe, current(safe), true);
        } catch (BackupFault old) {
            if (!unproved) {
                throw old;
            }
            return new Outlook(safe, readable(safe).orElseGet(Erasures.Read::nothing), false);
        }
    }

    private Optional<Erasures.Read> readable(Path safe) {
        try {
            return Optional.of(Erasures.read(safe, header.publicKey()));
        } catch (BackupFault damaged) {
            return Optional.empty();
        }
    }

    private Path safe() {
        var places = new ArrayList<Path>();
        given.ifPresent(path -> places.addAll(List.of(path.resolve(header.district()), path)));
        places.add(home.district(name).resolve("safe"));
        return places.stream()
                .filter(place -> Files.isDirectory(place.resolve("shares")))
                .findFirst()
                .orElseThrow(() -> new BackupFault(
                        BackupFault.Code.ERASURES_MISSING,
                        "there is no safe with the erasure ledger and the backup's share: name its copy with"
                                + " --safe DIR"));
    }

    /// The erasure ledger, proved to be as long as anybody knows it was.
    private Erasures.Read current(Path safe) {
        if (witnesses.isEmpty()) {
            throw new BackupFault(
                    BackupFault.Code.ERASURES_OLD,
                    "nothing proves that the erasure ledger is the newest: give the witness with --witness; it lies"
                            + " beside the backups, and was shown by rosterkeep backup list");
        }
        var erasures = Erasures.read(safe, header.publicKey());
        witnesses.forEach(erasures::reaches);
        if (erasures.all().size() < header.erasures()) {
            throw new BackupFault(
                    BackupFault.Code.ERASURES_OLD,
                    "the erasure ledger ends at entry " + erasures.all().size() + ", and the backup knows "
                            + header.erasures());
        }
        return erasures;
    }

    /// Restores; returns what happened.
    public Restored restore(KitCode code) throws IOException {
        var outlook = look();
        room();
        var directory = home.districts().resolve(".restoring-" + name);
        try (var scratch = Scratch.make(directory)) {
            unpack(code, outlook.safe(), directory);
            Proof.sound(directory, header);
            copySafe(outlook.safe(), directory.resolve("safe"));
            if (readable(directory.resolve("safe")).isEmpty()) {
                Erasures.setAside(directory.resolve("safe"));
            }
            var appliances = HomeFiles.takeOut(directory);
            var restored = open(code, directory, outlook);
            restored.write(directory);
            place(directory);
            appliances.into(home);
            return restored;
        }
    }

    private void room() throws IOException {
        long bytes =
                header.contents().values().stream().mapToLong(Long::longValue).sum();
        if (Scratch.free(home.districts()) < bytes * ROOM) {
            throw new BackupFault(
                    BackupFault.Code.NO_ROOM,
                    "there is no room for what is in the backup: " + HomeDoctor.megabytes(bytes * ROOM)
                            + " are needed");
        }
    }

    private void unpack(KitCode code, Path safe, Path into) {
        var share = Safe.share(safe, header);
        try (var key = BackupKey.byKit(code, share, header.id(), HexFormat.of().parseHex(header.forKit()))) {
            file.unpack(key, into);
        }
    }

    private static void copySafe(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (var one : all.toList()) {
                var target = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Home.makePrivate(target);
                } else {
                    Files.copy(one, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /// Opens it where nobody can ask anything of it, and takes away again what was taken away since.
    private Restored open(KitCode code, Path directory, Outlook outlook) {
        var erasures = outlook.erasures();
        var keys = District.keys(directory);
        var ring = KeyRing.openByKit(keys, code, wiring.random());
        if (ring.methods().contains("file")) {
            ring.replace(UnsealingFile.create(District.unsealingFile(directory), wiring.random()));
        }
        var now = wiring.clock().instant();
        try (var rooms = wiring.open(name, directory, ring)) {
            if (!HexFormat.of().formatHex(rooms.ledger().publicKey()).equals(header.publicKey())) {
                throw new BackupFault(
                        BackupFault.Code.BACKUP_DAMAGED, "the backup was signed by another district than it holds");
            }
            if (!outlook.proved()) {
                rooms.ledger().record("restore.erasures-unproved", "appliance", Map.of("backup", header.id()));
            }
            long replayed = replay(rooms, erasures);
            if (!rooms.rights().settle(now)) {
                throw new BackupFault(
                        BackupFault.Code.UNAVAILABLE, "what was taken away could not be written to the disk");
            }
            rooms.ledger()
                    .record(
                            "district.restored",
                            "appliance",
                            Map.of(
                                    "backup",
                                    header.id(),
                                    "replayed",
                                    Long.toString(replayed),
                                    "erasures",
                                    erasures.witness().toString()));
            return new Restored(
                    header.id(),
                    header.made(),
                    now,
                    replayed,
                    outlook.proved(),
                    Sent.since(header.made(), home.district(name).resolve("ledger"), rooms.keys(), wiring.clock()),
                    List.of());
        }
    }

    /// Everything that is newer than the backup.
    private long replay(Rooms rooms, Erasures.Read erasures) {
        long replayed = 0;
        for (var line : erasures.all()) {
            if (line.number() <= header.erasures()) {
                continue;
            }
            if (Erasing.says(line)) {
                replayed += new Erasing(rooms).again(line, wiring.clock().instant()) ? 1 : 0;
                continue;
            }
            if (Halting.says(line)) {
                replayed += new Halting(rooms).again(line, wiring.clock().instant()) ? 1 : 0;
                continue;
            }
            var mark = Remembered.mark(line, rooms.keys().tags());
            if (mark.isPresent()) {
                replayed += rooms.rights().replay().take(mark.get(), line.at()) ? 1 : 0;
            } else if (line.kind().equals(Rooms.FORGET_IDS)) {
                rooms.forgetIds(line.tag());
                replayed++;
            } else {
                throw new BackupFault(
                        BackupFault.Code.NEWER_VERSION,
                        "the erasure ledger has an entry of a newer version of the program: " + line.number());
            }
        }
        return replayed;
    }

    /// What was there under the name is kept aside, whole.
    private void place(Path directory) throws IOException {
        var present = home.district(name);
        if (Files.exists(present)) {
            var aside = aside();
            Home.makePrivate(asides());
            Files.move(present, aside, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(directory, present, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path asides() {
        return home.directory().resolve("before-restore");
    }

    /// Where the present state goes.
    public Path aside() {
        var place = asides();
        var first = place.resolve(name + "-" + header.id());
        for (int n = 2; Files.exists(first); n++) {
            first = place.resolve(name + "-" + header.id() + "-" + n);
        }
        return first;
    }
}
