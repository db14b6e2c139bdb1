package org.rosterkeep.backup;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The erasure ledger (privacy.md section 8.3): what was taken away, line by line, each bound to the one before by its
/// hash and signed by the district's key. It lies outside the database and is never restored from a backup.
public final class Erasures {
    static final String NAME = "erasures";
    private static final String BEGINNING = "0".repeat(64);

    private final Path file;
    private final KeyPair signer;
    private final List<Erasure> all;
    private final Set<String> said = new HashSet<>();
    private String head;

    private Erasures(Path file, KeyPair signer, Read read) {
        this.file = file;
        this.signer = signer;
        all = new ArrayList<>(read.all);
        all.forEach(one -> said.add(one.what()));
        head = read.heads.isEmpty() ? BEGINNING : read.heads.getLast();
    }

    /// What a file holds.
    ///
    /// @param heads the hash of every line
    public record Read(List<Erasure> all, List<String> heads) {
        public Read {
            all = List.copyOf(all);
            heads = List.copyOf(heads);
        }

        /// No line at all.
        public static Read nothing() {
            return new Read(List.of(), List.of());
        }

        public Witness witness() {
            return all.isEmpty()
                    ? new Witness(0, BEGINNING.substring(0, Witness.HASH_LETTERS))
                    : new Witness(all.size(), heads.getLast().substring(0, Witness.HASH_LETTERS));
        }

        /// Proves that this ledger has come at least as far as a witness says, and is the same one.
        ///
        /// @throws BackupFault `ERASURES_OLD`, `ERASURES_DAMAGED`
        public void reaches(Witness witness) {
            if (witness.number() > all.size()) {
                throw new BackupFault(
                        BackupFault.Code.ERASURES_OLD,
                        "the erasure ledger ends at entry " + all.size() + ", and entry " + witness.number()
                                + " is known to have been written");
            }
            if (witness.number() > 0 && !heads.get((int) witness.number() - 1).startsWith(witness.hash())) {
                throw new BackupFault(
                        BackupFault.Code.ERASURES_DAMAGED,
                        "entry " + witness.number() + " of the erasure ledger is another one than is known");
            }
        }
    }

    /// Opens the ledger below `directory`, or begins one. The end of a write that a power cut interrupted is cut off.
    static Erasures open(Path directory, KeyPair signer) {
        Path file = directory.resolve(NAME);
        try {
            Durable.directory(directory);
            if (Files.exists(file)) {
                cutTorn(file);
            }
            return new Erasures(file, signer, read(directory, Signed.publicKey(signer)));
        } catch (IOException e) {
            throw Durable.fault("the erasure ledger cannot be opened", e);
        }
    }

    private static void cutTorn(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        if (end < bytes.length) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(end);
                channel.force(true);
            }
        }
    }

    /// Reads a ledger and proves every line.
    ///
    /// @param publicKey of the district, hex
    /// @throws BackupFault `ERASURES_DAMAGED`
    public static Read read(Path directory, String publicKey) {
        Path file = directory.resolve(NAME);
        List<Erasure> all = new ArrayList<>();
        List<String> heads = new ArrayList<>();
        try {
            String before = BEGINNING;
            for (String line :
                    Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.<String>of()) {
                long number = all.size() + 1L;
                all.add(proved(line, before, number, publicKey).orElseThrow(() -> damaged(number)));
                before = hash(line);
                heads.add(before);
            }
            return new Read(all, heads);
        } catch (IOException e) {
            throw Durable.fault("the erasure ledger cannot be read", e);
        }
    }

    /// Puts a ledger that cannot be read beside the one that is begun in its place.
    public static void setAside(Path directory) throws IOException {
        Files.move(directory.resolve(NAME), directory.resolve(NAME + ".damaged"));
    }

    private static Optional<Erasure> proved(String line, String before, long number, String publicKey) {
        int at = line.lastIndexOf(' ');
        String text = at < 0 ? "" : line.substring(0, at);
        try (var reader = Json.createReader(new StringReader(text))) {
            JsonObject json = reader.readObject();
            boolean right = json.getJsonNumber("n").longValueExact() == number
                    && json.getString("before").equals(before)
                    && Signed.verifies(publicKey, signed(text), line.substring(at + 1));
            return right
                    ? Optional.of(new Erasure(
                            number,
                            Instant.parse(json.getString("at")),
                            json.getString("kind"),
                            json.getString("tag"),
                            json.getString("scope")))
                    : Optional.empty();
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | ArithmeticException
                | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static BackupFault damaged(long number) {
        return new BackupFault(
                BackupFault.Code.ERASURES_DAMAGED,
                "entry " + number + " of the erasure ledger was changed, or is another district's");
    }

    /// Writes a line unless the same was said already; it is on the disk when this returns.
    synchronized boolean add(Instant at, String kind, String tag, String scope) {
        Erasure next = new Erasure(all.size() + 1L, at, kind, tag, scope);
        if (said.contains(next.what())) {
            return false;
        }
        String text = Json.createObjectBuilder()
                .add("n", next.number())
                .add("at", at.toString())
                .add("kind", kind)
                .add("tag", tag)
                .add("scope", scope)
                .add("before", head)
                .build()
                .toString();
        String line = text + " " + HexFormat.of().formatHex(Signed.sign(signer, signed(text)));
        append(line + "\n");
        all.add(next);
        said.add(next.what());
        head = hash(line);
        return true;
    }

    private void append(String line) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long end = channel.size();
            channel.position(end);
            try {
                Durable.put(channel, line.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                channel.truncate(end);
                throw e;
            }
        } catch (IOException e) {
            throw Durable.fault("the erasure ledger cannot be written", e);
        }
    }

    synchronized Witness witness() {
        return all.isEmpty()
                ? new Witness(0, BEGINNING.substring(0, Witness.HASH_LETTERS))
                : new Witness(all.size(), head.substring(0, Witness.HASH_LETTERS));
    }

    private static byte[] signed(String text) {
        return ("rosterkeep erasure\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    private static String hash(String line) {
        return HexFormat.of().formatHex(Signed.sha256().digest(line.getBytes(StandardCharsets.UTF_8)));
    }
}
