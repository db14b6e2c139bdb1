package org.rosterkeep.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rosterkeep.keys.BackupKey;

/// What lies apart from the backups and is never restored from one: the erasure ledger, and a share of every
/// backup that
/// has not expired. It is kept twice; the second place may be away for a while, which stops nothing and is told.
public final class Safe {
    private static final String SHARES = "shares";
    private static final String DESTROYED = "destroyed";

    private final String district;
    private final Path directory;
    private final Optional<Path> copy;
    private final Optional<Path> witness;
    private final Erasures erasures;
    private volatile boolean copied;

    private Safe(String district, Path directory, Optional<Path> copy, Optional<Path> witness, Erasures erasures) {
        this.district = district;
        this.directory = directory;
        this.copy = copy;
        this.witness = witness;
        this.erasures = erasures;
    }

    /// Opens the safe of a district, or makes it.
    ///
    /// @param directory the district's own
    /// @param signer the key that signs its ledger
    public static Safe open(String district, Path directory, Places places, KeyPair signer) {
        Path own = directory.resolve("safe");
        Safe safe = new Safe(
                district,
                own,
                places.safe().map(place -> place.resolve(district)),
                places.backups().map(place -> witness(place, district)),
                Erasures.open(own, signer));
        safe.settle();
        return safe;
    }

    private static Path witness(Path backups, String district) {
        return backups.resolve(witness(district));
    }

    private static String witness(String district) {
        return "rosterkeep-" + district + ".witness";
    }

    /// Where the witness lies that belongs to a backup.
    public static Path witnessBeside(Path backup, String district) {
        return backup.toAbsolutePath().resolveSibling(witness(district));
    }

    public String district() {
        return district;
    }

    /// That something was taken away; what was said already is not said twice. On the disk here when this returns, in
    /// the other places as soon as that is possible.
    public void add(Instant at, String kind, String tag, String scope) {
        if (erasures.add(at, kind, tag, scope)) {
            settle();
        }
    }

    public Witness witness() {
        return erasures.witness();
    }

    /// Whether there is a second place, and everything is there too.
    public boolean copied() {
        return copy.isPresent() && copied;
    }

    /// The second place, if there is to be one.
    public Optional<Path> copy() {
        return copy;
    }

    public Path directory() {
        return directory;
    }

    /// Brings the second place and the witness up to date; what is away is tried again at the next call.
    public synchronized boolean settle() {
        boolean done = true;
        try {
            Witness now = erasures.witness();
            now.write(directory.resolveSibling("erasures.witness"));
            if (witness.isPresent() && Files.isDirectory(parent(witness.get())) && news(now, witness.get())) {
                now.write(witness.get());
            }
            if (copy.isPresent()) {
                done = mirror(copy.get());
            }
        } catch (IOException e) {
            done = false;
        }
        copied = done;
        return done;
    }

    /// A witness is never set back.
    private static boolean news(Witness now, Path file) {
        return Witness.read(file).map(one -> one.number() < now.number()).orElse(true);
    }

    private static Path parent(Path file) {
        return java.util.Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    /// A place that is not mounted is not made: it would be a directory on the wrong disk.
    private boolean mirror(Path to) throws IOException {
        if (!Files.isDirectory(parent(to))) {
            return false;
        }
        Durable.directory(to);
        if (!behind(to.resolve(Erasures.NAME))) {
            return false;
        }
        same(directory.resolve(Erasures.NAME), to.resolve(Erasures.NAME));
        for (String id : shares(directory)) {
            same(share(directory, id), share(to, id));
        }
        for (String id : noted()) {
            if (Files.exists(share(to, id))) {
                destroyed(to, id);
            }
        }
        return true;
    }

    /// Whether a copy of the erasure ledger is this one or an earlier state of it. Another machine that was
    /// restored from
    /// a backup of this district may write to the same place: neither overwrites what the other has said.
    private boolean behind(Path copied) throws IOException {
        Path own = directory.resolve(Erasures.NAME);
        return !Files.exists(copied)
                || Files.size(copied) == 0
                || Files.exists(own)
                        && Files.size(copied) <= Files.size(own)
                        && (Files.mismatch(own, copied) < 0 || Files.mismatch(own, copied) == Files.size(copied));
    }

    /// The ids of all shares that were destroyed here. Only these go from the copy.
    private List<String> noted() throws IOException {
        Path file = directory.resolve(DESTROYED);
        return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.US_ASCII) : List.of();
    }

    private static void same(Path from, Path to) throws IOException {
        if (Files.exists(from) && (!Files.exists(to) || Files.mismatch(from, to) >= 0)) {
            Durable.write(to, Files.readAllBytes(from));
        }
    }

    /// Keeps the share of a new backup.
    ///
    /// @param until when it is to be destroyed, whatever becomes of the district's own memory of the backup
    public synchronized void keep(String id, byte[] share, Instant until) {
        String text = HexFormat.of().formatHex(share) + "\n" + until + "\n";
        try {
            Durable.write(share(directory, id), text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw Durable.fault("the backup's share cannot be kept", e);
        }
        settle();
    }

    /// Destroys a share, here at once and in the second place as soon as it is there; each place notes it.
    public synchronized void destroy(String id) {
        try {
            destroyed(directory, id);
        } catch (IOException e) {
            throw Durable.fault("the backup's share cannot be destroyed", e);
        }
        settle();
    }

    private static void destroyed(Path place, String id) throws IOException {
        Durable.destroy(share(place, id));
        Files.writeString(
                place.resolve(DESTROYED),
                id + "\n",
                StandardCharsets.US_ASCII,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /// The backups whose time is over, and whose share is still here.
    public List<String> due(Instant now) {
        try {
            List<String> due = new ArrayList<>();
            for (String id : shares(directory)) {
                List<String> lines = Files.readAllLines(share(directory, id), StandardCharsets.US_ASCII);
                if (lines.size() < 2 || !now.isBefore(Instant.parse(lines.get(1)))) {
                    due.add(id);
                }
            }
            return due;
        } catch (IOException e) {
            throw Durable.fault("the safe cannot be read", e);
        }
    }

    /// In which places a backup's share still is.
    public List<Path> places(String id) {
        List<Path> places = new ArrayList<>(List.of(directory));
        copy.ifPresent(places::add);
        return places.stream().filter(place -> Files.exists(share(place, id))).toList();
    }

    private static List<String> shares(Path place) throws IOException {
        if (!Files.isDirectory(place.resolve(SHARES))) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(place.resolve(SHARES))) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".new"))
                    .sorted()
                    .toList();
        }
    }

    private static Path share(Path place, String id) {
        return place.resolve(SHARES).resolve(id);
    }

    /// The share of a backup as it lies in a safe, this one's or a copy of it.
    ///
    /// @throws BackupFault `SHARE_MISSING`
    public static byte[] share(Path safe, Header header) {
        Path file = share(safe, header.id());
        try {
            if (!header.id().matches("[0-9A-Za-z-]+") || !Files.exists(file)) {
                throw new BackupFault(
                        BackupFault.Code.SHARE_MISSING,
                        "the share of backup " + header.id() + " is not in this safe: it was destroyed when the backup"
                                + " expired, or this is another safe");
            }
            byte[] share = HexFormat.of()
                    .parseHex(Files.readString(file, StandardCharsets.US_ASCII)
                            .lines()
                            .findFirst()
                            .orElse(""));
            if (share.length != BackupKey.SHARE) {
                throw new IllegalArgumentException("length");
            }
            return share;
        } catch (IOException | IllegalArgumentException e) {
            throw new BackupFault(BackupFault.Code.SHARE_MISSING, "the backup's share cannot be read", e);
        }
    }
}
