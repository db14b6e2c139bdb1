package org.rosterkeep.appliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.backup.BackupFault;
import org.rosterkeep.backup.BackupFile;
import org.rosterkeep.backup.Header;
import org.rosterkeep.backup.Life;
import org.rosterkeep.backup.Safe;
import org.rosterkeep.keys.BackupKey;
import org.rosterkeep.keys.Kit;
import org.rosterkeep.vault.Snapshot;
import org.rosterkeep.vault.Vault;

/// Makes the backups of open districts, proves them, and destroys their keys when their time is over. One at a time.
final class Backups {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    /// A copy, the file, and the copy that proves it.
    private static final int ROOM = 3;

    private static final String MAKING = "backup-making";
    private static final String PROVING = "backup-proving";

    private final Home home;
    private final Settings settings;
    private final Wiring wiring;
    private final Life life;

    Backups(Home home, Settings settings, Wiring wiring, Life life) {
        this.home = home;
        this.settings = settings;
        this.wiring = wiring;
        this.life = life;
    }

    Life life() {
        return life;
    }

    /// Where backups go when nobody names a place.
    Optional<Path> place() {
        return settings.backups().directory();
    }

    /// Writes a backup and reads it back; what was not read back whole stays "not verified".
    synchronized Kept make(District district, Optional<Path> to) {
        var rooms = district.rooms();
        var kit = rooms.keys()
                .kit()
                .orElseThrow(() -> new Trouble(
                        Exit.REFUSED,
                        "No backup was made (NO_KIT).",
                        "There is no confirmed recovery kit, and nobody could open it.",
                        "Make one: rosterkeep key kit, then rosterkeep key kit --confirm"));
        var directory = to.or(this::place)
                .orElseThrow(() -> Trouble.wrongUse(
                        "No backup was made.",
                        "Nobody has said where backups go.",
                        "Set backup-directory in " + home.settings() + ", or give --to DIR."));
        try {
            tidy(district, rooms);
            prepare(directory, district, rooms);
            var begun = begun(district, kit, directory);
            begun.put(rooms.vault());
            var written = write(district, rooms, kit, begun);
            written.put(rooms.vault());
            proved(district, rooms, BackupFile.read(Path.of(written.file())));
            var kept = written.verified(wiring.clock().instant());
            kept.put(rooms.vault());
            rooms.ledger()
                    .record(
                            "backup.made",
                            "appliance",
                            Map.of("backup", kept.id(), "kit", kit.id(), "bytes", Long.toString(kept.bytes())));
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void prepare(Path directory, District district, Rooms rooms) throws IOException {
        if (!Files.isDirectory(directory)) {
            Home.makePrivate(directory);
        }
        long data = Scratch.bytes(district.directory());
        for (var place : java.util.List.of(directory, district.directory())) {
            if (Scratch.free(place) < data * ROOM) {
                throw new BackupFault(
                        BackupFault.Code.NO_ROOM,
                        "there is no room for a backup: " + HomeDoctor.megabytes(data * ROOM) + " are needed");
            }
        }
        rooms.safe().settle();
    }

    private Kept begun(District district, Kit kit, Path directory) {
        var now = wiring.clock().instant();
        var tail = new byte[3];
        wiring.random().nextBytes(tail);
        var id = STAMP.format(now) + "-" + HexFormat.of().formatHex(tail);
        var file = directory.toAbsolutePath().resolve("rosterkeep-" + district.name() + "-" + id + BackupFile.ENDING);
        var lives = settings.backups().life().orElse(life.usual());
        return new Kept(
                id,
                now,
                now.plus(lives),
                file.toString(),
                0,
                kit.id(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }

    private Kept write(District district, Rooms rooms, Kit kit, Kept begun) throws IOException {
        var share = new byte[BackupKey.SHARE];
        wiring.random().nextBytes(share);
        try (var scratch = Scratch.make(district.directory().resolve(MAKING));
                var key = BackupKey.fresh(begun.id(), wiring.random())) {
            rooms.safe().keep(begun.id(), share, begun.until());
            var draft = collect(district, rooms, kit, begun, scratch, key, share);
            var file = BackupFile.write(
                    Path.of(begun.file()),
                    draft,
                    scratch.directory(),
                    key,
                    rooms.keys().ledgerSigner());
            return begun.written(file.header().bytes());
        } catch (RuntimeException | IOException e) {
            rooms.safe().destroy(begun.id());
            begun.drop(rooms.vault());
            throw e;
        } finally {
            java.util.Arrays.fill(share, (byte) 0);
        }
    }

    private Header collect(
            District district, Rooms rooms, Kit kit, Kept begun, Scratch scratch, BackupKey key, byte[] share)
            throws IOException {
        // First: what it says already is in the documents that are copied after it.
        long erasures = rooms.safe().witness().number();
        Map<String, Long> counts;
        try (var snapshot = Snapshot.of(district.directory())) {
            counts = new TreeMap<>(snapshot.counts());
            snapshot.copy(scratch.directory());
        }
        var ledger = rooms.ledger().copy(scratch.sub("ledger"));
        counts.put("ledger.records", ledger.records());
        copy(District.keys(district.directory()).resolve("district.keys"), scratch.sub("keys"));
        copy(District.keys(district.directory()).resolve("recovery.kit"), scratch.sub("keys"));
        if (Files.exists(home.settings())) {
            copy(home.settings(), scratch.sub("settings"));
        }
        if (Files.isDirectory(home.tls())) {
            var tls = scratch.sub("tls");
            try (var files = Files.list(home.tls())) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    copy(file, tls);
                }
            }
        }
        var contents = new TreeMap<String, Long>();
        for (var part : java.util.List.of("house.db", "roster.db", "ledger", "keys", "settings", "tls")) {
            if (Files.exists(scratch.directory().resolve(part))) {
                contents.put(part, Scratch.bytes(scratch.directory().resolve(part)));
            }
        }
        return new Header(
                begun.id(),
                district.name().text(),
                begun.made(),
                begun.until(),
                Build.number(),
                kit.id(),
                contents,
                counts,
                ledger.head(),
                erasures,
                HexFormat.of().formatHex(rooms.ledger().publicKey()),
                HexFormat.of().formatHex(key.forKit(kit, share, wiring.random())),
                HexFormat.of().formatHex(key.forRing(rooms.keys(), share)),
                0,
                "");
    }

    private static void copy(Path file, Path into) throws IOException {
        Files.copy(file, into.resolve(file.getFileName().toString()));
    }

    /// Restores a backup into a scratch directory with the keys of the running district, opens it, reads it from end to
    /// end, and compares what is counted and the ledger's head.
    ///
    /// @return how long it took
    private Duration proved(District district, Rooms rooms, BackupFile file) throws IOException {
        long begun = System.nanoTime();
        var header = file.header();
        var share = Safe.share(rooms.safe().directory(), header);
        file.whole();
        try (var scratch = Scratch.make(district.directory().resolve(PROVING));
                var key = BackupKey.byRing(
                        rooms.keys(), share, header.id(), HexFormat.of().parseHex(header.forRing()))) {
            file.unpack(key, scratch.directory());
            Proof.sound(scratch.directory(), header);
            Vault.open(scratch.directory(), rooms.keys(), wiring.clock()).close();
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /// Practises a restore of the newest backup, or of a file.
    synchronized Kept drill(District district, Optional<Path> from) {
        var rooms = district.rooms();
        try {
            var kept = Kept.all(rooms.vault()).stream()
                    .filter(one -> one.destroyed().isEmpty() && one.bytes() > 0)
                    .filter(one -> from.isEmpty()
                            || one.id()
                                    .equals(BackupFile.read(from.get()).header().id()))
                    .findFirst()
                    .orElseThrow(() -> Trouble.notFound(
                            "There is no backup to practise with.", "Make one: rosterkeep backup make"));
            var took = proved(district, rooms, BackupFile.read(from.orElse(Path.of(kept.file()))));
            var drilled = kept.drilled(wiring.clock().instant(), took.toMillis());
            drilled.put(rooms.vault());
            rooms.ledger()
                    .record(
                            "backup.drilled",
                            "appliance",
                            Map.of("backup", kept.id(), "millis", Long.toString(took.toMillis())));
            return drilled;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Destroys the keys of backups whose time is over.
    synchronized void expire(Rooms rooms, Instant now) {
        for (var id : rooms.safe().due(now)) {
            rooms.safe().destroy(id);
            Kept.all(rooms.vault()).stream()
                    .filter(kept -> kept.id().equals(id))
                    .forEach(kept -> kept.destroyed(now).put(rooms.vault()));
            rooms.ledger().record("backup.key-destroyed", "appliance", Map.of("backup", id));
        }
    }

    /// Whether the nightly backup of a district is to be made now.
    boolean due(Rooms rooms, Instant now) {
        var night = now.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .atTime(settings.backups().hour().orElse(life.hour()), 0);
        var tonight = night.toInstant(ZoneOffset.UTC);
        return place().isPresent()
                && rooms.keys().kit().isPresent()
                && !now.isBefore(tonight)
                && Kept.all(rooms.vault()).stream()
                        .noneMatch(one ->
                                !one.made().isBefore(tonight) && one.verified().isPresent());
    }

    /// Whether a restore is to be practised again.
    boolean drillDue(Rooms rooms, Instant now) {
        return Kept.newestVerified(rooms.vault()).isPresent()
                && Kept.newestDrilled(rooms.vault())
                        .flatMap(Kept::drilled)
                        .map(at -> !now.isBefore(at.plus(life.drill())))
                        .orElse(true);
    }

    /// Removes what a run that was killed left behind: its part, its key, and what lay on the way.
    synchronized void tidy(District district) {
        if (district.state() instanceof District.State.Open(Rooms rooms)) {
            try {
                tidy(district, rooms);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void tidy(District district, Rooms rooms) throws IOException {
        Home.remove(district.directory().resolve(MAKING));
        Home.remove(district.directory().resolve(PROVING));
        for (var kept : Kept.all(rooms.vault())) {
            if (kept.bytes() == 0) {
                Files.deleteIfExists(Path.of(kept.file() + ".part"));
                rooms.safe().destroy(kept.id());
                kept.drop(rooms.vault());
            }
        }
    }
}
