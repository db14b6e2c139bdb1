package org.rosterkeep.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// The end of the chain: all that is needed to write the next record. Owned by the one thread that writes.
final class Tail {
    /// Largest payload; far above what one answer can need (a list of four million persons).
    static final int PAYLOAD_MAX = 16 << 20;

    /// Bytes of a frame around its payload.
    static final int FRAME = 4 + Chain.HASH;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] SIGNED = "rosterkeep ledger checkpoint 1\n".getBytes(StandardCharsets.US_ASCII);

    private final Chain chain;
    private final Map<String, Long> counters;
    private long number;
    private Instant at;
    private long checkpointNumber;
    private Instant checkpointAt;

    Tail(Chain chain, Map<String, Long> counters, long number, Instant at) {
        this.chain = chain;
        this.counters = new TreeMap<>(counters);
        this.number = number;
        this.at = at;
        this.checkpointNumber = number;
        this.checkpointAt = at;
    }

    static Tail beginning() {
        return new Tail(Chain.beginning(), Map.of(), 0, Instant.EPOCH);
    }

    /// The beginning of a ledger that takes over the counting of another.
    static Tail beginning(Map<String, Long> counters) {
        return new Tail(Chain.beginning(), counters, 0, Instant.EPOCH);
    }

    /// A tail that begins behind a checkpoint's predecessor; the checkpoint itself is to be followed next.
    static Tail before(LedgerRecord.Checkpoint checkpoint) {
        byte[] head = HexFormat.of().parseHex(checkpoint.head());
        return new Tail(new Chain(head), checkpoint.counters(), checkpoint.number() - 1, Instant.EPOCH);
    }

    /// The bytes the signature of a checkpoint is made over: a heading, and the payload up to the signature.
    static byte[] signed(byte[] payload, int length) {
        byte[] message = new byte[SIGNED.length + length];
        System.arraycopy(SIGNED, 0, message, 0, SIGNED.length);
        System.arraycopy(payload, 0, message, SIGNED.length, length);
        return message;
    }

    /// An instant as records write it: such texts sort as the instants do, of the years people keep records in.
    static String time(Instant at) {
        return TIME.format(at);
    }

    /// Gives the draft its number and its time, which never runs back, and returns the frame.
    Framed frame(Draft draft) {
        advance(draft);
        Text text = new Text()
                .raw("{\"n\":")
                .number(number)
                .member("t", TIME.format(at))
                .member("k", draft.kind());
        long reference = 0;
        if (!draft.counter().isEmpty()) {
            reference = counters.merge(draft.counter(), 1L, Long::sum);
            text.member("ref", reference);
        }
        return new Framed(framed(text.raw(draft.body()).raw("}").bytes()), number, reference);
    }

    /// Signs the chain as it stands.
    Framed checkpoint(Instant now, Signer signer) {
        advance(Draft.checkpoint(now));
        Text text = new Text()
                .raw("{\"n\":")
                .number(number)
                .member("t", TIME.format(at))
                .member("k", Draft.CHECKPOINT_KIND)
                .member("head", chain.headText())
                .member("key", HexFormat.of().formatHex(signer.publicKey()))
                .member("clients")
                .raw("{");
        String comma = "";
        for (var counter : counters.entrySet()) {
            text.raw(comma).string(counter.getKey()).raw(":").number(counter.getValue());
            comma = ",";
        }
        byte[] body = text.raw("}").bytes();
        String signature = Base64.getEncoder().encodeToString(signer.sign(signed(body, body.length)));
        checkpointNumber = number;
        checkpointAt = at;
        return new Framed(framed(text.member("sig", signature).raw("}").bytes()), number, 0);
    }

    /// Takes over a record that was read back; false when it does not continue the chain.
    boolean follow(byte[] payload, byte[] hash) {
        if (!chain.follow(payload, hash)) {
            return false;
        }
        RecordText.Head head = RecordText.head(payload);
        if (head.number() != number + 1) {
            return false;
        }
        number = head.number();
        at = head.at();
        if (head.reference() > 0) {
            counters.put(head.counter(), head.reference());
        }
        if (head.kind().equals(Draft.CHECKPOINT_KIND)) {
            checkpointNumber = number;
            checkpointAt = at;
        }
        return true;
    }

    long number() {
        return number;
    }

    Instant at() {
        return at;
    }

    long checkpointNumber() {
        return checkpointNumber;
    }

    Instant checkpointAt() {
        return checkpointAt;
    }

    String head() {
        return chain.headText();
    }

    byte[] headBytes() {
        return chain.head();
    }

    Counted counted() {
        return new Counted(number, chain.headText(), counters);
    }

    /// What is known of a chain that is given up.
    record Counted(long records, String head, Map<String, Long> counters) {
        Counted {
            counters = Map.copyOf(counters);
        }
    }

    /// A record's bytes as they go to the disk, and the numbers it got.
    record Framed(byte[] bytes, long number, long reference) {}

    private void advance(Draft draft) {
        Instant wanted = draft.at().truncatedTo(ChronoUnit.MICROS);
        boolean back = wanted.isBefore(at) && draft.sort() != Draft.Sort.CLOCK_CONFIRMED;
        at = back ? at : wanted;
        number++;
    }

    private byte[] framed(byte[] payload) {
        byte[] frame = new byte[FRAME + payload.length];
        frame[0] = (byte) (payload.length >> 24);
        frame[1] = (byte) (payload.length >> 16);
        frame[2] = (byte) (payload.length >> 8);
        frame[3] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 4, payload.length);
        chain.add(payload, frame, 4 + payload.length);
        return frame;
    }
}
