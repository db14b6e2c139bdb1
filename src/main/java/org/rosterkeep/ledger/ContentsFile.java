package org.rosterkeep.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.rosterkeep.roster.Entity;

/// The contents of a segment beside it on the disk (`00000001.contents`), signed with the ledger's key: who can write
/// files but has not the key cannot make a record vanish from an answer by changing them.
final class ContentsFile {
    private static final byte[] SIGNED = "rosterkeep ledger contents 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern NAME = Pattern.compile("\\d{8}\\.contents");
    private static final int SIGNATURE = 64;

    private ContentsFile() {}

    static Path of(Path directory, int number) {
        return directory.resolve(String.format(Locale.ROOT, "%08d.contents", number));
    }

    /// Whether a file of this name holds contents.
    static boolean named(String name) {
        return NAME.matcher(name).matches();
    }

    static void write(Path directory, Contents contents, Signer signer) throws IOException {
        byte[] body = bytes(contents);
        Path fresh = directory.resolve(of(directory, contents.segment()).getFileName() + ".new");
        try (var out = Files.newOutputStream(fresh)) {
            out.write(body);
            out.write(signer.sign(signed(body)));
        }
        Files.move(
                fresh,
                of(directory, contents.segment()),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /// @return empty when there are none, or when the key did not sign them
    static Optional<Contents> read(Path directory, int number, LedgerVerifier verifier) {
        try {
            byte[] file = Files.readAllBytes(of(directory, number));
            byte[] body = Arrays.copyOf(file, Math.max(0, file.length - SIGNATURE));
            var signature = Base64.getEncoder().encodeToString(Arrays.copyOfRange(file, body.length, file.length));
            return verifier.signs(signed(body), signature)
                    ? Optional.of(contents(body)).filter(one -> one.segment() == number)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] signed(byte[] body) {
        byte[] hash = Chain.sha256().digest(body);
        byte[] message = Arrays.copyOf(SIGNED, SIGNED.length + hash.length);
        System.arraycopy(hash, 0, message, SIGNED.length, hash.length);
        return message;
    }

    private static byte[] bytes(Contents contents) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(contents.segment());
        out.write(contents.before());
        out.write(contents.end());
        out.writeLong(contents.size());
        out.writeInt(contents.parts().size());
        for (Part part : contents.parts()) {
            out.writeLong(part.offset());
            out.writeInt(part.length());
            out.write(part.hash());
            out.writeLong(micros(part.earliest()));
            out.writeLong(micros(part.latest()));
            out.writeBoolean(part.answers());
        }
        out.writeInt(contents.kinds().size());
        for (var kind : new TreeMap<>(contents.kinds()).entrySet()) {
            out.writeUTF(kind.getKey());
            byte[] set = kind.getValue().toByteArray();
            out.writeInt(set.length);
            out.write(set);
        }
        out.writeInt(contents.lists().size());
        for (Contents.Listing listing : contents.lists()) {
            out.writeUTF(listing.client());
            out.writeUTF(listing.rule());
            out.writeLong(listing.edition());
            out.writeUTF(listing.entity().one());
        }
        out.writeInt(contents.bearings().length);
        out.write(contents.bearings());
        return bytes.toByteArray();
    }

    private static Contents contents(byte[] body) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(body));
        int segment = in.readInt();
        byte[] before = in.readNBytes(Chain.HASH);
        byte[] end = in.readNBytes(Chain.HASH);
        long size = in.readLong();
        List<Part> parts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            parts.add(new Part(
                    in.readLong(),
                    in.readInt(),
                    in.readNBytes(Chain.HASH),
                    instant(in.readLong()),
                    instant(in.readLong()),
                    in.readBoolean()));
        }
        Map<String, BitSet> kinds = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            kinds.put(in.readUTF(), BitSet.valueOf(in.readNBytes(in.readInt())));
        }
        List<Contents.Listing> lists = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            lists.add(new Contents.Listing(in.readUTF(), in.readUTF(), in.readLong(), entity(in.readUTF())));
        }
        return new Contents(segment, before, end, size, parts, kinds, lists, in.readNBytes(in.readInt()));
    }

    private static Entity entity(String word) {
        return RecordText.entity(word);
    }

    private static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
